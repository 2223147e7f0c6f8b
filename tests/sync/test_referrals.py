"""A referral from the house to the reply: written on a laptop without network, answered in the office, closed on the laptop."""

from sqlalchemy import select

from fieldapp.domain.care.referral import ReferralKind, ReferralState
from fieldapp.domain.care.transfer import TransferState
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.payloads import CareStepped
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.referrals.answering import answer_transfer, record_step
from fieldapp.store.tables import outbox
from fieldapp.usecases.referrals_read import ReferralLine
from fieldapp.usecases.referring import Referring, WantedReferral, WantedTransfer
from tests.support.world import FieldLaptop, World


def referring(laptop: FieldLaptop) -> Referring:
    return Referring(laptop.store, laptop.now)


def the_one(laptop: FieldLaptop, case_id: str) -> ReferralLine:
    (line,) = referring(laptop).of_case(case_id).referrals
    return line


def at_the_district(world: World, case_id: str):  # type: ignore[no-untyped-def]
    with world.district.engine.connect() as connection:
        return SqlRecords(connection, world.district.id).case(case_id)  # type: ignore[arg-type]


def test_a_referral_goes_from_the_house_to_the_reply_and_back(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    today = laptop.now().date()
    laptop.visit(case_id, outcome=Outcome.WANTS_RETURN)
    wanted = WantedReferral(ReferralKind.EXTERNAL, "ไม่มีผู้ดูแล", receiver="บ้านพักเด็กและครอบครัว", reply_by=today)
    referring(laptop).draft(case_id, wanted)
    for state in (ReferralState.SIGNED, ReferralState.SENT):
        referring(laptop).step(the_one(laptop, case_id).referral.id, state, today)
    assert laptop.case(case_id).state is CaseState.REFERRED
    assert laptop.sync().error is None
    referral = the_one(laptop, case_id).referral
    assert at_the_district(world, case_id).state is CaseState.REFERRED
    with world.district.engine.begin() as connection:
        office = world.district.officer.id
        record_step(connection, world.district.id, referral.id, ReferralState.RESULT, today, "รับเข้าพักแล้ว", office)
    laptop.sync()
    line = the_one(laptop, case_id)
    assert (line.state, line.steps[-1].note, line.steps[-1].by_name) == (ReferralState.RESULT, "รับเข้าพักแล้ว", "ศน. ทดสอบ")
    with laptop.store.reading() as connection:
        task = SqlRecords(connection, laptop.store.district_id).follow_up(referral.reply_task)
    assert task is not None and task.state is FollowUpState.DONE
    referring(laptop).step(referral.id, ReferralState.CLOSED, today)
    assert laptop.sync().error is None
    assert the_one(laptop, case_id).state is ReferralState.CLOSED
    assert at_the_district(world, case_id).state is laptop.case(case_id).state is CaseState.WANTS_RETURN


def test_a_transfer_that_the_office_accepts_takes_the_child_to_the_other_school(world: World) -> None:
    world.district.add_school("46030009", "โรงเรียนบ้านใหม่")
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    referring(laptop).ask_transfer(case_id, WantedTransfer("ย้ายตามผู้ปกครอง", to_school="46030009", grade="ป.5"))
    (line,) = referring(laptop).of_case(case_id).transfers
    assert laptop.sync().error is None
    on = laptop.now().date()
    with world.district.engine.begin() as connection:
        answer_transfer(connection, world.district.id, line.transfer.id, TransferState.ACCEPTED, on, "", world.district.officer.id)
    moved = at_the_district(world, case_id)
    assert (moved.school_code, moved.assignee_id) == ("46030009", None)
    laptop.sync()
    assert laptop.case(case_id) is None


def test_what_became_of_a_referral_that_was_refused_waits_with_it(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    today = laptop.now().date()
    referring(laptop).draft(case_id, WantedReferral(ReferralKind.EXTERNAL, "ไม่มีผู้ดูแล", receiver="บ้านพักเด็กและครอบครัว", reply_by=today))
    with laptop.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET body = replace(body, ?, ?)", (f'"on":"{today}"', '"on":"2099-01-01"'))
    referral = the_one(laptop, case_id).referral
    referring(laptop).step(referral.id, ReferralState.SIGNED, today)
    laptop.sync()
    assert laptop.status(referral.id)[:2] == ("rejected", "in_the_future")
    with laptop.store.reading() as connection:
        waiting = select(outbox.c.status).where(outbox.c.kind == CareStepped.KIND)
        assert connection.execute(waiting).scalar_one() is None
