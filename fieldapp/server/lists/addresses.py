"""Where a child lives: names to TIS codes within their amphoe, and one-cell addresses taken apart. Names repeat inside the province, so a
tambon's name alone is never enough."""

import re
from dataclasses import dataclass
from functools import cache

from fieldapp.domain.names import fold
from fieldapp.domain.national_id import arabic_digits
from fieldapp.reports.places import amphoe_codes, place_name, tambon_codes
from fieldapp.server.lists.findings import Finding

_PREFIX = re.compile(r"^(?:ตำบล|อำเภอ|กิ่งอำเภอ|จังหวัด|ต\.|อ\.|จ\.)\s*")
_TAMBON = re.compile(r"(?:ตำบล|ต\.)\s*([ก-๙]+)")
_AMPHOE = re.compile(r"(?:อำเภอ|อ\.)\s*([ก-๙]+)")
_MOO = re.compile(r"(?:หมู่ที่|หมู่|ม\.)\s*(\d{1,2})")
_VILLAGE = re.compile(r"(?:^|\s)(บ้าน(?!เลขที่)[ก-๙]+)")
_HOUSE_NO = re.compile(r"^(?:บ้านเลขที่|เลขที่)?\s*(\d+(?:/\d+)?)")


@dataclass(frozen=True, slots=True)
class Place:
    """`unknown` is what the list said of a place that the table does not have; it is kept with the village's name."""

    tambon_code: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    house_no: str = ""
    moo: str = ""
    village: str = ""
    tambon: str = ""
    amphoe: str = ""


def taken_apart(text: str) -> Address:
    """The parts of '112 หมู่ 4 บ้านนาคู ต.นาคู อ.นาคู จ.กาฬสินธุ์'."""
    plain = arabic_digits(text).strip()

    def part(pattern: re.Pattern[str]) -> str:
        match = pattern.search(plain)
        return match[1] if match else ""

    return Address(part(_HOUSE_NO), part(_MOO), part(_VILLAGE), part(_TAMBON), part(_AMPHOE))


def place(tambon: str, amphoe: str, province: str, code: str) -> tuple[Place, tuple[Finding, ...]]:
    """The tambon's code from its code or its names."""
    if code and code in tambon_codes():
        return Place(code), ()
    if not tambon and not amphoe:
        return Place(), (Finding("place.unknown", "tambon_code"),)
    found = _by_names().get((_folded(amphoe), _folded(tambon))) if _folded(province) in ("", fold("กาฬสินธุ์")) else None
    if found:
        return Place(found), ()
    said = " ".join(f"{short}{_PREFIX.sub('', name)}" for short, name in (("ต.", tambon), ("อ.", amphoe), ("จ.", province)) if name)
    return Place("", said), (Finding("place.unknown", "tambon_code"),)


def _folded(name: str) -> str:
    return fold(_PREFIX.sub("", name))


@cache
def _by_names() -> dict[tuple[str, str], str]:
    return {(fold(place_name(amphoe)), fold(place_name(tambon))): tambon for amphoe in amphoe_codes() for tambon in tambon_codes(amphoe)}
