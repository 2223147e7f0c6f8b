"""The seven techniques (T) and the eleven areas of the protection and care work (W), read from resources."""

import csv
from collections.abc import Sequence
from functools import cache

from fieldapp.config import resources_dir


@cache
def areas() -> Sequence[tuple[str, str]]:
    """Code, and what it is called: 'T6 ลงพื้นที่ร่วมกับ…'."""
    with (resources_dir() / "reference" / "year_areas.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["code"], f"{row['code']} {row['name_th']}") for row in csv.DictReader(file))
