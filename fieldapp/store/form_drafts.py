"""Forms that are begun and not finished: which there are, and their answers so far."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.store.tables import form_draft as table


@dataclass(frozen=True, slots=True)
class FormDraft:
    """`id` becomes the submission's. About a case, or (`case_id` '') about a school. `xml` keeps everything, what is hidden too; `page` is
    where its person stood."""

    id: str
    form_id: str
    form_version: str
    case_id: str
    school_code: str
    xml: str
    page: int
    saved_at: dt.datetime


_COLUMNS = [table.c[name] for name in FormDraft.__slots__]


def find(connection: Connection, form_id: str, case_id: str, school_code: str) -> FormDraft | None:
    where = (table.c.form_id == form_id, table.c.case_id == case_id, table.c.school_code == school_code)
    row = connection.execute(select(*_COLUMNS).where(*where)).first()
    return FormDraft(*row) if row else None


def read(connection: Connection, draft_id: str) -> FormDraft | None:
    row = connection.execute(select(*_COLUMNS).where(table.c.id == draft_id)).first()
    return FormDraft(*row) if row else None


def begun(connection: Connection, case_id: str, school_code: str) -> dict[str, str]:
    """form_id -> the version on which it was begun, about this case or school."""
    query = select(table.c.form_id, table.c.form_version).where(table.c.case_id == case_id, table.c.school_code == school_code)
    return dict(tuple(row) for row in connection.execute(query))


def begun_about_schools(connection: Connection) -> tuple[FormDraft, ...]:
    """The last saved first."""
    query = select(*_COLUMNS).where(table.c.school_code != "").order_by(table.c.saved_at.desc(), table.c.id)
    return tuple(FormDraft(*row) for row in connection.execute(query))


def write(connection: Connection, draft: FormDraft) -> None:
    values = {name: getattr(draft, name) for name in FormDraft.__slots__}
    changing = {name: values[name] for name in ("xml", "page", "saved_at")}
    connection.execute(insert(table).values(values).on_conflict_do_update(index_elements=["id"], set_=changing))


def remove(connection: Connection, draft_id: str) -> None:
    connection.execute(delete(table).where(table.c.id == draft_id))
