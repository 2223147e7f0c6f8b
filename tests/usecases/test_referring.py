"""A child is referred and its transfer asked for, on a laptop without network."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from fieldapp.domain.care.consent import Consent, ConsentPurpose
from fieldapp.domain.care.facts import CareFact, CareKind
from fieldapp.domain.care.referral import ReferralKind, ReferralState, Shared
from fieldapp.domain.care.transfer import TransferState
from fieldapp.domain.case import Case
from fieldapp.domain.event import EventRefused
from fieldapp.domain.follow_up import FollowUpReason, FollowUpState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import care_payload
from fieldapp.domain.reference import Agency, AgencyKind, Role, School, Setting
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, Outcome
from fieldapp.store.recording import Act, record
from fieldapp.usecases.referrals_read import ReferralLine
from fieldapp.usecases.referring import WantedReferral, WantedTransfer
from tests.support.laptop import ME, TODAY, Laptop, fill
from tests.support.records import a_care_step

HOME = Agency("children_home", "บ้านพักเด็กและครอบครัวจังหวัด", AgencyKind.WELFARE.value)
WANTED = WantedReferral(ReferralKind.EXTERNAL, "ไม่มีผู้ดูแล", agency_id=HOME.id, reply_by=TODAY + dt.timedelta(days=15))


@pytest.fixture
def case(laptop: Laptop) -> Case:
    laptop.put(HOME, School("46030009", "โรงเรียนบ้านใหม่", "461602"))
    (case,) = fill(laptop, 1)
    return case


def do(laptop: Laptop, fact: CareFact) -> None:
    record(laptop.store, [Act(care_payload(fact), fact.id)], laptop.clock())


def consented(laptop: Laptop, case: Case, *, given: bool = True, on: dt.date = TODAY, hour: int = 9) -> Consent:
    consent = Consent(new_id(hour * 3_600_000), case.id, case.child_id, ConsentPurpose.SHARING, given, "ยายบุญมี", "ยาย", on, ME)
    do(laptop, consent)
    return consent


def drafted(laptop: Laptop, case: Case, **values: Any) -> ReferralLine:
    laptop.referring.draft(case.id, replace(WANTED, **values))
    return the_one(laptop, case)


def the_one(laptop: Laptop, case: Case) -> ReferralLine:
    (line,) = laptop.referring.of_case(case.id).referrals
    return line


def go_on(laptop: Laptop, case: Case, *states: ReferralState, on: dt.date = TODAY, note: str = "") -> ReferralLine:
    for state in states:
        laptop.referring.step(the_one(laptop, case).referral.id, state, on, note)
    return the_one(laptop, case)


def test_a_letter_is_written_signed_sent_and_reminds_of_its_reply(laptop: Laptop, case: Case) -> None:
    draft = laptop.visits.draft(case.id).visit
    laptop.visits.save(replace(draft, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    laptop.visits.finish(case.id)
    line = drafted(laptop, case)
    assert (line.state, line.receiver, line.next) == (
        ReferralState.DRAFT,
        HOME.name,
        (ReferralState.SIGNED, ReferralState.CALLED_OFF),
    )
    assert not laptop.children.card(case.id).follow_ups
    line = go_on(laptop, case, ReferralState.SIGNED, ReferralState.SENT)
    assert laptop.children.row(case.id).state is CaseState.REFERRED
    (task,) = laptop.children.card(case.id).follow_ups
    assert (task.reason, task.due_on, task.note, task.owner_id) == (FollowUpReason.REPLY, WANTED.reply_by, HOME.name, ME)
    assert (line.days_waiting, line.late) == (0, False)
    laptop.clock.forward(days=16)
    line = the_one(laptop, case)
    assert (line.days_waiting, line.late) == (16, True)
    assert [due.follow_up.id for due in laptop.today.view(laptop.clock().date()).follow_ups] == [line.referral.reply_task]


def test_the_reply_ends_the_reminder_and_its_end_brings_the_child_back(laptop: Laptop, case: Case) -> None:
    drafted(laptop, case)
    line = go_on(laptop, case, ReferralState.SIGNED, ReferralState.SENT, ReferralState.ACKNOWLEDGED)
    assert laptop.children.card(case.id).follow_ups[0].state is FollowUpState.OPEN
    line = go_on(laptop, case, ReferralState.RESULT, note="รับเข้าพักแล้ว")
    assert [(step.state, step.note) for step in line.steps][-1] == ("result", "รับเข้าพักแล้ว")
    assert laptop.children.card(case.id).follow_ups[0].state is FollowUpState.DONE
    assert (line.days_waiting, line.late) == (None, False)
    line = go_on(laptop, case, ReferralState.CLOSED)
    assert line.next == ()


def test_calling_off_takes_the_reminder_away(laptop: Laptop, case: Case) -> None:
    drafted(laptop, case)
    go_on(laptop, case, ReferralState.SIGNED, ReferralState.SENT, ReferralState.CALLED_OFF)
    assert laptop.children.card(case.id).follow_ups[0].state is FollowUpState.CANCELLED


def test_a_draft_is_corrected_and_what_is_signed_is_not(laptop: Laptop, case: Case) -> None:
    first = drafted(laptop, case)
    laptop.referring.correct(first.referral.id, replace(WANTED, reason="ถูกทอดทิ้ง"))
    line = the_one(laptop, case)
    assert (line.referral.reason, line.referral.supersedes) == ("ถูกทอดทิ้ง", first.referral.id)
    with pytest.raises(EventRefused, match="not_allowed fact.supersedes"):
        laptop.referring.step(first.referral.id, ReferralState.SIGNED, TODAY)
    go_on(laptop, case, ReferralState.SIGNED)
    with pytest.raises(EventRefused, match="not_allowed fact.supersedes"):
        laptop.referring.correct(line.referral.id, WANTED)


@pytest.mark.parametrize(
    ("state", "on", "said"),
    [
        (ReferralState.SENT, TODAY, "not_allowed fact.state"),
        (ReferralState.SIGNED, TODAY - dt.timedelta(days=1), "before_start fact.on"),
        (ReferralState.SIGNED, TODAY + dt.timedelta(days=3), "in_the_future fact.on"),
    ],
)
def test_steps_come_in_order_on_days_that_can_be(laptop: Laptop, case: Case, state: ReferralState, on: dt.date, said: str) -> None:
    line = drafted(laptop, case)
    with pytest.raises(EventRefused, match=said):
        laptop.referring.step(line.referral.id, state, on)


def test_without_consent_an_agency_is_told_the_name_alone(laptop: Laptop, case: Case) -> None:
    told = laptop.referring.of_case(case.id)
    assert (told.may_share(ReferralKind.EXTERNAL), Shared.SCHOOL in told.may_share(ReferralKind.INTERNAL)) == (frozenset(), True)
    with pytest.raises(EventRefused, match="not_allowed fact.shares"):
        drafted(laptop, case, shares=(Shared.PHONE,))
    given = consented(laptop, case)
    line = drafted(laptop, case, shares=(Shared.PHONE,))
    assert (line.referral.shares, line.referral.consent_id) == ((Shared.PHONE,), given.id)


def test_a_refusal_or_withdrawal_counts_more_than_what_was_said_before(laptop: Laptop, case: Case) -> None:
    consent = consented(laptop, case, on=TODAY - dt.timedelta(days=2))
    assert laptop.referring.of_case(case.id).may_share(ReferralKind.EXTERNAL)
    do(laptop, a_care_step(consent, CareKind.CONSENT, "withdrawn", by=ME, on=TODAY - dt.timedelta(days=1)))
    assert not laptop.referring.of_case(case.id).may_share(ReferralKind.EXTERNAL)
    consented(laptop, case, given=False, hour=12)
    consented(laptop, case, hour=10)
    assert not laptop.referring.of_case(case.id).may_share(ReferralKind.EXTERNAL)
    consented(laptop, case, hour=14)
    assert laptop.referring.of_case(case.id).may_share(ReferralKind.EXTERNAL)


def test_what_is_sensitive_is_only_for_roles_that_see_it(laptop: Laptop, case: Case) -> None:
    consented(laptop, case)
    assert Shared.DISABILITY in laptop.referring.of_case(case.id).may_share(ReferralKind.EXTERNAL)
    laptop.put(Setting("sensitive", {"roles": Role.SCHOOL_HEAD.value}))
    shown = laptop.referring.of_case(case.id)
    for kind in ReferralKind:
        assert not {Shared.DISABILITY, Shared.SCREENING} & shown.may_share(kind)


def test_the_letter_tells_what_was_ticked_and_is_still_allowed(laptop: Laptop, case: Case) -> None:
    consent = consented(laptop, case)
    line = drafted(laptop, case, shares=(Shared.PHONE, Shared.GUARDIAN))
    letter = laptop.referring.letter(line.referral.id)
    assert letter.told == (Shared.GUARDIAN, Shared.PHONE)
    assert letter.facts == (("ผู้ปกครอง", "ยายบุญมี"), ("โทรศัพท์", "0812345214"))
    assert (letter.office, letter.to, letter.on) == ("โรงเรียนบ้านนาคู", HOME.name, "")
    do(laptop, a_care_step(consent, CareKind.CONSENT, "withdrawn", by=ME))
    letter = laptop.referring.letter(line.referral.id)
    assert (letter.told, letter.facts) == ((), ())
    go_on(laptop, case, ReferralState.SIGNED)
    assert laptop.referring.letter(line.referral.id, thai_digits=True).on == "๒๒ พฤศจิกายน ๒๕๖๙"


def test_a_transfer_is_asked_for_once_and_called_off(laptop: Laptop, case: Case) -> None:
    assert laptop.referring.of_case(case.id).schools == {"46030009": "โรงเรียนบ้านใหม่"}  # its own is left out
    laptop.referring.ask_transfer(case.id, WantedTransfer("ย้ายตามผู้ปกครอง", to_school="46030009", grade="ป.5"))
    (line,) = laptop.referring.of_case(case.id).transfers
    assert (line.to, line.state, line.mine) == ("โรงเรียนบ้านใหม่", TransferState.ASKED, True)
    with pytest.raises(EventRefused, match="not_allowed"):
        laptop.referring.ask_transfer(case.id, WantedTransfer("ย้าย", to_place="สพป.ขอนแก่น เขต 1"))
    laptop.referring.call_off_transfer(line.transfer.id, "ไม่ย้ายแล้ว")
    with pytest.raises(EventRefused, match="missing fact.to_place"):
        laptop.referring.ask_transfer(case.id, WantedTransfer("ย้าย"))
    laptop.referring.ask_transfer(case.id, WantedTransfer("ย้าย", to_place="สพป.ขอนแก่น เขต 1"))
    states = {line.to: line.state for line in laptop.referring.of_case(case.id).transfers}
    assert states == {"โรงเรียนบ้านใหม่": TransferState.CALLED_OFF, "สพป.ขอนแก่น เขต 1": TransferState.ASKED}
