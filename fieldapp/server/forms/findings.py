"""What is said of a form before it is published: where it stands in the spreadsheet, and how grave it is. Codes and facts, no words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Weight(StrEnum):
    """An error forbids publication; a warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sheet`, `row` (as the spreadsheet counts, from 1; 0: none) and `column` say where; `data` are the facts of the sentence."""

    code: str
    weight: Weight = Weight.ERROR
    sheet: str = ""
    row: int = 0
    column: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "weight": self.weight.value}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Finding":
        return cls(**{**raw, "weight": Weight(raw["weight"])})


def forbids(findings: "tuple[Finding, ...] | list[Finding]") -> bool:
    return any(finding.weight is Weight.ERROR for finding in findings)
