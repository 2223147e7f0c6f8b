"""A child's card: what it shows, who may mend it, and that mending makes one small event."""

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.domain.child import Sex
from fieldapp.domain.event import EventRefused
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.store.tables import outbox
from fieldapp.usecases.children import Delivery
from tests.support.laptop import ME, NOW, OTHER, SCHOOL, TODAY, Laptop, a_laptop, a_listed_child


def outbox_bodies(laptop: Laptop) -> list[dict[str, object]]:
    with laptop.store.reading() as connection:
        return [json.loads(body) for body in connection.execute(select(outbox.c.body).order_by(outbox.c.position)).scalars()]


def test_a_card_has_the_list_the_names_and_the_steps_newest_first(laptop: Laptop) -> None:
    child, case = a_listed_child(due_on=TODAY)
    laptop.put(child, case)
    card = laptop.children.card(case.id)
    assert (card.child, card.case) == (child, case)
    assert card.received_list is not None
    assert card.received_list.round == "1/2569"
    assert [(item.state, item.by_name, item.to_name, item.delivery) for item in card.timeline] == [
        (CaseState.ASSIGNED, "ศูนย์ประสานงาน", "ครูสมหญิง", None),
        (CaseState.LISTED, "ศูนย์ประสานงาน", "", None),
    ]
    assert (card.owner_name, card.schools, card.editable, card.has_draft) == ("ครูสมหญิง", {SCHOOL: "โรงเรียนบ้านนาคู"}, True, False)


def test_a_visit_of_another_device_counts_as_received(laptop: Laptop) -> None:
    child, case = a_listed_child()
    step = CaseStep(new_id(), CaseState.FOUND, TODAY, ME, NOW, sequence=99, visit_id=new_id())
    laptop.put(child, case.with_step(step))
    assert laptop.children.card(case.id).timeline[0].delivery is Delivery.RECEIVED


def test_siblings_are_other_children_of_the_same_house(laptop: Laptop) -> None:
    home = {"house_no": "112", "moo": "4", "tambon_code": "461601"}
    child, case = a_listed_child(1, **home)
    sister, sisters = a_listed_child(2, **home)
    laptop.put(child, case, sister, sisters, *a_listed_child(3, **{**home, "moo": "5"}), *a_listed_child(4, **{**home, "house_no": "11"}))
    assert [row.child_id for row in laptop.children.card(case.id).siblings] == [sister.id]


def test_an_unknown_house_has_no_siblings(laptop: Laptop) -> None:
    first, case = a_listed_child(1, house_no="", moo="", tambon_code="461601")
    laptop.put(first, case, *a_listed_child(2, house_no="", moo="", tambon_code="461601"))
    assert laptop.children.card(case.id).siblings == ()


def test_mending_sends_only_what_is_new(laptop: Laptop) -> None:
    child, case = a_listed_child(sex=Sex.UNKNOWN)
    laptop.put(child, case)
    values = {"guardian_phone": "0899999999", "sex": Sex.MALE, "birth_on": child.birth_on, "moo": child.moo}
    changes = laptop.children.edit(child, values)
    assert child.id in changes.children
    (event,) = outbox_bodies(laptop)
    assert event["kind"] == "child.edited"
    assert event["base_version"] == child.version
    assert event["payload"] == {"values": {"guardian_phone": "0899999999", "sex": "male"}, "seen": {}}
    card = laptop.children.card(case.id)
    assert (card.child.guardian_phone, card.child.sex, card.row.unsent) == ("0899999999", Sex.MALE, True)


def test_mending_nothing_sends_nothing(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    assert not laptop.children.edit(child, {"moo": child.moo})
    assert outbox_bodies(laptop) == []


def test_a_value_that_is_not_the_fields_is_refused_with_its_field(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    with pytest.raises(EventRefused) as caught:
        laptop.children.edit(child, {"birth_on": "31/12/2557"})
    assert (caught.value.code, caught.value.field) == ("wrong_value", "birth_on")
    assert outbox_bodies(laptop) == []


@pytest.mark.parametrize(
    ("role", "assignee", "editable"),
    [
        (Role.TEACHER, ME, True),
        (Role.TEACHER, OTHER, False),
        (Role.SCHOOL_HEAD, OTHER, True),
        (Role.COORDINATOR, OTHER, True),
        (Role.PARTNER, OTHER, False),
    ],
)
def test_who_may_mend_a_card(tmp_path: Path, role: Role, assignee: str, editable: bool) -> None:
    laptop = a_laptop(tmp_path / role.value / assignee, role=role)
    child, case = a_listed_child(assignee=assignee)
    laptop.put(child, case)
    assert laptop.children.card(case.id).editable is editable
    if editable:
        assert laptop.children.edit(child, {"moo": "9"})
    else:
        with pytest.raises(EventRefused) as caught:
            laptop.children.edit(child, {"moo": "9"})
        assert caught.value.code == "not_yours"
    laptop.store.close()


def test_follow_ups_stand_open_first_and_close_once(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    for days in (9, 2, 5):
        laptop.follow_ups.plan(case.id, TODAY + dt.timedelta(days=days), f"ใน {days} วัน")
    soonest = laptop.children.card(case.id).follow_ups[0]
    laptop.follow_ups.close(soonest.id, FollowUpState.DONE)
    found = [(one.note, one.state, one.closed_on) for one in laptop.children.card(case.id).follow_ups]
    assert found == [
        ("ใน 5 วัน", FollowUpState.OPEN, None),
        ("ใน 9 วัน", FollowUpState.OPEN, None),
        ("ใน 2 วัน", FollowUpState.DONE, TODAY),
    ]


def test_every_outbox_row_names_its_case_and_child(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    laptop.children.edit(child, {"moo": "9"})
    laptop.follow_ups.plan(case.id, TODAY, "")
    (follow_up,) = laptop.children.card(case.id).follow_ups
    laptop.follow_ups.close(follow_up.id, FollowUpState.CANCELLED)
    with laptop.store.reading() as connection:
        named = connection.execute(select(outbox.c.case_id, outbox.c.child_id)).all()
    assert [tuple(row) for row in named] == [(case.id, child.id)] * 3
