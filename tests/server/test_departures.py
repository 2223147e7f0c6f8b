"""Who is told that a case left, and to whom it went."""

from fieldapp.domain.reference import Person, Role
from fieldapp.wire.messages import Change
from tests.support.district_server import Caller, Running


def test_a_departure_names_the_new_owner_and_school(running: Running) -> None:
    district = running.district
    district.add_school("46030002")
    first, second = district.add_person("first"), district.add_person("second", school_code="46030002")
    case_id = district.add_case(first)
    caller = running.caller("first")
    cursor = caller.pull().cursor
    district.assign(case_id, second)
    (left,) = caller.pull(cursor).changes
    assert left == Change(left.sequence, "case", case_id, left=True, to_person=second.id, to_school="46030002")


def test_a_case_that_went_to_a_school_names_the_school_alone(running: Running) -> None:
    running.district.add_school("46030002")
    case_id = running.district.add_case(running.district.add_person("first"))
    caller = running.caller("first")
    cursor = caller.pull().cursor
    running.district.assign(case_id, None, school_code="46030002")
    (left,) = caller.pull(cursor).changes
    assert (left.to_person, left.to_school) == (None, "46030002")


def test_a_case_that_moves_on_is_told_anew_to_everyone_who_lost_it(running: Running) -> None:
    """The first teacher's laptop may still hold it, with the name of the second."""
    first, second, third = _three_teachers(running)
    case_id = running.district.add_case(first)
    one, two = running.caller("first"), running.caller("second")
    running.district.assign(case_id, second)
    cursor, cursor2 = one.pull().cursor, two.pull().cursor
    running.district.assign(case_id, third)
    assert _left(one, cursor) == [(case_id, third.id)]
    assert _left(two, cursor2) == [(case_id, third.id)]
    assert _left(one, 0) == [(case_id, third.id)]


def test_two_moves_between_two_pulls_are_one_departure(running: Running) -> None:
    first, second, third = _three_teachers(running)
    case_id = running.district.add_case(first)
    one = running.caller("first")
    cursor = one.pull().cursor
    running.district.assign(case_id, second)
    running.district.assign(case_id, third)
    assert _left(one, cursor) == [(case_id, third.id)]
    assert not [change for change in running.caller("second").pull().changes if change.type == "case" and not change.left]


def test_a_case_that_moves_within_a_school_stays_with_its_head(running: Running) -> None:
    district = running.district
    head, teacher, other = (
        district.add_person("head", Role.SCHOOL_HEAD),
        district.add_person("teacher"),
        district.add_person("other"),
    )
    case_id = district.add_case(head)
    caller = running.caller("head")
    for person in (teacher, other):
        cursor = caller.pull().cursor
        district.assign(case_id, person)
        changes = [change for change in caller.pull(cursor).changes if change.type == "case"]
        # Out of the head's own hands, and in the same breath back as one of the school's.
        assert [change.left for change in changes] == [True, False]
        body = changes[-1].body
        assert body is not None and body["assignee_id"] == person.id


def _three_teachers(running: Running) -> tuple[Person, Person, Person]:
    district = running.district
    return district.add_person("first"), district.add_person("second"), district.add_person("third")


def _left(caller: Caller, cursor: int) -> list[tuple[str, str | None]]:
    return [(change.id, change.to_person) for change in caller.pull(cursor).changes if change.left]
