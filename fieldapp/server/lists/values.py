"""One cell to one value, mended where that is certain. Each function gives the value and the findings; none looks at another row."""

import datetime as dt
import re
import unicodedata

from fieldapp.domain.child import Sex
from fieldapp.domain.names import TITLES
from fieldapp.domain.national_id import arabic_digits, digits_of, has_valid_check_digit, is_g_code
from fieldapp.domain.thai_dates import DateUnreadable, PartialDate, Precision, mend_buddhist, parse
from fieldapp.server.lists.findings import Finding
from fieldapp.server.lists.reader import Cell

ID_DIGITS = 13
# Nobody on a list of children is older; a date that says so is wrong.
_OLDEST_YEARS = 40
_EXCEL_EPOCH = dt.date(1899, 12, 30)
# Serial numbers of 1950 to 2200 and of BE 2400 to 2650: outside of these a number is not a date.
_SERIALS = ((18_264, 109_938), (182_600, 274_000))
_EMPTY = frozenset({"", "-", "--", "–", "—", ".", "ไม่มี", "ไม่ระบุ", "ไม่มีข้อมูล", "ไม่ทราบ", "n/a", "na", "null", "none", "#n/a"})
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
# Excel keeps 1.1037E+12 as that and no more; a true number that ends so comes once in a million.
_LOST_TAIL = re.compile(r"\d{5,7}0{6,}")
# Zero-width and soft signs, and the marks that turn the direction of writing: a name looks different from what it is with them.
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), None
)
_MALE = frozenset({"ช", "ชาย", "เพศชาย", "m", "male", "ด.ช.", "นาย", "สามเณร", "พระ"})
_FEMALE = frozenset({"ญ", "หญิง", "เพศหญิง", "f", "female", "ด.ญ.", "น.ส.", "นาง"})
_GRADE = re.compile(r"(อ|ป|ม|ปวช|ปวส)\.?\s*(\d)(.*)")
_LONG_GRADES = (
    ("อนุบาลปีที่", "อ."), ("อนุบาล", "อ."), ("ประถมศึกษาปีที่", "ป."), ("ประถมศึกษา", "ป."), ("มัธยมศึกษาปีที่", "ม."), ("มัธยมศึกษา", "ม."),
    ("ชั้น", ""),
)  # fmt: skip

Findings = tuple[Finding, ...]


