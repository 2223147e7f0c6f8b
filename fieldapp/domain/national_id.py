"""Thai 13-digit national ID and the G-code of children without civil registration."""

import re

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_G_CODE = re.compile(r"G\d{12}")


def arabic_digits(text: str) -> str:
    """The text with Thai digits ๐–๙ turned into 0–9."""
    return text.translate(_THAI_DIGITS)


def digits_of(text: str) -> str:
    """The digits of a written ID: '๑-๒๓๔๕-...' and '1 2345 ...' give '12345...'."""
    return re.sub(r"\D", "", arabic_digits(text))


def has_valid_check_digit(national_id: str) -> bool:
    """Whether d13 = (11 − Σ(14−i)·d_i mod 11) mod 10 holds. A failure is a finding, never a reason to refuse a child: real lists hold
    errors."""
    if not re.fullmatch(r"\d{13}", national_id):
        return False
    return check_digit(national_id[:12]) == int(national_id[12])


def check_digit(first_twelve: str) -> int:
    """The thirteenth digit that belongs to twelve given ones."""
    total = sum((13 - place) * int(digit) for place, digit in enumerate(first_twelve))
    return (11 - total % 11) % 10


def is_g_code(text: str) -> bool:
    """`G` + 2-digit BE year + 2-digit province + 8-digit running number (gcode.moe.go.th)."""
    return _G_CODE.fullmatch(text) is not None


def masked(national_id: str) -> str:
    """x-xxxx-xxxxx-12-3: the form shown in lists, which does not tell the whole number."""
    if len(national_id) != 13:
        return "x" * max(len(national_id) - 3, 0) + national_id[-3:]
    return f"x-xxxx-xxxxx-{national_id[10:12]}-{national_id[12]}"


def printed(national_id: str) -> str:
    """1-2345-67890-12-3, the form on the card."""
    if len(national_id) != 13:
        return national_id
    return f"{national_id[0]}-{national_id[1:5]}-{national_id[5:10]}-{national_id[10:12]}-{national_id[12]}"
