"""How the screenings of the web sites say one of the three groups: ปกติ, เสี่ยง, มีปัญหา (domain §4.4)."""

from enum import StrEnum

from fieldapp.domain.care.risk import RiskLevel
from fieldapp.domain.names import fold


class Group(StrEnum):
    NORMAL = "normal"
    RISK = "risk"
    PROBLEM = "problem"


LEVELS = {Group.RISK: RiskLevel.RISK, Group.PROBLEM: RiskLevel.PROBLEM}
_WORDS: dict[Group, tuple[str, ...]] = {
    Group.NORMAL: ("ปกติ", "กลุ่มปกติ", "ไม่เสี่ยง", "ไม่มีความเสี่ยง", "ไม่พบความเสี่ยง", "ไม่พบ", "ไม่มีปัญหา", "ไม่ยากจน"),
    Group.RISK: ("เสี่ยง", "กลุ่มเสี่ยง", "มีความเสี่ยง", "พบความเสี่ยง"),
    Group.PROBLEM: ("มีปัญหา", "กลุ่มมีปัญหา", "ปัญหา", "พบปัญหา", "เสี่ยง/มีปัญหา", "เสี่ยงสูง"),
}
# Codes and words that say it only where the column is known to be of a screening.
_SHORT: dict[Group, tuple[str, ...]] = {Group.NORMAL: ("ป", "1"), Group.RISK: ("ส", "2", "มี", "ใช่"), Group.PROBLEM: ("ห", "3")}
_NAMED = {fold(word): group for group, said in _WORDS.items() for word in said}
_SAID = _NAMED | {fold(word): group for group, said in _SHORT.items() for word in said}


def level_said(text: str) -> Group | None:
    """The group that a cell says; None where it says something else."""
    return _SAID.get(fold(text))


def names_group(text: str) -> bool:
    """Whether it says a group in words that are used for nothing else."""
    return fold(text) in _NAMED
