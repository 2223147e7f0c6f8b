"""Ids in portions: how many go into one `IN (...)` stays far below the variable limits of both databases."""

from collections.abc import Iterator, Sequence

_SIZE = 500


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _SIZE] for start in range(0, len(ids), _SIZE))
