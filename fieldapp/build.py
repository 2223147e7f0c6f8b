"""Which build of the program this is: packages carry the commit they were made from, a checkout carries none."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Build:
    """`commit` has 12 hex digits; `committed_on` is its day; `changed` tells that files differed from it."""

    commit: str
    committed_on: dt.date
    changed: bool

    @property
    def number(self) -> str:
        """The commit as a person reads it out to the helpdesk: `a1b2c3d4e5f6`, with `+` where files differed from it."""
        return self.commit + ("+" if self.changed else "")


def build(resources: Path) -> Build | None:
    """The build of the package with these resources; None where the program runs from a checkout."""
    file = resources / "build.json"
    if not file.is_file():
        return None
    told = json.loads(file.read_text(encoding="utf-8"))
    return Build(told["commit"], dt.date.fromisoformat(told["committed_on"]), told["changed"])
