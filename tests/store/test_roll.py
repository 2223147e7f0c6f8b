"""Filtering, sorting, counting and searching the list in memory, against the file it is read from."""

import datetime as dt
from dataclasses import replace

import pytest

from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.changes import Changes
from fieldapp.store.listing import ListFilter, SortBy
from tests.support.laptop import OTHER, SCHOOL, TODAY, Laptop, a_listed_child, fill


def names(laptop: Laptop, wanted: ListFilter) -> list[str]:
    return [row.given_name for row in laptop.children.page(wanted, 0, 100)]


def put_named(laptop: Laptop, *given: str) -> None:
    for number, name in enumerate(given):
        laptop.put(*a_listed_child(number, given_name=name, family_name="ก"))


def test_an_empty_laptop_has_an_empty_list(laptop: Laptop) -> None:
    assert laptop.children.page(ListFilter(), 0, 50) == ()
    assert laptop.children.count(ListFilter(text="ก", sort=SortBy.VILLAGE)) == 0
    counts = laptop.children.counts()
    assert (counts.total, counts.overdue, counts.villages, counts.schools) == (0, 0, (), ())


def test_names_stand_in_the_order_of_a_thai_dictionary(laptop: Laptop) -> None:
    put_named(laptop, "แก้ว", "ขวัญ", "เกวลิน", "กมล", "ไพลิน", "พร", "โชค", "ชาย")
    in_order = ["กมล", "เกวลิน", "แก้ว", "ขวัญ", "ชาย", "โชค", "พร", "ไพลิน"]
    assert names(laptop, ListFilter()) == in_order
    assert names(laptop, ListFilter(descending=True)) == in_order[::-1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("แก้ว", ["แก้ว"]),
        ("แกว", ["แก้ว"]),
        ("วลิ", ["เกวลิน"]),
        ("  เก  ", ["เกวลิน"]),
        ("ก", ["กมล", "เกวลิน", "แก้ว"]),
        ("ไม่มีใคร", []),
        ("", ["กมล", "เกวลิน", "แก้ว", "ขวัญ"]),
        ("่้", ["กมล", "เกวลิน", "แก้ว", "ขวัญ"]),
    ],
)
def test_any_part_of_a_name_finds_it_with_or_without_tone_marks(laptop: Laptop, typed: str, found: list[str]) -> None:
    for number, name in enumerate(["แก้ว", "ขวัญ", "เกวลิน", "กมล"]):
        laptop.put(*a_listed_child(number, given_name=name, family_name="", village="", guardian_name="", title=""))
    assert names(laptop, ListFilter(text=typed)) == found
    assert laptop.children.count(ListFilter(text=typed)) == len(found)


@pytest.mark.parametrize(
    "typed", ["1460012345678", "๑๔๖๐๐๑๒๓๔๕๖๗๘", "1-4600-12345-67-8", "99/7", "หนองบัว", "ม.12", "สมศรี ยิ้มแย้ม", "หนองบัว ธนกร"]
)
def test_a_child_is_found_by_number_house_village_and_guardian(laptop: Laptop, typed: str) -> None:
    put_named(laptop, "กมล", "ขวัญ")
    values = {"national_id": "1460012345678", "house_no": "99/7", "village": "หนองบัว", "moo": "12", "guardian_name": "สมศรี ยิ้มแย้ม"}
    laptop.put(*a_listed_child(40, given_name="ธนกร", **values))
    assert names(laptop, ListFilter(text=typed)) == ["ธนกร"]


def test_all_words_must_be_there(laptop: Laptop) -> None:
    fill(laptop, 60)
    found = laptop.children.page(ListFilter(text="นาคู ธนกร"), 0, 100)
    assert found
    assert {(row.given_name, row.village) for row in found} == {("ธนกร", "บ้านนาคู")}


def test_typing_on_finds_what_typing_at_once_finds(laptop: Laptop) -> None:
    fill(laptop, 300)
    for typed in ("ธนกร พิมพ์", "นํา", "บ้านนาคู 12", "แก้วตา"):
        fresh = laptop.children.page(ListFilter(text=typed), 0, 400)
        laptop.store.announce(Changes(all=True))
        for end in range(1, len(typed)):
            laptop.children.count(ListFilter(text=typed[:end]))
        assert laptop.children.page(ListFilter(text=typed), 0, 400) == fresh


def test_filters_hold_together(laptop: Laptop) -> None:
    fill(laptop, 200)
    wanted = ListFilter(text="น", list_type=ListType.DROPPED_OUT, village=("461604", "4"), state=CaseState.ASSIGNED, school_code=SCHOOL)
    found = laptop.children.page(wanted, 0, 300)
    everyone = laptop.children.page(ListFilter(), 0, 300)
    assert found
    assert set(found) <= {row for row in everyone if (row.tambon_code, row.moo, row.list_type) == ("461604", "4", ListType.DROPPED_OUT)}
    assert laptop.children.count(replace(wanted, school_code="46039999")) == 0


