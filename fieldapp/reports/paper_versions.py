"""What a record says now, as four signs: they stand in the code on paper that was printed from it. Of the same content they are the same
in every later program: only what the paper tells counts, field by field, and no wording of this program."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.care.consent import Consent, ConsentState
from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.care.sharing import may_share, sharing_consent
from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import CareId, CaseId, ChildId, SubmissionId
from fieldapp.domain.paper_code import fingerprint
from fieldapp.domain.submission import Submission
from fieldapp.records import tables
from fieldapp.records.care import care_of
from fieldapp.records.sql_records import SqlRecords


@dataclass(frozen=True, slots=True)
class Says:
    """`record` is that from which paper is printed; `superseded`: another one has taken its place."""

    record: Submission | Referral | Consent
    case_id: CaseId
    child_id: ChildId
    version: str
    superseded: bool


def says_now(connection: Connection, district_id: str, of_kind: PaperOf, of: str) -> Says | None:
    """None where the record is not here, or about no child."""
    records = SqlRecords(connection, district_id)
    record: Submission | Referral | Consent | None
    if of_kind is PaperOf.FORM:
        record = records.submission(SubmissionId(of))
    else:
        fact = records.care(CareKind.CONSENT if of_kind is PaperOf.CONSENT else CareKind.REFERRAL, CareId(of))
        record = fact if isinstance(fact, Referral | Consent) else None
    if record is None or record.case_id is None or record.child_id is None:
        return None
    child = records.child(record.child_id)
    if child is None:
        return None
    version = version_of(connection, district_id, record, child)
    return Says(record, record.case_id, record.child_id, version, _superseded(connection, district_id, record))


def version_of(connection: Connection, district_id: str, record: Submission | Referral | Consent, child: Child) -> str:
    """Another as soon as the paper would tell something else of this record or name the child otherwise."""
    match record:
        case Submission():
            parts = [record.form_id, record.form_version, record.xml]
        case Consent():
            parts = [record.purpose, str(record.given), record.giver, record.relation, record.form_version, record.on.isoformat()]
        case Referral():
            told = [
                record.receiver,
                record.agency_id or "",
                record.reason,
                record.number,
                record.done_so_far,
                record.wanted,
                record.contact,
            ]
            by = record.reply_by.isoformat() if record.reply_by else ""
            parts = [record.kind, *told, by, *sorted(_shared(connection, district_id, record))]
    return fingerprint([child.full_name, *parts])


def _shared(connection: Connection, district_id: str, referral: Referral) -> frozenset[str]:
    """What the letter may tell by the consent that stands now."""
    care = care_of(connection, district_id, [referral.case_id], (Consent,))
    consent = sharing_consent((one, ConsentState(stood.state)) for one, stood in care.of(Consent))
    return may_share(referral.kind, consent[1] if consent else None, sees_sensitive=True) & frozenset(referral.shares)


def _superseded(connection: Connection, district_id: str, record: Submission | Referral | Consent) -> bool:
    if isinstance(record, Consent):
        return False
    table = tables.submission if isinstance(record, Submission) else tables.referral
    later = select(table.c.id).where(table.c.district_id == district_id, table.c.case_id == record.case_id, table.c.supersedes == record.id)
    return connection.execute(later).first() is not None
