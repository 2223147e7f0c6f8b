"""The sync page's lists and receipts, and trying again what was rejected."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from sqlalchemy import update

from fieldapp.domain.case import Case
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.visit import Met, Outcome
from fieldapp.store import outbox, receipts
from fieldapp.store.tables import photo_transfer
from fieldapp.usecases.children import Delivery, PhotoDelivery
from fieldapp.usecases.syncing import SentItem
from tests.support.laptop import NOW, TODAY, Laptop, a_laptop, a_listed_child
from tests.support.pictures import a_jpeg

DISTRICT = SigningKey(bytes(32))


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = a_laptop(tmp_path / "signed", signing_key=DISTRICT.verify_key.encode().hex())
    yield made
    made.store.close()


def a_visited_child(laptop: Laptop, number: int = 0) -> Case:
    child, case = a_listed_child(number)
    laptop.put(child, case)
    visit = laptop.visits.draft(case.id).visit
    laptop.photos.add(visit.id, case.id, a_jpeg(), PhotoKind.OUTSIDE)
    laptop.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    laptop.visits.finish(case.id)
    return case


def answer(laptop: Laptop, item: SentItem, status: str) -> Receipt:
    """As if the district had answered: a signed receipt over what the outbox holds."""
    with laptop.store.writing() as connection:
        (outgoing,) = outbox.load(connection, [item.event_id])
        unsigned = Receipt(laptop.store.district_id, item.event_id, outgoing.sha256, 7, NOW)
        receipt = replace(unsigned, signature=DISTRICT.sign(unsigned.signed_bytes()).signature.hex())
        receipts.keep(connection, [receipt], NOW)
        outbox.received(connection, [(item.event_id, status, "", "")], NOW)
    return receipt


def reject(laptop: Laptop, item: SentItem) -> None:
    with laptop.store.writing() as connection:
        outbox.set_aside(connection, item.event_id, "wrong_value", "visited_on", NOW)


def test_nothing_done_is_an_empty_page(laptop: Laptop) -> None:
    overview = laptop.syncing.overview()
    assert (overview.items, overview.needs_you, overview.runs, overview.unsent.total) == ((), (), (), 0)


def test_a_visit_is_one_line_with_its_photos(laptop: Laptop) -> None:
    case = a_visited_child(laptop)
    (item,) = laptop.syncing.overview().items
    child = laptop.children.card(case.id).child
    assert (item.kind, item.case_id, item.child_name) == ("visit.recorded", case.id, child.full_name)
    assert (item.delivery, item.photos, item.receipt_number) == (Delivery.WAITING, (PhotoDelivery.WAITING,), "")
    assert laptop.syncing.receipt(item.event_id) is None


def test_the_newest_stand_first(laptop: Laptop) -> None:
    first, second = a_visited_child(laptop, 0), a_visited_child(laptop, 1)
    assert [item.case_id for item in laptop.syncing.overview().items] == [second.id, first.id]


@pytest.mark.parametrize(
    ("status", "delivery"), [("accepted", Delivery.RECEIVED), ("held", Delivery.HELD), ("conflict", Delivery.CONFLICT)]
)
def test_an_answered_line_has_its_receipt_and_needs_nobody_here(laptop: Laptop, status: str, delivery: Delivery) -> None:
    a_visited_child(laptop)
    receipt = answer(laptop, laptop.syncing.overview().items[0], status)
    overview = laptop.syncing.overview()
    (item,) = overview.items
    assert (item.delivery, item.receipt_number) == (delivery, receipt.short_number)
    assert overview.needs_you == ()
    view = laptop.syncing.receipt(item.event_id)
    assert view is not None
    assert (view.receipt, view.verified, view.number) == (receipt, True, receipt.short_number)


def test_a_receipt_over_other_bytes_does_not_verify(laptop: Laptop) -> None:
    a_visited_child(laptop)
    item = laptop.syncing.overview().items[0]
    receipt = answer(laptop, item, "accepted")
    with laptop.store.writing() as connection:
        receipts.keep(connection, [replace(receipt, sequence=8)], NOW)
    view = laptop.syncing.receipt(item.event_id)
    assert view is not None
    assert not view.verified


def test_a_rejected_line_needs_its_person_and_can_be_sent_again(laptop: Laptop) -> None:
    case = a_visited_child(laptop)
    reject(laptop, laptop.syncing.overview().items[0])
    with laptop.store.writing() as connection:
        connection.execute(update(photo_transfer).values(state="set_aside", code="photo.rejected"))
    (item,) = laptop.syncing.overview().needs_you
    assert (item.delivery, item.code, item.field) == (Delivery.REJECTED, "wrong_value", "visited_on")
    assert laptop.children.card(case.id).timeline[0].delivery is Delivery.REJECTED
    changes = laptop.syncing.retry(item.event_id)
    assert changes.outbox
    assert changes.touches_case(case.id)
    overview = laptop.syncing.overview()
    assert (overview.needs_you, overview.items[0].delivery, overview.items[0].photos) == ((), Delivery.WAITING, (PhotoDelivery.WAITING,))


def test_trying_again_what_was_received_does_nothing(laptop: Laptop) -> None:
    a_visited_child(laptop)
    item = laptop.syncing.overview().items[0]
    answer(laptop, item, "accepted")
    assert not laptop.syncing.retry(item.event_id)
    assert laptop.syncing.overview().items[0].delivery is Delivery.RECEIVED


def test_a_received_visit_whose_photo_waits_is_still_unsent(laptop: Laptop) -> None:
    case = a_visited_child(laptop)
    answer(laptop, laptop.syncing.overview().items[0], "accepted")
    overview = laptop.syncing.overview()
    assert (overview.unsent.visits, overview.unsent.photos) == (0, 1)
    assert laptop.children.row(case.id).unsent


def test_other_things_done_have_lines_too(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    laptop.follow_ups.plan(case.id, TODAY, "")
    laptop.children.edit(child, {"moo": "9"})
    assert [item.kind for item in laptop.syncing.overview().items] == ["child.edited", "follow_up.planned"]
