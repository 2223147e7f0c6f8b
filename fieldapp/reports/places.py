"""Names of the province's places by TIS 1099 code, read from resources. It must not know any record: names are never keys."""

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from fieldapp.config import resources_dir

AMPHOE_DIGITS = 4
TAMBON_DIGITS = 6


@cache
def places() -> Mapping[str, str]:
    """Name by code: four digits an amphoe, six a tambon."""
    path = resources_dir() / "reference" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: row["name"] for row in csv.DictReader(file)})


def place_name(code: str) -> str:
    """The place's Thai name without ต. or อ.; '' for no code, the code itself where the table does not have it."""
    return places().get(code, code)


@cache
def amphoe_codes() -> tuple[str, ...]:
    return tuple(code for code in places() if len(code) == AMPHOE_DIGITS)


@cache
def tambon_codes(amphoe_code: str = "") -> tuple[str, ...]:
    """The tambon of one amphoe, or of the whole province."""
    return tuple(code for code in places() if len(code) == TAMBON_DIGITS and code.startswith(amphoe_code))
