"""A telephone number of help, and how the district's list of them lies in its setting."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

SETTING = "help_lines"
MOST = 12
LONGEST = 80
_NUMBER = re.compile(r"[0-9+*#][0-9+*# ,-]{1,29}")


@dataclass(frozen=True, slots=True)
class HelpLine:
    """`what_for`: when to call it, '' where the name says it."""

    number: str
    name: str
    what_for: str = ""

    @property
    def is_whole(self) -> bool:
        """Something that can be dialled, and a name."""
        return bool(_NUMBER.fullmatch(self.number) and self.name) and max(len(self.name), len(self.what_for)) <= LONGEST


def to_setting(lines: Iterable[HelpLine]) -> dict[str, str]:
    return {"lines": json.dumps([asdict(line) for line in lines], ensure_ascii=False)}


def from_setting(value: Mapping[str, str]) -> tuple[HelpLine, ...]:
    """In the district's order; nothing where it has set none. What a newer program may have written otherwise is left out: a number that
    cannot be read must not keep the others from being shown."""
    try:
        given = json.loads(value.get("lines", "[]"))
    except ValueError:
        return ()
    read = (
        HelpLine(str(one.get("number", "")), str(one.get("name", "")), str(one.get("what_for", "")))
        for one in (given if isinstance(given, list) else ())
        if isinstance(one, dict)
    )
    return tuple(line for line in read if line.is_whole)[:MOST]
