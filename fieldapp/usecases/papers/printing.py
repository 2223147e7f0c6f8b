"""What of a child can be printed to be signed, and how far each signature is: not printed, waited for, here, or here for an older text."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.care.consent import Consent, ConsentPurpose
from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.paper import Paper, PaperOf, Signing, signing
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import CareId, SubmissionId
from fieldapp.domain.paper_code import Stamp
from fieldapp.domain.submission import Submission
from fieldapp.errors import StoreError
from fieldapp.records import rows, tables
from fieldapp.records.care import Care, care_of
from fieldapp.records.forms import form_titles
from fieldapp.records.of_case import submissions_of_case
from fieldapp.records.papers import as_of, papers_of_case
from fieldapp.records.reference import agencies, person_names, sees_sensitive
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.consent_sheet import ConsentSheet, read_consent
from fieldapp.reports.paper_versions import says_now, version_of
from fieldapp.store import loose_sheets
from fieldapp.store.case_facts import case_and_child
from fieldapp.store.changes import Changes
from fieldapp.store.departures import whereto
from fieldapp.store.editing import may_edit
from fieldapp.store.engine import Store
from fieldapp.store.loose_sheets import Printed
from fieldapp.usecases.papers.filled_form import FilledForm, read_filled_form
from fieldapp.usecases.referrals_read import receiver_name


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One record that is signed on paper. `title`: the form's, or the receiver of a referral; `purpose` of a consent. `signing`: what is
    here of it; `slip` the reply to a referral. `printed_on`: when it was last printed on this laptop."""

    of_kind: PaperOf
    of: str
    title: str
    purpose: ConsentPurpose | None
    on: dt.date
    by_name: str
    signing: Signing | None
    slip: Signing | None
    printed_on: dt.date | None

    @property
    def waits(self) -> bool:
        """It was printed, and is not signed as it is now."""
        return self.printed_on is not None and not (self.signing and self.signing.signed and not self.signing.outdated)


@dataclass(frozen=True, slots=True)
class CasePapers:
    """Newest first. `stray`: papers of records that are not here. `loose`: sheets on this laptop that wait to be sorted, whosever."""

    case_id: str
    lines: tuple[PaperLine, ...]
    stray: tuple[Paper, ...]
    loose: int
    editable: bool


class Prints:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def of_case(self, case_id: str) -> CasePapers:
        """Raises store.not_here."""
        store = self._store
        with store.reading() as connection:
            case, child = case_and_child(connection, store.district_id, case_id)
            lines, stray = _lines(connection, store.district_id, case_id, child)
            editable = case_id not in whereto(connection) and may_edit(store.identity, case)
            return CasePapers(case_id, lines, stray, loose_sheets.count(connection), editable)

    def loose_count(self) -> int:
        with self._store.reading() as connection:
            return loose_sheets.count(connection)

    def stamp(self, of_kind: PaperOf, of: str) -> Stamp:
        """For what is printed now. Raises store.not_here."""
        with self._store.reading() as connection:
            says = says_now(connection, self._store.district_id, of_kind, of)
        if says is None:
            raise StoreError("store.not_here")
        return Stamp(self._store.district_id, of, says.version)

    def form(self, submission_id: str) -> FilledForm:
        """Raises store.not_here."""
        store = self._store
        with store.reading() as connection:
            submission = SqlRecords(connection, store.district_id).submission(SubmissionId(submission_id))
            child = SqlRecords(connection, store.district_id).child(submission.child_id) if submission and submission.child_id else None
            sees = sees_sensitive(connection, store.district_id, store.identity.role)
            made = read_filled_form(connection, store.district_id, submission, child, sees_sensitive=sees) if submission and child else None
        if made is None:
            raise StoreError("store.not_here")
        return made

    def consent(self, consent_id: str) -> ConsentSheet:
        """Raises store.not_here."""
        with self._store.reading() as connection:
            records = SqlRecords(connection, self._store.district_id)
            consent = records.care(CareKind.CONSENT, CareId(consent_id))
            child = records.child(consent.child_id) if consent else None
            if not isinstance(consent, Consent) or child is None:
                raise StoreError("store.not_here")
            return read_consent(connection, self._store.district_id, consent, child)

    def printed(self, stamp: Stamp, of_kind: PaperOf, pages: int) -> Changes:
        """From now on its signature is waited for."""
        with self._store.writing() as connection:
            says = says_now(connection, self._store.district_id, of_kind, stamp.of)
            if says is None:
                return Changes()
            loose_sheets.note_printed(connection, Printed(of_kind, stamp.of, says.case_id, stamp.version, pages, self._now()))
        changes = Changes(papers=True)
        self._store.announce(changes)
        return changes


