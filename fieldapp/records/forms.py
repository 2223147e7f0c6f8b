"""The district's forms as they lie in a database."""

from sqlalchemy import Connection, select

from fieldapp.domain.form import Form, form_key
from fieldapp.records import rows, tables


def form_version(connection: Connection, district_id: str, form_id: str, version: str) -> Form | None:
    table = tables.form
    query = select(table).where(table.c.district_id == district_id, table.c.id == form_key(form_id, version))
    row = connection.execute(query).mappings().one_or_none()
    return rows.form_from(row) if row else None


def forms_in_use(connection: Connection, district_id: str) -> tuple[Form, ...]:
    """Those on which new copies are begun, in the district's order."""
    table = tables.form
    query = select(table).where(table.c.district_id == district_id, table.c.active).order_by(table.c.position, table.c.form_id)
    return tuple(rows.form_from(row) for row in connection.execute(query).mappings())


def form_titles(connection: Connection, district_id: str) -> dict[str, str]:
    """By form_id: as the newest version is called."""
    table = tables.form
    query = select(table.c.form_id, table.c.title).where(table.c.district_id == district_id).order_by(table.c.published_at)
    return dict(tuple(row) for row in connection.execute(query))
