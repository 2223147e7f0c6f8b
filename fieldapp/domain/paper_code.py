"""The text of the code that stands on every printed sheet: which record it was printed from, and how that stood. Nothing of a person.

`FA1:<district>:<kind>:<record>:<version>:<page>/<pages>:<check>`, all in capitals, so that a QR code holds it densely. The record's id is
26 signs and the check three, both in Crockford's base 32, which has no letters that are mistaken for digits. PROTOCOL.md §9 is the
contract. It may be typed by hand: spaces and dashes are ignored, small letters are taken, O is 0, I and L are 1.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.domain.care.paper import MAX_PAGES, PaperOf

PREFIX = "FA"
_FORMAT = "FA1"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OIL", "011")
_LETTERS = {PaperOf.FORM: "F", PaperOf.LETTER: "L", PaperOf.SLIP: "R", PaperOf.CONSENT: "C"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_ID_SIGNS, _VERSION_SIGNS, _CHECK_SIGNS = 26, 4, 3
_OURS = re.compile(r"FA(\d+):")
_GROUP = 5


class WrongCode(Exception):
    """`code`: foreign (not one of this program's), newer (of a later format), damaged (a sign is wrong or missing)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PaperCode:
    """`district_id` is compared as `plain_district`. `of` is the record's id, `version` a `fingerprint` of what it said."""

    district_id: str
    of_kind: PaperOf
    of: str
    version: str
    page: int
    pages: int

    @property
    def text(self) -> str:
        record = _base32(uuid.UUID(self.of).int, _ID_SIGNS)
        body = f"{_FORMAT}:{plain_district(self.district_id)}:{_LETTERS[self.of_kind]}:{record}:{self.version}:{self.page}/{self.pages}"
        return f"{body}:{_check(body)}"

    @property
    def printed(self) -> str:
        """The same for people, who may have to type it: the long part in groups."""
        head, district, kind, record, *rest = self.text.split(":")
        groups = "-".join(record[start : start + _GROUP] for start in range(0, _ID_SIGNS, _GROUP))
        return ":".join((head, district, kind, groups, *rest))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the codes of all sheets have in common that are printed from one record as it is now."""

    district_id: str
    of: str
    version: str

    def code(self, of_kind: PaperOf, page: int, pages: int) -> PaperCode:
        return PaperCode(self.district_id, of_kind, self.of, self.version, page, pages)


def plain_district(district_id: str) -> str:
    """As it stands in a code: in capitals, without signs that may get lost."""
    return re.sub(r"[^0-9A-Z]", "", district_id.upper())


def fingerprint(parts: Iterable[str]) -> str:
    """Four signs that are others as soon as one of the texts is another (20 bits of their SHA-256)."""
    digest = hashlib.sha256("\x00".join(parts).encode()).digest()
    return _base32(int.from_bytes(digest[:4], "big") >> 12, _VERSION_SIGNS)


def read(text: str) -> PaperCode:
    """From a QR code or as it was typed. Raises WrongCode."""
    plain = re.sub(r"[\s\-–]+", "", text).upper()
    ours = _OURS.match(plain)
    if not ours:
        raise WrongCode("damaged" if plain.startswith(PREFIX) else "foreign")
    if f"{PREFIX}{ours[1]}" != _FORMAT:
        raise WrongCode("newer")
    parts = plain.split(":")
    if len(parts) != 7:
        raise WrongCode("damaged")
    _format, district, kind, *_rest = parts
    record, version, check = (part.translate(_MEANT) for part in (parts[3], parts[4], parts[6]))
    pages = re.fullmatch(r"([1-9]\d?)/([1-9]\d?)", parts[5])
    body = ":".join((*parts[:3], record, version, parts[5]))
    if kind not in _KINDS or pages is None or check != _check(body):
        raise WrongCode("damaged")
    page, count = int(pages[1]), int(pages[2])
    if not page <= count <= MAX_PAGES:
        raise WrongCode("damaged")
    return PaperCode(district, _KINDS[kind], _id(record), version, page, count)


def _id(record: str) -> str:
    if len(record) != _ID_SIGNS or any(sign not in _DIGITS for sign in record):
        raise WrongCode("damaged")
    number = 0
    for sign in record:
        number = number * 32 + _DIGITS.index(sign)
    if number >= 1 << 128:
        raise WrongCode("damaged")
    return str(uuid.UUID(int=number))


def _base32(number: int, signs: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(signs)))


def _check(body: str) -> str:
    return _base32(int.from_bytes(hashlib.sha256(body.encode()).digest()[:2], "big") >> 1, _CHECK_SIGNS)
