"""Invented schools in four real amphoe, with well-formed codes that no school has."""

from fieldapp.domain.reference import School
from fieldapp.reports.places import place_name, tambon_codes

# Which amphoe belong to the office was not found in any public source: these four are likely, and only the sample says so.
AMPHOE = ("4605", "4606", "4614", "4616")
# Tambon whose children go to the school next door.
_WITHOUT_SCHOOL = {"460507": "460508", "460608": "460606", "461404": "461403"}
_FIRST_CODE = 46039001


def tambon_served() -> tuple[str, ...]:
    return tuple(code for amphoe in AMPHOE for code in tambon_codes(amphoe))


def schools() -> tuple[School, ...]:
    sites = [code for code in tambon_served() if code not in _WITHOUT_SCHOOL]
    return tuple(
        School(
            code=str(_FIRST_CODE + place),
            name=f"โรงเรียนบ้าน{place_name(site)} (ตัวอย่าง)",
            tambon_code=site,
            network=f"กลุ่มเครือข่าย{place_name(site[:4])}",
        )
        for place, site in enumerate(sites)
    )


def school_of(tambon_code: str) -> School:
    """The school that the children of a tambon go to."""
    site = _WITHOUT_SCHOOL.get(tambon_code, tambon_code)
    return next(school for school in schools() if school.tambon_code == site)
