"""The office's pages on 20,000 cases with 60,000 visits: how long each takes until its last byte, how often it asks the database and how
long the database takes. Beside one reading of all steps from end to end, which any figure as of a day needs."""

import datetime as dt
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from sqlalchemy import Engine, event, text

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.thai_dates import school_year
from fieldapp.domain.visit import Outcome, ReturnLevel
from fieldapp.server.thai_day import thai_day
from fieldapp.server.year import entries
from fieldapp.server.year.registers import LESSONS, PLAN, SUPERVISION, Status
from tests.bench import received_lists
from tests.bench.measure import seconds_of, tell
from tests.bench.processes import bench_world
from tests.support.district import PASSWORD, TestDistrict, make_child, make_visit, visit_event
from tests.support.national_ids import an_id
from tests.support.running import serving

CASES, VISITS_EACH, TEACHERS = 20_000, 3, 60
SCHOOLS, ENTRIES = 70, 300
_RUNS = 5
_PAGES = (
    "/office/",
    "/office/?as_of=1/9/2569",
    "/office/cases",
    "/office/cases?q=ธนกร&part=200",
    "/office/cases?state=returned&as_of=1/9/2569&sort=place",
    "/office/reports/overall",
    "/office/reports/by/school",
    "/office/reports/by/level",
    "/office/reports/work",
    "/office/reports/visits?first=1/6/2569",
    "/office/lists",
    "/office/inbox",
    "/office/twins",
    "/office/assign",
    "/office/teams",
    "/office/trips",
    "/office/people",
    "/office/people?q=teacher5",
    "/office/devices",
    "/office/safety",
    "/office/audit",
    "/office/audit?action=changed",
    "/office/audit/xlsx",
    "/office/year",
    "/office/year/plan",
    "/office/year/plan?q=17",
    "/office/year/plan/xlsx",
    "/office/year/supervision",
    "/office/year/lessons",
    "/office/year/check",
    "/office/year/calendar",
    "/office/year/indicators",
    "/office/year/schools/safety-plan",
    "/office/settings/schools",
)
_TAMBON = [f"46{amphoe:02}{tambon:02}" for amphoe in (5, 6, 14, 16) for tambon in range(1, 6)]
_OUTCOMES = (Outcome.UNDECIDED, Outcome.NOT_FOUND, Outcome.NOT_RETURNING, Outcome.RETURNED)


def run() -> None:
    with bench_world() as world:
        fill(world.district)
        with world.district.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
        limit = _limit(world.district)
        with serving(world.district, world.folder / "photos") as address:
            for path in _PAGES:
                _measure(world.district.engine, address, path, limit)
        received_lists.run(world.district, world.address, world.folder / "photos")


def fill(district: TestDistrict) -> None:
    """Cases of many teachers and places, each visited three times in the course of half a year."""
    draw = random.Random(2569)
    teachers = [district.add_person(f"teacher{number}") for number in range(TEACHERS)]
    for teacher, share in zip(teachers, _shares(), strict=True):
        children = [_child(number, draw) for number in share]
        case_ids = district.add_cases(len(children), teacher, children=children)
        events = []
        for case_id, child in zip(case_ids, children, strict=True):
            for _ in range(VISITS_EACH):
                outcome = draw.choice(_OUTCOMES)
                values: dict[str, Any] = {"visited_on": dt.date(2026, 6, 2) + dt.timedelta(days=draw.randrange(160))}
                if outcome is Outcome.NOT_RETURNING:
                    values |= {"causes": ("family_trouble",), "main_cause": "family_trouble"}
                if outcome is Outcome.RETURNED:
                    values["return_level"] = draw.choice(list(ReturnLevel))
                events.append(visit_event(make_visit(case_id, child.id, teacher.id, outcome, **values)))
        district.record(events)
    for number in range(SCHOOLS):
        district.add_school(f"4603{number + 2:04}", f"โรงเรียน{number}")
    _fill_year(district)


def _fill_year(district: TestDistrict) -> None:
    now = dt.datetime.now(dt.UTC)
    today = thai_day(now)
    year = school_year(today)
    with district.engine.begin() as connection:
        for number in range(ENTRIES):
            on = today - dt.timedelta(days=number % 90)
            plan = {"name": f"ลงพื้นที่ {number}", "area": "T6", "owner": "ทีมทำ", "from_on": on, "until_on": on, "done_on": None, "target": 3}
            plan |= {"unit": "หมู่บ้าน", "budget": "", "note": "", "status": Status.PLANNED.value}
            seen = {"on_date": on, "school_code": f"4603{number % SCHOOLS + 2:04}", "who": "ศน.", "seen": "ครูเยี่ยมครบ", "advice": ""}
            seen |= {"follow_up_on": on, "followed_up_on": None}
            lesson = {"on_date": on, "title": f"บทเรียน {number}", "school_code": "", "text": "ไปช่วงเย็นพบผู้ปกครองมากกว่า"}
            for register, values in ((PLAN, plan), (SUPERVISION, seen), (LESSONS, lesson)):
                entries.add(connection, district.id, register, new_id(), year, values, district.officer.id, now)


def _child(number: int, draw: random.Random) -> Child:
    born = dt.date(2010 + number % 10, draw.randrange(1, 13), draw.randrange(1, 29))
    place = {"tambon_code": draw.choice(_TAMBON), "last_grade": f"ป.{number % 6 + 1}"}
    return make_child(f"ธนกร{number}", national_id=an_id(8_000_000 + number), birth_on=born, **place)


def _shares() -> Iterator[range]:
    size = -(-CASES // TEACHERS)
    return (range(begin, min(begin + size, CASES)) for begin in range(0, CASES, size))


def _limit(district: TestDistrict) -> float:
    query = text("SELECT max(on_date), count(*), max(state) FROM case_step WHERE district_id = :district")
    with district.engine.connect() as connection:
        return statistics.median(seconds_of(lambda: connection.execute(query, {"district": district.id}).all()) for _ in range(_RUNS + 1))


def _measure(engine: Engine, address: str, path: str, limit: float) -> None:
    http = requests.Session()
    http.post(f"{address}/office/sign-in", data={"account": "officer", "password": PASSWORD})
    seconds, asked = [], []
    for _ in range(_RUNS + 1):
        with _database_time(engine) as spent:
            seconds.append(seconds_of(lambda: _whole(http, address + path)))
        asked.append(spent)
    database = statistics.median(sum(spent) for spent in asked[1:])
    budget = "<= 1 s" if path == "/office/" else "<= 10 s, 20,000 rows" if path == "/office/audit/xlsx" else "<= 1 s, as the overview"
    more = {"page": path, "queries": len(asked[-1]), "database_s": round(database, 4)}
    tell("office_page_s", ours=statistics.median(seconds[1:]), limit=limit, budget=budget, **more)
    http.close()


def _whole(http: requests.Session, address: str) -> None:
    answer = http.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


@contextmanager
def _database_time(engine: Engine) -> Iterator[list[float]]:
    """Seconds of each query, until its first rows are there."""
    spent: list[float] = []

    def before(connection: Any, *rest: Any) -> None:
        connection.info["began"] = time.perf_counter()

    def after(connection: Any, *rest: Any) -> None:
        spent.append(time.perf_counter() - connection.info["began"])

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield spent
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)
