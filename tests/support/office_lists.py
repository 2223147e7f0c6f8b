"""What an officer does with a received list at the pages: upload it, check its columns, wait, accept, take it back."""

import re
import time
from typing import Any

from sqlalchemy import select

from fieldapp.server import tables
from tests.support.office import OfficeVisitor


def upload(office: OfficeVisitor, data: bytes, name: str = "บัญชี.xlsx", **fields: str) -> str:
    """The path of the import, whose columns are to be looked at."""
    office.get("/office/lists")
    given = {"list_type": "never_enrolled", "round": "1/2569", "as_of": "20/10/2569", **fields}
    answer = office.post("/office/lists", files={"file": (name, data)}, **given)
    assert answer.url.endswith("/columns"), answer.text
    return answer.url.removeprefix(office.running.url).removesuffix("/columns")


def check(office: OfficeVisitor, path: str, **columns: str) -> str:
    """As proposed, but for what is given; the preview's text."""
    page = office.get(f"{path}/columns").text
    chosen = {name: found for name in re.findall(r'<select name="(\w+)"', page) if (found := chosen_in(page, name))}
    office.post(f"{path}/columns", **{**chosen, **columns})
    return when_done(office, path)


def chosen_in(page: str, name: str) -> str:
    options = page.split(f'<select name="{name}"')[1].split("</select>")[0]
    found = re.search(r'value="(\w*)" selected', options)
    return found[1] if found else ""


def when_done(office: OfficeVisitor, path: str) -> str:
    """What the page says when it does not look again by itself any more."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        page = office.get(path).text
        if 'http-equiv="refresh"' not in page:
            return page
    raise AssertionError("the work does not end")


def accept(office: OfficeVisitor, path: str, **fields: str) -> str:
    office.get(path)
    office.post(f"{path}/accept", **fields)
    return when_done(office, path)


def states(office: OfficeVisitor, path: str) -> dict[int, str]:
    row = tables.list_row
    with office.district.engine.connect() as connection:
        query = select(row.c.row_number, row.c.state).where(row.c.district_id == office.district.id, row.c.list_id == path.split("/")[-1])
        return dict(connection.execute(query).all())


def row_of(office: OfficeVisitor, path: str, number: int) -> Any:
    row = tables.list_row
    with office.district.engine.connect() as connection:
        mine = (row.c.district_id == office.district.id, row.c.list_id == path.split("/")[-1], row.c.row_number == number)
        return connection.execute(select(row).where(*mine)).one()


def undo(office: OfficeVisitor, path: str) -> str:
    office.get(f"{path}/undo")
    office.post(f"{path}/undo")
    return when_done(office, path)
