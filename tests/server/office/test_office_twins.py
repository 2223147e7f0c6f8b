"""Likely duplicates at the office's pages: found, compared, put together, undone."""

import datetime as dt
import re

import pytest

from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.payloads import ChildEdited
from fieldapp.domain.states import CaseState
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.ladder import ladder_report
from fieldapp.server.office.refusals import words_for
from fieldapp.server.problems import Refused
from fieldapp.server.thai_day import thai_day
from fieldapp.texts import speaking
from tests.support.counted import counted
from tests.support.district import make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor

_PAIR = re.compile(r'href="/office/twins/([0-9a-f-]{36})/([0-9a-f-]{36})"')
_BORN = dt.date(2014, 7, 9)


@pytest.fixture
def pair(office: OfficeVisitor) -> tuple[CaseId, CaseId]:
    """One boy on two cards: found by his teacher, and under another spelling with another teacher, who has a telephone number."""
    district = office.district
    for account in ("somying", "wichai"):
        district.add_person(account)
    one = make_child("ศุภกร", birth_on=_BORN, guardian_name="ยายบุญมี", tambon_code="461601", moo="4")
    other = make_child("ด.ช.สุภกร", birth_on=_BORN, guardian_name="ยาย บุญมี", guardian_phone="0812345214", tambon_code="461601", moo="4")
    staying = district.add_case(district.people["somying"], child=one)
    going = district.add_case(district.people["wichai"], child=other)
    district.add_case(child=make_child("กมลชนก", birth_on=_BORN))
    district.record([visit_event(make_visit(staying, one.id, district.people["somying"].id))])
    return staying, going


def _case(office: OfficeVisitor, case_id: CaseId) -> Case:
    with office.district.engine.connect() as connection:
        case = SqlRecords(connection, office.district.id).case(case_id)
    assert case
    return case


def _pairs(office: OfficeVisitor, **query: str) -> list[tuple[str, str]]:
    answer = office.get("/office/twins", **query)
    assert answer.status_code == 200
    return _PAIR.findall(answer.text)


def _decide(office: OfficeVisitor, choice: str, **fields: str | list[str]) -> None:
    ((first, second),) = _pairs(office)
    office.get(f"/office/twins/{first}/{second}")
    assert office.post(f"/office/twins/{first}/{second}", choice=choice, **fields).status_code == 200


def test_two_spellings_of_one_child_are_shown_side_by_side(office: OfficeVisitor, pair: tuple[CaseId, CaseId]) -> None:
    ((first, second),) = _pairs(office)
    assert {first, second} == {_case(office, case_id).child_id for case_id in pair}
    shown = office.get(f"/office/twins/{first}/{second}").text
    assert "ศุภกร" in shown and "ด.ช.สุภกร" in shown and "0812345214" in shown and "ครู wichai" in shown
    assert '<span class="count">1</span>' in office.get("/office/inbox").text


def test_the_same_child_is_one_case_from_now_on_and_what_was_ticked_goes_over(office: OfficeVisitor, pair: tuple[CaseId, CaseId]) -> None:
    staying, going = pair
    _decide(office, _case(office, staying).child_id, take=["guardian_phone"], note="ยายยืนยัน")
    assert (_case(office, going).merged_into, _case(office, going).state) == (staying, CaseState.LIST_ERROR)
    with office.district.engine.connect() as connection:
        card = SqlRecords(connection, office.district.id).child(_case(office, staying).child_id)
    assert card
    assert (card.guardian_phone, card.given_name) == ("0812345214", "ศุภกร")
    assert _pairs(office) == []
    assert "ยายยืนยัน" in office.get("/office/twins", show="decided").text
    assert office.running.caller("wichai").ids("case") == set()


def test_undoing_gives_both_cases_back(office: OfficeVisitor, pair: tuple[CaseId, CaseId]) -> None:
    staying, going = pair
    before = [_case(office, case_id) for case_id in pair]
    with office.district.engine.connect() as connection:
        ladder = ladder_report(connection, office.district.id, thai_day(dt.datetime.now(dt.UTC)))
    _decide(office, _case(office, staying).child_id)
    ((first, second),) = _pairs(office, show="decided")
    office.get(f"/office/twins/{first}/{second}")
    office.post(f"/office/twins/{first}/{second}/undo")
    after = [_case(office, case_id) for case_id in pair]
    assert [(case.steps, case.state, case.assignee_id) for case in after] == [(case.steps, case.state, case.assignee_id) for case in before]
    with office.district.engine.connect() as connection:
        assert ladder_report(connection, office.district.id, thai_day(dt.datetime.now(dt.UTC))) == ladder
    assert office.running.caller("wichai").ids("case") == {going}
    assert _pairs(office) == [(first, second)]
    assert office.post(f"/office/twins/{first}/{second}/undo").status_code == 409
    # And decided again, the other way round.
    _decide(office, _case(office, going).child_id)
    assert _case(office, staying).merged_into == going


def test_two_children_are_remembered_as_two_until_it_is_undone(office: OfficeVisitor, pair: tuple[CaseId, CaseId]) -> None:
    _decide(office, "different", note="แฝดคนละคน")
    assert _pairs(office) == []
    with office.district.engine.begin() as connection:
        card = SqlRecords(connection, office.district.id).child(_case(office, pair[0]).child_id)
    assert card
    office.district.record([office.district.event(ChildEdited({"village": "บ้านนาคู"}), card.id)])
    assert _pairs(office) == []
    ((first, second),) = _pairs(office, show="decided")
    office.get(f"/office/twins/{first}/{second}")
    office.post(f"/office/twins/{first}/{second}/undo")
    assert _pairs(office) == [(first, second)]


def test_of_two_officers_the_second_is_told(office: OfficeVisitor, pair: tuple[CaseId, CaseId]) -> None:
    ((first, second),) = _pairs(office)
    other = OfficeVisitor(office.running)
    other.sign_in()
    other.get(f"/office/twins/{first}/{second}")
    _decide(office, first)
    for choice in ("different", first, second):
        answer = other.post(f"/office/twins/{first}/{second}", choice=choice)
        assert answer.status_code == 409
        with speaking("th"):
            assert words_for(Refused("already_decided")).happened in answer.text
        other.get(f"/office/twins/{first}/{second}")


def test_all_cases_of_the_other_card_are_put_together(office: OfficeVisitor, pair: tuple[CaseId, CaseId]) -> None:
    staying, going = pair
    with office.district.engine.connect() as connection:
        other = SqlRecords(connection, office.district.id).child(_case(office, going).child_id)
    assert other
    third = office.district.add_case(child=other)
    _decide(office, _case(office, staying).child_id)
    assert {_case(office, case_id).merged_into for case_id in (going, third)} == {staying}


def test_the_list_asks_as_many_questions_for_many_pairs_as_for_few(office: OfficeVisitor, pair: tuple[CaseId, CaseId]) -> None:
    with counted(office.district.engine) as few:
        office.get("/office/twins")
    for number in range(5):
        for _ in range(2):
            office.district.add_case(child=make_child(f"ก้องภพ{number}", birth_on=_BORN))
    with counted(office.district.engine) as many:
        assert len(_pairs(office)) > 5
    assert len(many) == len(few)
