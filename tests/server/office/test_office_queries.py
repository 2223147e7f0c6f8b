"""No page asks the database more often because there is more to show."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from fieldapp.domain.care.facts import CareFact, CareKind
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import care_payload
from fieldapp.domain.received_list import ListType
from fieldapp.domain.visit import Outcome
from tests.support.district import VISITED_ON, TestDistrict, make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor
from tests.support.records import a_care_step, a_referral

_LINK = re.compile(r'href="(/office/[^"#]*)"')
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_NOT_PAGES = ("/static/", "/language/", "/sign-in")


@contextmanager
def _counted(engine: Engine) -> Iterator[Counter[str]]:
    asked: Counter[str] = Counter()

    def count(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked[statement.split(None, 1)[0]] += 1

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", count)


def _fill(district: TestDistrict, count: int) -> None:
    teacher = district.people.get("somying") or district.add_person("somying")
    children = [
        make_child(f"เด็ก{number}", tambon_code=f"4601{number % 9 + 1:02}", last_grade=f"ป.{number % 6 + 1}") for number in range(count)
    ]
    cases = district.add_cases(count, teacher, children=children)
    visits = [
        make_visit(case_id, child.id, teacher.id, Outcome.RETURNED if number % 2 else Outcome.NOT_FOUND)
        for number, (case_id, child) in enumerate(zip(cases, children, strict=True))
    ]
    district.record([visit_event(visit) for visit in visits])
    cared: list[CareFact] = []
    for case_id, child in zip(cases, children, strict=True):
        case = Case(case_id, child.id, district.list_id, ListType.NEVER_ENROLLED, VISITED_ON)
        referral = a_referral(case, on=VISITED_ON, by=teacher.id, reply_by=VISITED_ON)
        cared += [referral, a_care_step(referral, CareKind.REFERRAL, "sent", on=VISITED_ON, by=teacher.id)]
        cared.append(Transfer(new_id(), case_id, child.id, "ย้าย", VISITED_ON, teacher.id, to_place="ขอนแก่น"))
    district.record([district.event(care_payload(fact), fact.id) for fact in cared])


def _pages(office: OfficeVisitor) -> list[str]:
    """One address of each kind that links lead to."""
    found, kinds = ["/office/"], {"/office/"}
    for path in found:
        for link in _LINK.findall(office.get(path).text.replace("&amp;", "&")):
            kind = _IDS.sub("…", link.partition("?")[0])
            if kind not in kinds and not any(part in kind for part in _NOT_PAGES):
                kinds.add(kind)
                found.append(link)
    return found


def test_the_number_of_queries_does_not_grow_with_rows(office: OfficeVisitor) -> None:
    district = office.district
    _fill(district, 4)
    pages = _pages(office)
    assert len(pages) > 10

    def asked() -> dict[str, int]:
        numbers = {}
        for path in pages:
            office.get(path)  # the likely duplicates are looked for once after cards changed, and remembered
            with _counted(district.engine) as count:
                assert office.get(path).status_code == 200, path
            numbers[path] = count["SELECT"]
        return numbers

    few = asked()
    _fill(district, 40)
    many = asked()
    assert {path: (few[path], many[path]) for path in pages if many[path] > few[path]} == {}
