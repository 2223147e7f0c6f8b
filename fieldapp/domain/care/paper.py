"""A paper that came back signed: one sheet of a printed form, letter, reply slip or consent, as a picture that belongs to the record it
was printed from. What was printed may have changed since; that is kept and said, never taken for the record as it is now."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, PersonId

MAX_PAGES = 99
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9A-Z]{0,12}")


class PaperOf(StrEnum):
    """What was printed: a filled form, the letter of a referral, the reply slip that its receiver sends back, a consent."""

    FORM = "form"
    LETTER = "letter"
    SLIP = "slip"
    CONSENT = "consent"


class PaperState(StrEnum):
    RECEIVED = "received"
    MISFILED = "misfiled"


@dataclass(frozen=True, slots=True)
class Paper:
    """Sheet `page` of `pages` of what was printed from the record `of`; the last sheet bears the signatures. `version` is what the code on
    the sheet says of the record's content when it was printed, '' where a person filed the sheet without its code (`by_hand`).
    `outdated`: whoever took it in saw that the record says something else by now. `sha256` is the picture's; the photo that carries it
    has this paper as its `paper_id`. `on` is the day on which it was taken in."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    of_kind: PaperOf
    of: str
    version: str
    page: int
    pages: int
    sha256: str
    on: dt.date
    by: PersonId
    outdated: bool = False
    by_hand: bool = False

    @property
    def is_signed(self) -> bool:
        """Signatures stand on the last sheet."""
        return self.page == self.pages


def wrong_field(paper: Paper) -> str:
    """The field of a paper that cannot be, or ''."""
    if not paper.of:
        return "of"
    if not 1 <= paper.pages <= MAX_PAGES:
        return "pages"
    if not 1 <= paper.page <= paper.pages:
        return "page"
    if not _VERSION.fullmatch(paper.version):
        return "version"
    return "" if _SHA256.fullmatch(paper.sha256) else "sha256"


@dataclass(frozen=True, slots=True)
class Signing:
    """How the signature step of one record stands: the sheets that are here, and how many there are in all. `signed`: the one with the
    signatures is among them. `outdated`: it was signed before the record became what it is now."""

    here: tuple[Paper, ...]
    pages: int
    signed_on: dt.date | None
    outdated: bool

    @property
    def signed(self) -> bool:
        return self.signed_on is not None

    @property
    def missing(self) -> int:
        return self.pages - len({paper.page for paper in self.here})


def signing(papers: Iterable[Paper]) -> Signing | None:
    """Of the papers of one record that stand, in any order; None where none is here. Where several printings came back, the one that is
    up to date counts, else the latest."""
    known = sorted(papers, key=lambda paper: (not paper.outdated, paper.on, paper.id))
    if not known:
        return None
    signed = next((paper for paper in reversed(known) if paper.is_signed), None)
    last = signed or known[-1]
    here = tuple(paper for paper in known if (paper.version, paper.pages) == (last.version, last.pages))
    return Signing(here, last.pages, signed.on if signed else None, last.outdated)
