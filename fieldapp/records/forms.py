"""The district's forms as they lie in a database. Heads where the forms themselves, hundreds of kilobytes, are not needed."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.form import Form, FormAbout, form_key
from fieldapp.records import rows, tables


@dataclass(frozen=True, slots=True)
class FormHead:
    form_id: str
    form_version: str
    title: str
    about: FormAbout


_HEAD = (tables.form.c.form_id, tables.form.c.form_version, tables.form.c.title, tables.form.c.about)


def heads_in_use(connection: Connection, district_id: str) -> tuple[FormHead, ...]:
    """Those on which new copies are begun, in the district's order."""
    table = tables.form
    query = select(*_HEAD).where(table.c.district_id == district_id, table.c.active).order_by(table.c.position, table.c.form_id)
    return tuple(FormHead(*row[:3], FormAbout(row.about)) for row in connection.execute(query))


def head_of_version(connection: Connection, district_id: str, form_id: str, version: str) -> FormHead | None:
    query = select(*_HEAD).where(tables.form.c.district_id == district_id, tables.form.c.id == form_key(form_id, version))
    row = connection.execute(query).one_or_none()
    return FormHead(*row[:3], FormAbout(row.about)) if row else None


def form_version(connection: Connection, district_id: str, form_id: str, version: str) -> Form | None:
    table = tables.form
    query = select(table).where(table.c.district_id == district_id, table.c.id == form_key(form_id, version))
    row = connection.execute(query).mappings().one_or_none()
    return rows.form_from(row) if row else None


def form_titles(connection: Connection, district_id: str) -> dict[str, str]:
    """By form_id: as the newest version is called."""
    table = tables.form
    query = select(table.c.form_id, table.c.title).where(table.c.district_id == district_id).order_by(table.c.published_at)
    return dict(tuple(row) for row in connection.execute(query))
