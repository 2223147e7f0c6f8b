"""Care goes with the child: facts and steps of whoever had it, received, held and taken like visits."""

import datetime as dt

import pytest
from sqlalchemy import Connection, select

from fieldapp.domain.care.facts import CareFact, CareKind
from fieldapp.domain.care.referral import Referral, ReferralState
from fieldapp.domain.care.risk import RiskLevel
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CaseDroppedAgain, SubmissionRecorded, care_payload
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome, ReturnLevel
from fieldapp.records import tables
from fieldapp.records.care import care_of
from fieldapp.server.deciding import deciding, entries
from fieldapp.server.deciding.entries import Wanted
from fieldapp.store.recording import Act, record
from tests.support.district import VISITED_ON
from tests.support.records import a_care_step, a_referral, a_submission
from tests.support.world import FieldLaptop, World


def do(laptop: FieldLaptop, fact: CareFact) -> None:
    record(laptop.store, [Act(care_payload(fact), fact.id)], laptop.now())


def refer(laptop: FieldLaptop, case_id: str) -> Referral:
    referral = a_referral(laptop.case(case_id), by=laptop.store.person_id, on=VISITED_ON)
    do(laptop, referral)
    do(laptop, a_care_step(referral, CareKind.REFERRAL, "signed", by=laptop.store.person_id, on=VISITED_ON))
    return referral


def stands(connection: Connection, district_id: str, case_id: str) -> list[tuple[str, str]]:
    return [(one.fact.id, str(one.state)) for one in care_of(connection, district_id, [case_id]).facts]


def at_the_district(world: World, case_id: str) -> list[tuple[str, str]]:
    with world.district.engine.connect() as connection:
        return stands(connection, world.district.id, case_id)


def here(laptop: FieldLaptop, case_id: str) -> list[tuple[str, str]]:
    with laptop.store.reading() as connection:
        return stands(connection, laptop.store.district_id, case_id)


def test_care_is_received_and_goes_where_the_child_goes(world: World) -> None:
    before, after = world.teacher("somying"), world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    referral = refer(before, case_id)
    assert before.sync().error is None
    assert at_the_district(world, case_id) == [(referral.id, ReferralState.SIGNED)]
    assert before.receipt_of(referral.id) is not None
    world.district.assign(case_id, world.district.people["wichai"])
    before.sync()
    after.sync()
    assert (here(before, case_id), here(after, case_id)) == ([], [(referral.id, ReferralState.SIGNED)])


def test_care_after_the_child_was_given_away_is_held_with_its_steps_and_taken_with_them(world: World) -> None:
    before = world.teacher("somying")
    world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    referral = refer(before, case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    assert before.sync().held == 2
    assert (at_the_district(world, case_id), here(before, case_id)) == ([], [])
    with world.district.engine.begin() as connection:
        # One decision: the step goes with its referral.
        (entry,) = [one for one in entries.read(connection, world.district.id, Wanted(decided=False)) if one.body["record"] == referral.id]
        how = {"take": True, "note": "", "case_id": "", "by": world.district.officer.id, "now": dt.datetime.now(dt.UTC)}
        deciding.decide_held(connection, world.district.id, entry.id, **how)
        assert not entries.read(connection, world.district.id, Wanted(decided=False))
    assert at_the_district(world, case_id) == [(referral.id, ReferralState.SIGNED)]


def test_a_teacher_cannot_accept_for_another_school(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    referral = refer(laptop, case_id)
    step = a_care_step(referral, CareKind.TRANSFER, "accepted", by=laptop.store.person_id, on=VISITED_ON)
    with pytest.raises(Exception, match="unknown_record of"):
        do(laptop, step)


def test_risks_of_a_form_are_the_same_on_both_sides_and_leave_with_a_copy_that_is_held(world: World) -> None:
    laptop = world.teacher("somying")
    world.teacher("wichai")
    kept, lost = (world.district.add_case(world.district.people["somying"]) for _ in range(2))
    laptop.sync()
    for case_id in (kept, lost):
        copy = a_submission(laptop.case(case_id), by=laptop.store.person_id, filled_on=VISITED_ON, risks={"learning": RiskLevel.RISK})
        record(laptop.store, [Act(SubmissionRecorded(copy), copy.id)], laptop.now())
    world.district.assign(lost, world.district.people["wichai"])
    laptop.sync()
    assert here(laptop, kept) == at_the_district(world, kept)
    assert len(here(laptop, kept)) == 1
    assert at_the_district(world, lost) == []
    # Given back before the laptop heard of it, the copy that was not taken must leave no risk behind.
    world.district.assign(lost, world.district.people["somying"])
    laptop.sync()
    with laptop.store.reading() as connection:
        risks = connection.execute(select(tables.risk.c.case_id)).scalars().all()
    assert risks == [kept]


def test_a_child_who_leaves_again_is_a_new_case_on_both_sides(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    laptop.visit(case_id, outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY)
    again = CaseDroppedAgain(VISITED_ON, new_id(), "ไปทำงาน")
    record(laptop.store, [Act(again, case_id)], laptop.now())
    assert laptop.sync().error is None
    for one in (case_id, again.new_case_id):
        with world.district.engine.connect() as connection:
            state = connection.execute(select(tables.case.c.state).where(tables.case.c.id == one)).scalar()
        assert state == laptop.case(one).state
    assert laptop.case(again.new_case_id).state is CaseState.ASSIGNED
