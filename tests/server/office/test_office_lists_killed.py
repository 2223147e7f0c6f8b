"""The long work on a list when its server dies in the middle, and beside other work. Real processes, real SIGKILL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select

from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from tests.support.district import TestDistrict, make_district
from tests.support.lists import HEADER, changed, xlsx
from tests.support.national_ids import an_id
from tests.support.office import OfficeVisitor
from tests.support.office_lists import accept, check, states, upload, when_done
from tests.support.server_process import on_database_of, server_process

ROWS = [changed(id=an_id(number), given=f"เด็ก{number}") for number in range(1, 7)]


@dataclass
class At:
    """Where a server process is, as a visitor asks for it."""

    url: str
    district: TestDistrict


@contextmanager
def writing_is_held_up(district: TestDistrict) -> Iterator[None]:
    """Somebody else writes in the district for as long as this lasts."""
    with district.engine.begin() as connection:
        mine = tables.district.c.district_id == district.id
        connection.execute(select(tables.district.c.district_id).where(mine).with_for_update())
        yield


def test_work_whose_server_was_killed_says_so_and_is_started_again(engine: Engine, tmp_path: Path) -> None:
    district = make_district(engine)
    with server_process(tmp_path, *on_database_of(district, tmp_path / "photos")) as server:
        office = OfficeVisitor(At(server.address, district))  # type: ignore[arg-type]
        office.sign_in()
        path = upload(office, xlsx(HEADER, *ROWS))
        check(office, path)
        with writing_is_held_up(district):
            office.get(path)
            page = office.post(f"{path}/accept").text
            assert 'http-equiv="refresh"' in page
            server.kill()
        server.start()
        page = when_done(office, path)
        assert "งานหยุดกลางคัน" in page
        assert set(states(office, path).values()) == {"staged"}
        office.post(f"{path}/again")
        assert "งานหยุดกลางคัน" not in when_done(office, path)
    assert set(states(office, path).values()) == {"taken"}
    case = record_tables.case
    with engine.connect() as connection:
        assert len(list(connection.scalars(select(case.c.id).where(case.c.district_id == district.id)))) == len(ROWS)


def test_only_one_list_of_a_district_is_worked_on_at_a_time(office: OfficeVisitor) -> None:
    first = upload(office, xlsx(HEADER, *ROWS[:3]))
    check(office, first)
    second = upload(office, xlsx(HEADER, *ROWS[3:]), round="2/2569")
    check(office, second)
    with writing_is_held_up(office.district):
        office.get(first)
        office.post(f"{first}/accept")
        office.get(second)
        assert "กำลังทำงานกับอีกบัญชีหนึ่ง" in office.post(f"{second}/accept").text
        assert office.get(first).status_code == 200
    when_done(office, first)
    accept(office, second)
    assert set(states(office, first).values()) == set(states(office, second).values()) == {"taken"}