def text_of(cell: Cell) -> str:
    """The cell as one line of text; '' for what lists write where nothing is known."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    plain = unicodedata.normalize("NFC", str(cell)).translate(_INVISIBLE).replace("ํา", "ำ")
    text = " ".join(plain.split())
    return "" if text.lower() in _EMPTY else text


def number_text(cell: Cell) -> str:
    """Text whose digits are Arabic: house numbers, villages, codes."""
    return arabic_digits(text_of(cell))


def identity(cell: Cell) -> tuple[str, str, Findings]:
    """National ID, G-code and findings. What is neither is kept as the ID's text, so that a person sees what the list said; only where
    Excel has thrown digits away nothing is left to keep."""
    text = number_text(cell).replace(" ", "").upper()
    if not text:
        return "", "", (Finding("id.missing", "national_id"),)
    if is_g_code(text):
        return "", text, ()
    if _SCIENTIFIC.fullmatch(text) or _LOST_TAIL.fullmatch(text):
        return "", "", (Finding("id.damaged", "national_id"),)
    if text.startswith("G"):
        return text, "", (Finding("id.wrong_g_code", "national_id"),)
    digits = digits_of(text)
    if len(digits) == ID_DIGITS - 1 and has_valid_check_digit("0" + digits):
        return "0" + digits, "", (Finding("id.zero_restored", "national_id"),)
    if len(digits) != ID_DIGITS or re.search(r"[^\d\-]", text):
        return digits or text, "", (Finding("id.wrong_length", "national_id"),)
    if not has_valid_check_digit(digits):
        return digits, "", (Finding("id.wrong_check_digit", "national_id"),)
    return digits, "", ()


def birth(cell: Cell, *, today: dt.date) -> tuple[PartialDate | None, Findings]:
    try:
        found = _date(cell, today)
    except (DateUnreadable, OverflowError):
        return None, (Finding("birth.unreadable", "birth_on"),)
    if found is None:
        return None, (Finding("birth.missing", "birth_on"),)
    if found.on > today or found.on.year < today.year - _OLDEST_YEARS:
        return None, (Finding("birth.impossible", "birth_on"),)
    return found, () if found.precision is Precision.DAY else (Finding("birth.imprecise", "birth_on"),)


def day(cell: Cell, *, today: dt.date) -> dt.date | None:
    """A whole day that has been; None for anything else."""
    try:
        found = _date(cell, today)
    except (DateUnreadable, OverflowError):
        return None
    return found.on if found and found.precision is Precision.DAY and found.on <= today else None


def _date(cell: Cell, today: dt.date) -> PartialDate | None:
    if isinstance(cell, dt.datetime):
        return PartialDate(mend_buddhist(cell.date(), today=today))
    if isinstance(cell, dt.date):
        return PartialDate(mend_buddhist(cell, today=today))
    text = number_text(cell)
    if not text.strip("0/-. "):  # 00/00/0000 is how a system says that it does not know
        return None
    if re.fullmatch(r"\d{5,6}", text) and any(first <= int(text) <= last for first, last in _SERIALS):
        return PartialDate(mend_buddhist(_EXCEL_EPOCH + dt.timedelta(days=int(text)), today=today))
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):  # 25550513, as the civil register writes
        return parse(f"{match[3]}/{match[2]}/{match[1]}", today=today)
    return parse(text, today=today)


def title(cell: Cell) -> str:
    text = text_of(cell)
    return TITLES.get(text, TITLES.get(f"{text}.", text))


def sex(cell: Cell, person_title: str) -> tuple[Sex, Findings]:
    """From its own column, else from the title; a contradiction is left to a person, with the column's word."""
    written, spoken = _sex_of(text_of(cell)), _sex_of(person_title)
    if Sex.UNKNOWN not in (written, spoken) and written is not spoken:
        return written, (Finding("sex.contradicts_title", "sex"),)
    return (spoken if written is Sex.UNKNOWN else written), ()


def _sex_of(text: str) -> Sex:
    word = text.lower()
    if word in _MALE or word.rstrip(".") in _MALE:
        return Sex.MALE
    return Sex.FEMALE if word in _FEMALE or word.rstrip(".") in _FEMALE else Sex.UNKNOWN


def moo(cell: Cell) -> str:
    """'4' from 4, '04', 'ม.4', 'หมู่ที่ ๔'; other words stay as they are."""
    text = number_text(cell)
    match = re.fullmatch(r"(?:หมู่ที่|หมู่|ม\.?)?\s*0*(\d{1,2})", text)
    return match[1] if match else text


def grade(cell: Cell) -> str:
    """'ป.4' from ป4, 'ประถมศึกษาปีที่ ๔', 'ชั้น ป. 4'; other words stay as they are."""
    text = number_text(cell)
    for long, short in _LONG_GRADES:
        text = text.replace(long, short)
    match = _GRADE.fullmatch(text.strip())
    return f"{match[1]}.{match[2]}{match[3].strip()}" if match else text.strip()


def has_finished_grade_9(last_grade: str) -> bool:
    """Whoever was in ม.4 or a vocational class has passed ม.3."""
    return re.match(r"ม\.[4-6]|ปวช\.|ปวส\.", last_grade) is not None or "จบ ม.3" in last_grade


def phone(cell: Cell) -> str:
    """'081-234-5678', with the zero that Excel drops put back; other words stay as they are."""
    text = number_text(cell)
    digits = digits_of(text)
    if len(digits) == 9 and digits[0] in "689":
        digits = "0" + digits
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 and digits[0] == "0" else text


def school_code(cell: Cell, *, district_id: str) -> tuple[str, Findings]:
    text = number_text(cell).replace(" ", "")
    if text and not (text.isdigit() and len(text) in (8, 10)):
        return text, (Finding("school.wrong_code", "last_school_code"),)
    if len(text) == 8 and not text.startswith(district_id):
        return text, (Finding("school.other_district", "last_school_code"),)
    return text, ()
