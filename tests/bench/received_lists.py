"""A dirty list of 20,000 rows at the office's pages, from the upload until all its good rows are children and cases of the district: read,
checked row by row, compared with the 20,000 children who are there, kept, accepted as events. Beside reading the same file with openpyxl
and storing its rows in one COPY."""

import io
import json
import re
import statistics
import time
from pathlib import Path

import psycopg
from openpyxl import load_workbook
from sqlalchemy import func, select

from fieldapp.domain.child import Child
from fieldapp.records import rows, tables
from fieldapp.server.tables import list_row
from tests.bench.dirty_list import ROWS, dirty_list
from tests.bench.measure import seconds_of, tell
from tests.support.district import TestDistrict
from tests.support.district_server import Running
from tests.support.office import OfficeVisitor
from tests.support.office_lists import chosen_in, upload

_RUNS = 3
_KNOWN = 3_000
# As often as the page with the bar looks again by itself.
_LOOKS_EVERY = 1.0


def run(district: TestDistrict, address: str, photos: Path) -> None:
    """On a district that is filled; each run takes another list."""
    office = OfficeVisitor(Running(address, district, photos))
    assert office.sign_in().status_code == 200
    known = _known(district)
    parts: list[tuple[float, float, float]] = []
    limits: list[float] = []
    for turn in range(_RUNS):
        data = dirty_list(known, seed=2569 + turn)
        limits.append(_limit(district, data))
        parts.append(_imported(office, data, turn))
    whole = [sum(part) for part in parts]
    upload_s, check_s, accept_s = (round(statistics.median(part), 1) for part in zip(*parts, strict=True))
    more = {"upload_s": upload_s, "check_s": check_s, "accept_s": accept_s, "worst": round(max(whole), 1), "rows": ROWS}
    tell("office_list_s", ours=statistics.median(whole), limit=statistics.median(limits), budget="<= 60 s", taken=_taken(district), **more)


def _imported(office: OfficeVisitor, data: bytes, turn: int) -> tuple[float, float, float]:
    """Seconds until it was uploaded, until its preview stood, until its good rows were accepted."""
    began = time.perf_counter()
    path = upload(office, data, f"บัญชี{turn}.xlsx", list_type="dropped_out")
    uploaded = time.perf_counter()
    page = office.get(f"{path}/columns").text
    office.post(
        f"{path}/columns", **{name: found for name in re.findall(r'<select name="(\w+)"', page) if (found := chosen_in(page, name))}
    )
    _wait(office, path)
    checked = time.perf_counter()
    office.post(f"{path}/accept")
    _wait(office, path)
    return uploaded - began, checked - uploaded, time.perf_counter() - checked


def _wait(office: OfficeVisitor, path: str) -> None:
    while 'http-equiv="refresh"' in office.get(path).text:
        time.sleep(_LOOKS_EVERY)


def _limit(district: TestDistrict, data: bytes) -> float:
    url = district.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare_row (number integer, cells json)")
        connection.commit()
        return seconds_of(lambda: _read_and_copy(connection, data))


def _read_and_copy(connection: psycopg.Connection, data: bytes) -> None:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    with connection.cursor().copy("COPY bare_row FROM STDIN") as copy:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            copy.write_row((number, json.dumps(cells, ensure_ascii=False, default=str)))
    connection.commit()


def _known(district: TestDistrict) -> list[Child]:
    query = select(tables.child).where(tables.child.c.district_id == district.id).order_by(tables.child.c.id).limit(_KNOWN)
    with district.engine.connect() as connection:
        return [rows.child_from(row) for row in connection.execute(query).mappings()]


def _taken(district: TestDistrict) -> int:
    """Of all runs."""
    query = select(func.count()).where(list_row.c.district_id == district.id, list_row.c.state == "taken")
    with district.engine.connect() as connection:
        return connection.scalar(query) or 0
