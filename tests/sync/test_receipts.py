"""Received is what a receipt proves, and nothing else."""

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from fieldapp.domain.receipt import Receipt
from fieldapp.sync.receipts import Verifier
from fieldapp.wire.messages import PushAnswer
from tests.support.records import NOW
from tests.support.world import World

KEY = SigningKey(bytes(range(32)))
OTHER_KEY = SigningKey(bytes(32))
HASH = "ab" * 32
SUBJECT = "0190a000-0000-7000-8000-000000000001"


def signed(receipt: Receipt, key: SigningKey = KEY) -> Receipt:
    return replace(receipt, signature=key.sign(receipt.signed_bytes()).signature.hex())


GENUINE = signed(Receipt("4603", SUBJECT, HASH, 7, NOW))
verifier = Verifier(KEY.verify_key.encode().hex(), "4603")


def test_a_receipt_of_the_district_for_the_same_bytes_holds() -> None:
    assert verifier.holds(GENUINE, SUBJECT, HASH)


@pytest.mark.parametrize(
    "forged",
    [
        None,
        replace(GENUINE, sequence=8),
        replace(GENUINE, signature="00" * 64),
        replace(GENUINE, signature="not hex"),
        replace(GENUINE, signature=""),
        replace(GENUINE, recorded_at=GENUINE.recorded_at.replace(tzinfo=None)),
        signed(replace(GENUINE, district_id="4602")),
        signed(replace(GENUINE, subject=SUBJECT[:-1] + "2")),
        signed(replace(GENUINE, sha256="cd" * 32)),
        signed(GENUINE, OTHER_KEY),
    ],
)
def test_any_other_receipt_does_not_hold(forged: Receipt | None) -> None:
    assert not verifier.holds(forged, SUBJECT, HASH)


def _without_receipt(answer: PushAnswer) -> PushAnswer:
    return PushAnswer(tuple(replace(one, receipt=None) for one in answer.answers))


def _tampered(answer: PushAnswer) -> PushAnswer:
    return PushAnswer(tuple(replace(one, receipt=one.receipt and replace(one.receipt, sequence=1)) for one in answer.answers))


def _swapped(answer: PushAnswer) -> PushAnswer:
    first, second = answer.answers
    return PushAnswer((replace(first, receipt=second.receipt), replace(second, receipt=first.receipt)))


def _silent(answer: PushAnswer) -> PushAnswer:
    return PushAnswer(())


@pytest.mark.parametrize("lie", [_without_receipt, _tampered, _swapped, _silent])
def test_an_accepted_without_proof_changes_nothing(
    world: World, caplog: pytest.LogCaptureFixture, lie: Callable[[PushAnswer], PushAnswer]
) -> None:
    laptop = world.teacher()
    cases = world.district.add_cases(2, world.district.people["somying"])
    laptop.sync()
    visits = [laptop.visit(case_id) for case_id in cases]
    laptop.line.alter("push", lie)
    result = laptop.sync()
    assert (result.pushed, result.receipts_verified) == (0, 0)
    assert result.error is not None and result.error.code == "receipt_invalid"
    assert all(laptop.status(visit.id)[0] is None for visit in visits)
    assert [record.levelno for record in caplog.records if record.name == "fieldapp.sync.push"] == [logging.WARNING]
    caplog.clear()

    laptop.line.heal()
    assert laptop.sync().pushed == 2
    assert [laptop.status(visit.id)[0] for visit in visits] == ["accepted", "accepted"]
    assert world.events(visits[0].id) == 1


def test_a_photo_without_proof_goes_on_waiting(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    photo = laptop.photograph(laptop.visit(case_id))
    laptop.line.alter("begin_photo", lambda standing: replace(standing, receipt=replace(standing.receipt, sequence=1)))
    result = laptop.sync()
    assert result.error is not None and result.error.code == "receipt_invalid"
    assert laptop.photo_state(photo) == "waiting"
    laptop.line.heal()
    assert laptop.sync().photos == 1
    assert laptop.photo_state(photo) == "received"


def test_another_district_at_the_same_address_proves_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    laptop.store.belongs_to(replace(laptop.store.identity, signing_key=OTHER_KEY.verify_key.encode().hex()))
    assert laptop.sync().receipts_verified == 0
    assert laptop.status(visit.id)[0] is None
    caplog.clear()
