"""The dirt of real lists, put on invented rows: the same mistakes that offices know, in known numbers.

A row is a dict by column label. What is `doubtful` makes the importer ask for a person; what is `harmless` it mends by itself.
"""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

from fieldapp.domain.thai_dates import BUDDHIST_OFFSET

Row = dict[str, Any]
Spoil = Callable[[Row, Random], None]

ID, TITLE, NAME, BIRTH, TAMBON, SEX = "id", "title", "given_name", "birth", "tambon", "sex"
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_LONG_TITLES = {"ด.ช.": "เด็กชาย", "ด.ญ.": "เด็กหญิง", "น.ส.": "นางสาว", "นาย": "นาย"}


def thai_digits(text: str) -> str:
    return text.translate(_TO_THAI)


def _wrong_check_digit(row: Row, random: Random) -> None:
    row[ID] = row[ID][:-1] + str((int(row[ID][-1]) + random.randint(1, 9)) % 10)


def _scientific(row: Row, random: Random) -> None:
    row[ID] = f"{float(row[ID]):.4E}"


def _zeroed(row: Row, random: Random) -> None:
    row[ID] = int(row[ID]) // 10_000_000 * 10_000_000


def _no_id(row: Row, random: Random) -> None:
    row[ID] = random.choice(("-", None, "ไม่มี"))


def _no_birth(row: Row, random: Random) -> None:
    row[BIRTH] = random.choice(("-", None))


def _impossible_birth(row: Row, random: Random) -> None:
    row[BIRTH] = random.choice(("31/2/2556", "ไม่แน่ชัด", "12/13/2555", "00/00/0000"))


def _unknown_place(row: Row, random: Random) -> None:
    row[TAMBON] = random.choice(("นาคูพัฒนา", "โนนสวรรค์", "ดงหมู"))


def _other_sex(row: Row, random: Random) -> None:
    row[SEX] = "ญ" if row[SEX] == "ช" else "ช"


DOUBTFUL: tuple[Spoil, ...] = (
    _wrong_check_digit, _scientific, _zeroed, _no_id, _no_birth, _impossible_birth, _unknown_place, _other_sex,
)  # fmt: skip


def _id_in_thai_digits(row: Row, random: Random) -> None:
    row[ID] = thai_digits(row[ID])


def _id_as_printed(row: Row, random: Random) -> None:
    number = row[ID]
    row[ID] = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"


def id_as_number(row: Row, random: Random) -> None:
    """Excel turns it into a number: a leading zero is lost, and nothing else as long as nobody saves it as text."""
    row[ID] = float(row[ID])


def _stuck_title(row: Row, random: Random) -> None:
    row[NAME] = f"{row[TITLE]}{row[NAME]}"
    row[TITLE] = None


def _long_title(row: Row, random: Random) -> None:
    row[TITLE] = _LONG_TITLES[row[TITLE]]


def _spaced_name(row: Row, random: Random) -> None:
    row[NAME] = f" {row[NAME]}  "


def _birth_in_thai_digits(row: Row, random: Random) -> None:
    row[BIRTH] = thai_digits(row[BIRTH])


def _birth_as_buddhist_date(row: Row, random: Random) -> None:
    """A real date cell whose year is BE: what typing 9/7/2557 into Excel makes."""
    day, month, year = map(int, row[BIRTH].split("/"))
    row[BIRTH] = dt.datetime(year, month, day)  # noqa: DTZ001 - a spreadsheet's dates have no zone


def _birth_as_gregorian_date(row: Row, random: Random) -> None:
    day, month, year = map(int, row[BIRTH].split("/"))
    row[BIRTH] = dt.datetime(year - BUDDHIST_OFFSET, month, day)  # noqa: DTZ001


HARMLESS: tuple[Spoil, ...] = (
    _id_in_thai_digits, _id_as_printed, id_as_number, _stuck_title, _long_title, _spaced_name, _birth_in_thai_digits,
    _birth_as_buddhist_date, _birth_as_gregorian_date,
)  # fmt: skip
