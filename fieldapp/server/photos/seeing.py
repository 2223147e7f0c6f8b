"""Who may look at a picture: whoever may see what it belongs to; one that answers a form, only who may read that answer; a signed paper,
only who may read what can stand on it."""

from sqlalchemy import Connection, select

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.paper import Paper, PaperOf
from fieldapp.domain.identifiers import CareId
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.records.forms import form_version
from fieldapp.records.reference import reads_urgent, sees_sensitive
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.forms.collected import reader_of
from fieldapp.server.problems import Refused


def seen_by(connection: Connection, district_id: str, caller: Caller, sha256: str) -> tuple[str, list[str]]:
    """The media type of the bytes, and the cases that show them to the caller. Raises Refused unknown_record where nothing does."""
    photo, head, blob = record_tables.photo, tables.head, tables.photo_blob
    query = (
        select(blob.c.media_type, head.c.case_id, head.c.owner_id, head.c.school_code, photo.c.submission_id, photo.c.paper_id)
        .join(photo, (photo.c.district_id == blob.c.district_id) & (photo.c.sha256 == blob.c.sha256))
        .join(head, (head.c.district_id == blob.c.district_id) & (head.c.type == "photo") & (head.c.id == photo.c.id))
        .where(blob.c.district_id == district_id, blob.c.sha256 == sha256)
    )
    seen = [
        row
        for row in connection.execute(query)
        if caller.covers_scope(row.owner_id, row.school_code)
        and _reads_answer(connection, district_id, caller, row.submission_id, sha256)
        and _reads_paper(connection, district_id, caller, row.paper_id)
    ]
    if not seen:
        raise Refused("unknown_record", "sha256")
    return seen[0].media_type, sorted({row.case_id for row in seen if row.case_id})


def _reads_paper(connection: Connection, district_id: str, caller: Caller, paper_id: str | None) -> bool:
    """A form or a letter may tell of what not every role may see; whoever took it in has seen it."""
    if paper_id is None:
        return True
    paper = SqlRecords(connection, district_id).care(CareKind.PAPER, CareId(paper_id))
    if not isinstance(paper, Paper):
        return False
    mine = paper.by == caller.person_id
    return mine or paper.of_kind is PaperOf.CONSENT or sees_sensitive(connection, district_id, caller.role)


def _reads_answer(connection: Connection, district_id: str, caller: Caller, submission_id: str | None, sha256: str) -> bool:
    if submission_id is None:
        return True
    table = record_tables.submission
    row = connection.execute(select(table).where(table.c.district_id == district_id, table.c.id == submission_id)).mappings().one_or_none()
    if row is None:
        return False
    submission = rows.submission_from(row)
    sensitive = sees_sensitive(connection, district_id, caller.role)
    urgent = reads_urgent(connection, district_id, caller.role, caller.person_id)
    if submission.by == caller.person_id or (sensitive and urgent):
        return True
    form = form_version(connection, district_id, submission.form_id, submission.form_version)
    if form is None:
        return False
    given = reader_of(form).read(submission.xml)
    return any(answer.picture == sha256 and answer.question.shown(sensitive=sensitive, urgent=urgent) for answer in given)
