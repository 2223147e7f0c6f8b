"""Filing sheets that came back: to the record that their code names, or to the list that a person sorts. Everything stays encrypted on this
laptop from the moment it is read, and nothing is taken for more than it is: an older version is said to be one."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from fieldapp.domain import paper_code
from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.paper import Paper, PaperOf, PaperState
from fieldapp.domain.care.referral import Referral, ReferralState
from fieldapp.domain.event import EventRefused
from fieldapp.domain.identifiers import CareId, PersonId, PhotoId, new_id
from fieldapp.domain.paper_code import PaperCode, WrongCode
from fieldapp.domain.payloads import PhotoAdded, care_payload
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.errors import FieldappError, PhotoError, StoreError
from fieldapp.records.care import care_of
from fieldapp.records.papers import filed_picture, papers_of
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.paper_versions import Says, says_now
from fieldapp.store import loose_sheets, photos
from fieldapp.store.changes import Changes
from fieldapp.store.departures import refuse_if_departed
from fieldapp.store.engine import Store
from fieldapp.store.loose_sheets import LooseSheet
from fieldapp.store.mending import photos_of
from fieldapp.store.recording import Act, record_in
from fieldapp.usecases.papers.reading import Found, find_codes
from fieldapp.usecases.papers.sheets import Scanned, scanned

__all__ = ["Filed", "FiledByHand", "LooseReason", "LooseSheet", "Papers", "Sheet", "TakenIn"]


class LooseReason(StrEnum):
    """Why a person has to look: no code could be read; only codes of something else are on it; ours, with a wrong sign, or of a newer
    program; of another district; of a record that is not here, or not this person's any more; several sheets on one picture; that sheet
    is here already; a person said that it was filed wrongly."""

    NO_CODE = "no_code"
    ONLY_OTHERS = "only_others"
    DAMAGED = "damaged"
    NEWER = "newer"
    OTHER_DISTRICT = "other_district"
    UNKNOWN = "unknown"
    LEFT = "left"
    SEVERAL = "several"
    HERE_ALREADY = "here_already"
    MISFILED = "misfiled"


@dataclass(frozen=True, slots=True)
class Filed:
    """To whom and what. `signed`: the sheet bears the signatures. `outdated`: what it says is not what the record says by now. `stepped`:
    the referral counts as signed from now on."""

    child_name: str
    case_id: str
    of_kind: PaperOf
    page: int
    pages: int
    signed: bool
    outdated: bool
    stepped: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What became of one sheet of a file: filed, put on the list for a reason, here already (the very same picture), or not read for an
    error. `others`: how many codes on it are of something else."""

    file: str
    number: int = 1
    count: int = 1
    filed: tuple[Filed, ...] = ()
    loose: LooseReason | None = None
    known: bool = False
    error: FieldappError | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the sheets, in their order. `stopped`: why no more were taken; what was done stays."""

    sheets: tuple[Sheet, ...]
    changes: Changes
    stopped: StoreError | None = None


@dataclass(frozen=True, slots=True)
class FiledByHand:
    filed: Filed
    changes: Changes


class _CannotFile(Exception):
    def __init__(self, reason: LooseReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Papers:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def take_in(
        self,
        paths: Sequence[Path],
        on_sheet: Callable[[int, Sheet], None] = lambda _place, _sheet: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> TakenIn:
        """Files of sheets, one after the other; `on_sheet` is told the file's place and each sheet as it is done. Cancelled, it stops
        between two sheets, and what was done stays."""
        done: list[Sheet] = []
        changes = Changes()
        for place, path in enumerate(paths):
            try:
                for scan in scanned(path):
                    if is_cancelled():
                        return TakenIn(tuple(done), changes)
                    sheet, changed = self._taken(path.name, scan)
                    changes |= changed
                    done.append(sheet)
                    on_sheet(place, sheet)
            except PhotoError as error:
                done.append(Sheet(path.name, error=error))
                on_sheet(place, done[-1])
            except StoreError as error:
                return TakenIn(tuple(done), changes, error)
        return TakenIn(tuple(done), changes)

    def loose(self) -> tuple[LooseSheet, ...]:
        with self._store.reading() as connection:
            return loose_sheets.sheets(connection)

    def thumbnail(self, sha256: str) -> bytes | None:
        with self._store.photo_reading() as connection:
            return photos.thumbnail(connection, sha256)

    def picture(self, sha256: str) -> bytes | None:
        with self._store.photo_reading() as connection:
            return photos.picture(connection, sha256)

    def file_by_code(self, sheet_id: str, typed: str) -> FiledByHand:
        """As the short text under the code says. Raises EventRefused with code paper.<reason> where that cannot be."""
        try:
            code = paper_code.read(typed)
        except WrongCode as wrong:
            reason = LooseReason.NEWER if wrong.code == "newer" else LooseReason.DAMAGED
            raise EventRefused(f"paper.{reason}", "code") from wrong
        try:
            return self._filed_by_hand(sheet_id, lambda connection: self._place(connection, code), code)
        except _CannotFile as cannot:
            raise EventRefused(f"paper.{cannot.reason}", "code") from cannot

    def file_as(self, sheet_id: str, of_kind: PaperOf, of: str) -> FiledByHand:
        """As a person says who looked at the picture: of this record, the sheet with the signatures. Raises StoreError where the record
        has left this laptop."""

        def place(connection: Connection) -> Says:
            says = says_now(connection, self._store.district_id, of_kind, of)
            if says is None:
                raise StoreError("store.not_here")
            refuse_if_departed(connection, self._store.district_id, says.case_id)
            return says

        return self._filed_by_hand(sheet_id, place, None, of_kind)

    def discard(self, sheet_id: str) -> Changes:
        with self._store.writing() as connection:
            sheet = loose_sheets.sheet(connection, sheet_id)
            loose_sheets.remove(connection, sheet_id)
        if sheet is not None:
            photos.drop_unused(self._store, [sheet.sha256])
        return self._told(Changes(papers=True))

    def misfiled(self, paper_id: str) -> Changes:
        """The paper is of something else: it counts no more where it was, and the sheet is to be sorted."""
        district_id = self._store.district_id
        with self._store.writing() as connection:
            paper = SqlRecords(connection, district_id).care(CareKind.PAPER, CareId(paper_id))
            if not isinstance(paper, Paper):
                raise StoreError("store.not_here")
            refuse_if_departed(connection, district_id, paper.case_id)
            step = _step(paper, CareKind.PAPER, PaperState.MISFILED, self._now().date(), self._store.person_id)
            changes = record_in(connection, self._store.identity, [Act(care_payload(step), step.id)], self._now())
            for photo in photos_of(connection, district_id, paper.id):
                sheet = LooseSheet(
                    new_id(), photo.sha256, photo.size, photo.media_type, photo.width, photo.height, LooseReason.MISFILED, "", self._now()
                )
                loose_sheets.put(connection, sheet)
        return self._told(changes | Changes(papers=True))

    def _taken(self, file: str, scan: Scanned) -> tuple[Sheet, Changes]:
        picture = scan.picture
        sha256 = sha256_hex(picture.data)
        sheet = Sheet(file, scan.number, scan.count)
        with self._store.reading() as connection:
            if loose_sheets.lies_here(connection, sha256) or filed_picture(connection, self._store.district_id, sha256):
                return replace(sheet, known=True), Changes()
        # The bytes are in the encrypted file before anything names them.
        with self._store.photo_writing() as connection:
            photos.put_picture(connection, sha256, picture.data, picture.thumbnail)
        found = find_codes(scan.full)
        sheet = replace(sheet, others=found.others)
        code = found.codes[0].text if found.codes else ""
        loose = LooseSheet(new_id(), sha256, len(picture.data), picture.media_type, picture.width, picture.height, "", code, self._now())
        with self._store.writing() as connection:
            try:
                filed, changes = self._file(connection, found, loose)
                sheet = replace(sheet, filed=filed)
            except _CannotFile as cannot:
                loose_sheets.put(connection, replace(loose, reason=cannot.reason.value))
                sheet, changes = replace(sheet, loose=cannot.reason), Changes(papers=True)
        return sheet, self._told(changes)

    def _file(self, connection: Connection, found: Found, sheet: LooseSheet) -> tuple[tuple[Filed, ...], Changes]:
        """Raises _CannotFile, and then nothing was written."""
        if not found.codes:
            raise _CannotFile(_why_none(found))
        if len({(code.of_kind, code.of) for code in found.codes}) > 1:
            raise _CannotFile(LooseReason.SEVERAL)
        says = [self._place(connection, code) for code in found.codes]
        filed, changes = [], Changes()
        for code, place in zip(found.codes, says, strict=True):
            one, changed = self._record(connection, place, code, sheet)
            filed.append(one)
            changes |= changed
        return tuple(filed), changes

    def _place(self, connection: Connection, code: PaperCode) -> Says:
        """Where the code says that the sheet belongs. Raises _CannotFile."""
        district_id = self._store.district_id
        if code.district_id != paper_code.plain_district(district_id):
            raise _CannotFile(LooseReason.OTHER_DISTRICT)
        says = says_now(connection, district_id, code.of_kind, code.of)
        if says is None:
            raise _CannotFile(LooseReason.UNKNOWN)
        try:
            refuse_if_departed(connection, district_id, says.case_id)
        except StoreError as error:
            raise _CannotFile(LooseReason.LEFT) from error
        here = papers_of(connection, district_id, [code.of], [code.of_kind])
        if any((paper.version, paper.page, paper.pages) == (code.version, code.page, code.pages) for paper in here):
            raise _CannotFile(LooseReason.HERE_ALREADY)
        return says

    def _filed_by_hand(
        self, sheet_id: str, place: Callable[[Connection], Says], code: PaperCode | None, of_kind: PaperOf | None = None
    ) -> FiledByHand:
        with self._store.writing() as connection:
            sheet = loose_sheets.sheet(connection, sheet_id)
            if sheet is None:
                raise StoreError("store.not_here")
            filed, changes = self._record(connection, place(connection), code, sheet, of_kind)
            loose_sheets.remove(connection, sheet_id)
        return FiledByHand(filed, self._told(changes))

    def _record(
        self, connection: Connection, says: Says, code: PaperCode | None, sheet: LooseSheet, of_kind: PaperOf | None = None
    ) -> tuple[Filed, Changes]:
        now = self._now()
        paper = Paper(
            id=CareId(new_id()),
            case_id=says.case_id,
            child_id=says.child_id,
            of_kind=code.of_kind if code else of_kind or PaperOf.FORM,
            of=says.record.id,
            version=code.version if code else "",
            page=code.page if code else 1,
            pages=code.pages if code else 1,
            sha256=sheet.sha256,
            on=now.date(),
            by=self._store.person_id,
            outdated=says.superseded or (code is not None and code.version != says.version),
            by_hand=code is None,
        )
        photo = _photo(paper, sheet)
        acts = [Act(care_payload(paper), paper.id), Act(PhotoAdded(photo), photo.id)]
        step = self._signed(connection, paper, says)
        if step is not None:
            acts.append(Act(care_payload(step), step.id))
        changes = record_in(connection, self._store.identity, acts, now) | Changes(papers=True)
        child = SqlRecords(connection, self._store.district_id).child(says.child_id)
        name = child.full_name if child else ""
        filed = Filed(name, paper.case_id, paper.of_kind, paper.page, paper.pages, paper.is_signed, paper.outdated, step is not None)
        return filed, changes

    def _signed(self, connection: Connection, paper: Paper, says: Says) -> CareStep | None:
        """The step of a referral whose letter came back signed as it now is; never for an older text."""
        if paper.of_kind is not PaperOf.LETTER or not paper.is_signed or paper.outdated or not isinstance(says.record, Referral):
            return None
        care = care_of(connection, self._store.district_id, [paper.case_id], (Referral,))
        state = next((stood.state for one, stood in care.of(Referral) if one.id == paper.of), None)
        if state is not ReferralState.DRAFT:
            return None
        return _step(says.record, CareKind.REFERRAL, ReferralState.SIGNED, paper.on, self._store.person_id)

    def _told(self, changes: Changes) -> Changes:
        self._store.announce(changes)
        return changes


def _step(fact: Paper | Referral, kind: CareKind, state: PaperState | ReferralState, on: dt.date, by: PersonId) -> CareStep:
    return CareStep(CareId(new_id()), fact.case_id, fact.child_id, fact.id, kind, state.value, on, by)


def _photo(paper: Paper, sheet: LooseSheet) -> Photo:
    return Photo(
        id=PhotoId(new_id()),
        visit_id=None,
        case_id=paper.case_id,
        sha256=sheet.sha256,
        size=sheet.size,
        media_type=sheet.media_type,
        width=sheet.width,
        height=sheet.height,
        kind=PhotoKind.DOCUMENT,
        paper_id=paper.id,
    )


def _why_none(found: Found) -> LooseReason:
    if found.newer:
        return LooseReason.NEWER
    if found.damaged:
        return LooseReason.DAMAGED
    return LooseReason.ONLY_OTHERS if found.others else LooseReason.NO_CODE