def test_overdue_is_due_before_today_and_still_unanswered(laptop: Laptop) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    late, case = a_listed_child(1, due_on=yesterday)
    laptop.put(late, case, *a_listed_child(2, due_on=TODAY), *a_listed_child(3))
    assert names(laptop, ListFilter(overdue=True)) == [late.given_name]
    assert laptop.children.counts().overdue == 1
    laptop.clock.forward(days=1)
    assert laptop.children.count(ListFilter(overdue=True)) == 2


@pytest.mark.parametrize("descending", [False, True])
def test_those_without_a_value_come_last_whichever_way_it_is_sorted(laptop: Laptop, descending: bool) -> None:
    births = {"ก": dt.date(2012, 1, 1), "ข": None, "ค": dt.date(2015, 1, 1)}
    for number, (name, birth_on) in enumerate(births.items()):
        laptop.put(*a_listed_child(number, given_name=name, birth_on=birth_on))
    found = names(laptop, ListFilter(sort=SortBy.AGE, descending=descending))
    assert found == (["ก", "ค", "ข"] if descending else ["ค", "ก", "ข"])


def test_villages_and_houses_are_sorted_as_people_count(laptop: Laptop) -> None:
    places = [("10", "1"), ("2", "112"), ("2", "9"), ("2", "12/1"), ("2", "12")]
    for number, (moo, house_no) in enumerate(places):
        laptop.put(*a_listed_child(number, given_name=f"{moo}-{house_no}", moo=moo, house_no=house_no, tambon_code="461601"))
    assert names(laptop, ListFilter(sort=SortBy.VILLAGE)) == ["2-9", "2-12", "2-12/1", "2-112", "10-1"]


@pytest.mark.parametrize("sort", list(SortBy))
def test_pages_of_every_order_join_without_gap_or_repeat(laptop: Laptop, sort: SortBy) -> None:
    cases = fill(laptop, 130)
    wanted = ListFilter(sort=sort, descending=True)
    pages = [laptop.children.page(wanted, offset, 50) for offset in range(0, 150, 50)]
    joined = [row.case_id for page in pages for row in page]
    assert sorted(joined) == sorted(case.id for case in cases)
    assert [laptop.children.position(wanted, case_id) for case_id in joined] == list(range(130))


def test_a_case_that_the_filter_leaves_out_has_no_position(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    assert laptop.children.position(ListFilter(state=CaseState.RETURNED), case.id) is None
    assert laptop.children.position(ListFilter(), "unknown") is None


def test_counts_name_villages_and_schools(laptop: Laptop) -> None:
    for number, village in enumerate(["บ้านนาคู", "บ้านนาคู", "", "นาคู"]):
        laptop.put(*a_listed_child(number, village=village, tambon_code="461601", moo="4"))
    counts = laptop.children.counts()
    assert [(one.village, one.count) for one in counts.villages] == [("บ้านนาคู", 4)]
    assert counts.schools == ((SCHOOL, "โรงเรียนบ้านนาคู", 4),)
    assert counts.by_state == {CaseState.ASSIGNED: 4}


def test_the_list_follows_what_is_stored(laptop: Laptop) -> None:
    child, case = a_listed_child(1, given_name="กมล")
    laptop.put(child, case)
    assert names(laptop, ListFilter()) == ["กมล"]
    laptop.put(replace(child, given_name="ขวัญ"))
    assert names(laptop, ListFilter(text="ขวัญ")) == ["ขวัญ"]
    laptop.put(*a_listed_child(2, given_name="กล้า", assignee=OTHER))
    assert names(laptop, ListFilter()) == ["กล้า", "ขวัญ"]


def test_a_change_of_one_case_moves_it_between_states(laptop: Laptop) -> None:
    cases = fill(laptop, 20)
    assert laptop.children.count(ListFilter(state=CaseState.CHECKED)) == 0
    changed = replace(cases[7], state=CaseState.CHECKED, version=9)
    with laptop.store.writing() as connection:
        SqlRecords(connection, laptop.store.district_id).put([changed])
    laptop.store.announce(Changes(cases=frozenset({changed.id})))
    assert [row.case_id for row in laptop.children.page(ListFilter(state=CaseState.CHECKED), 0, 9)] == [changed.id]
    assert laptop.children.counts().by_state[CaseState.CHECKED] == 1


def test_a_mended_name_is_found_by_its_new_spelling_and_stands_in_its_new_place(laptop: Laptop) -> None:
    put_named(laptop, "กมล", "ขวัญ")
    first = laptop.children.page(ListFilter(), 0, 1)[0]
    laptop.children.edit(laptop.children.card(first.case_id).child, {"given_name": "อรุณ"})
    assert names(laptop, ListFilter()) == ["ขวัญ", "อรุณ"]
    assert names(laptop, ListFilter(text="อรุณ")) == ["อรุณ"]
    assert names(laptop, ListFilter(text="กมล")) == []