def _lines(connection: Connection, district_id: str, case_id: str, child: Child) -> tuple[tuple[PaperLine, ...], tuple[Paper, ...]]:
    submissions = submissions_of_case(connection, district_id, case_id)
    care = care_of(connection, district_id, [case_id], (Referral, Consent))
    titles = form_titles(connection, district_id)
    known = {agency.id: agency.name for agency in agencies(connection, district_id)}
    records: list[Submission | Referral | Consent] = [*_standing(submissions), *_of_care(care)]
    people = person_names(connection, district_id, {record.by for record in records})
    before = _before([*submissions, *_all_referrals(connection, district_id, case_id)])
    papers = papers_of_case(connection, district_id, case_id)
    printed = loose_sheets.printed_of(connection, case_id)
    lines = []
    placed: set[str] = set()
    for record in records:
        chain = before(record.id)
        placed |= chain
        version = version_of(connection, district_id, record, child)
        own = [as_of(paper, record.id, version) for paper in papers if paper.of in chain]
        lines.append(_line(record, own, [printed[key] for key in printed if key[1] in chain], titles, known, people))
    stray = tuple(paper for paper in papers if paper.of not in placed)
    return tuple(sorted(lines, key=lambda line: (line.on, line.of), reverse=True)), stray


def _line(
    record: Submission | Referral | Consent,
    papers: Sequence[Paper],
    printed: Sequence[Printed],
    titles: Mapping[str, str],
    agencies: Mapping[str, str],
    people: Mapping[str, str],
) -> PaperLine:
    kind, title, purpose, on = PaperOf.FORM, "", None, dt.date.min
    match record:
        case Submission():
            title, on = titles.get(record.form_id, record.form_id), record.filled_on
        case Referral():
            kind, title, on = PaperOf.LETTER, receiver_name(record, agencies), record.on
        case Consent():
            kind, purpose, on = PaperOf.CONSENT, record.purpose, record.on
    last = max((one.printed_at for one in printed), default=None)
    return PaperLine(
        of_kind=kind,
        of=record.id,
        title=title,
        purpose=purpose,
        on=on,
        by_name=people.get(record.by, ""),
        signing=signing(paper for paper in papers if paper.of_kind is not PaperOf.SLIP),
        slip=signing(paper for paper in papers if paper.of_kind is PaperOf.SLIP),
        printed_on=last.astimezone().date() if last else None,
    )


def _standing(submissions: Sequence[Submission]) -> list[Submission]:
    corrected = {one.supersedes for one in submissions}
    return [one for one in submissions if one.id not in corrected]


def _of_care(care: Care) -> list[Referral | Consent]:
    return [one.fact for one in care.facts if isinstance(one.fact, Referral | Consent)]


def _all_referrals(connection: Connection, district_id: str, case_id: str) -> list[Referral]:
    """Those that others took the place of, too."""
    table = tables.referral
    query = select(table).where(table.c.district_id == district_id, table.c.case_id == case_id)
    return [rows.care_from(Referral, row) for row in connection.execute(query).mappings()]


def _before(records: Iterable[Submission | Referral]) -> Callable[[str], set[str]]:
    """A record with all in whose place it stands."""
    superseded: dict[str, str] = {one.id: one.supersedes for one in records if one.supersedes}

    def chain(record_id: str) -> set[str]:
        found = {record_id}
        while (record_id := superseded.get(record_id, "")) and record_id not in found:
            found.add(record_id)
        return found

    return chain
