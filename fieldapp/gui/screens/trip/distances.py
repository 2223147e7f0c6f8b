"""How far it is, in words."""

from collections.abc import Iterable

from fieldapp.domain.way import Leg
from fieldapp.texts import _

# Nearer than this is next door.
_WORTH_SAYING = 100


def far_words(legs: Iterable[Leg]) -> dict[str, str]:
    """By case; only where it is known and worth saying."""
    return {leg.case_id: _far(leg.metres) for leg in legs if leg.metres is not None and leg.metres >= _WORTH_SAYING}


def _far(metres: int) -> str:
    if metres < 1_000:
        return _("{metres} m from the one before").format(metres=round(metres, -1))
    return _("{km} km from the one before").format(km=f"{metres / 1_000:.1f}")
