"""A received list becomes children and cases, and every row that does not stays with its reason."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from fieldapp.domain.payloads import VisitRecorded
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.reference import Setting
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome
from fieldapp.errors import ListError
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.lists import taking
from fieldapp.server.lists.importer import Imported, read_list
from fieldapp.server.lists.kept_back import kept_back_rows
from fieldapp.server.write_path.recording import put_reference
from tests.support.district import TestDistrict, make_visit
from tests.support.lists import AS_OF, HEADER, NOW, WHOLE, a_list, changed, codes, csv_bytes, take, xlsx
from tests.support.national_ids import an_id


def cases_of(district: TestDistrict, imported: Imported) -> list[CaseState]:
    with district.engine.connect() as connection:
        cases = SqlRecords(connection, district.id).cases(imported.case_by_row.values())
    return [cases[case_id].state for case_id in imported.case_by_row.values()]


def count(district: TestDistrict, table: object) -> int:
    with district.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table).where(table.c.district_id == district.id)) or 0  # type: ignore[attr-defined]


def test_a_whole_row_becomes_a_checked_case_of_a_full_card(district: TestDistrict) -> None:
    imported = take(district, xlsx(("บัญชี",), HEADER, WHOLE))
    (case_id,) = imported.case_by_row.values()
    with district.engine.connect() as connection:
        case = SqlRecords(connection, district.id).case(case_id)
        assert case is not None
        child = SqlRecords(connection, district.id).child(case.child_id)
    assert child is not None
    assert (case.state, case.list_type, case.listed_on, case.list_id) == (
        CaseState.CHECKED, ListType.NEVER_ENROLLED, AS_OF, imported.received.id,
    )  # fmt: skip
    assert (child.full_name, child.national_id, child.birth_on) == ("ด.ช. ธนกร พิมพ์สวัสดิ์", "1103700000003", dt.date(2014, 7, 9))
    assert (child.house_no, child.moo, child.tambon_code) == ("112", "4", "461601")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"id": "1103700000004"}, "id.wrong_check_digit"),
        ({"id": "1.1037E+12"}, "id.damaged"),
        ({"id": None}, "id.missing"),
        ({"family": "-"}, "name.no_family_name"),
        ({"given": "ก" * 10_000}, "name.too_long"),
        ({"birth": "31/2/2557"}, "birth.unreadable"),
        ({"birth": None}, "birth.missing"),
        ({"sex": "ญ"}, "sex.contradicts_title"),
        ({"tambon": "ไม่มีตำบลนี้"}, "place.unknown"),
    ],
)
def test_a_doubtful_row_is_taken_but_not_yet_checked(district: TestDistrict, cells: dict[str, object], code: str) -> None:
    imported = take(district, xlsx(HEADER, changed(**cells)))
    assert codes(imported.read.rows[0]) == {code}
    assert cases_of(district, imported) == [CaseState.LISTED]


@pytest.mark.parametrize(
    "cells",
    [
        {"id": "๑๑๐๓๗๐๐๐๐๐๐๐๓"},
        {"id": 1103700000003.0},
        {"title": None, "given": "ด.ช.ธนกร"},
        {"title": "เด็กชาย"},
        {"given": "  ธนกร "},
        {"birth": dt.date(2557, 7, 9)},
        {"birth": "๙ ก.ค. ๒๕๕๗"},
        {"moo": "หมู่ที่ ๔"},
        {"tambon": "ต.นาคู", "amphoe": "อำเภอนาคู"},
    ],
)
def test_harmless_dirt_is_mended_on_the_way(district: TestDistrict, cells: dict[str, object]) -> None:
    imported = take(district, xlsx(HEADER, changed(**cells)))
    (row,) = imported.read.rows
    assert row.child is not None
    assert (row.child.full_name, row.child.national_id, row.child.moo) == ("ด.ช. ธนกร พิมพ์สวัสดิ์", "1103700000003", "4")
    assert cases_of(district, imported) == [CaseState.CHECKED]


def test_rows_without_a_child_are_kept_with_their_reason(district: TestDistrict) -> None:
    imported = take(district, xlsx(HEADER, WHOLE, changed(id=an_id(1), given=None, family=None), HEADER, ("รวม", "1 ราย")))
    with district.engine.connect() as connection:
        kept = kept_back_rows(connection, district.id, imported.received.id)
    assert [(row.number, row.reasons[0].code) for row in kept] == [(3, "name.missing"), (4, "row.no_child"), (5, "row.no_child")]
    assert kept[0].cells[1] == an_id(1)
    assert (imported.received.rows_taken, imported.received.rows_kept_back) == (1, 3)


@pytest.mark.parametrize("again", [WHOLE, changed(given="ธนกรณ์"), changed(id="-"), changed(id="1.1037E+12")])
def test_a_child_that_stands_twice_in_a_list_is_taken_once(district: TestDistrict, again: tuple[object, ...]) -> None:
    imported = take(district, xlsx(HEADER, WHOLE, again))
    (finding,) = [one for one in imported.read.rows[1].findings if one.code == "duplicate.in_list"]
    assert finding.other_row == 2
    assert count(district, record_tables.case) == 1


@pytest.mark.parametrize("other_type", OBEC_LISTS)
def test_a_child_with_an_open_case_is_kept_back(district: TestDistrict, other_type: ListType) -> None:
    take(district, xlsx(HEADER, WHOLE))
    imported = take(
        district, xlsx(("รอบสอง",), HEADER, WHOLE, changed(id=an_id(2), given="กมลชนก", sex="ญ", title="ด.ญ.")), list_type=other_type
    )
    same = other_type is ListType.NEVER_ENROLLED
    assert [codes(row) for row in imported.read.rows] == [{"duplicate.open_case" if same else "duplicate.other_list"}, set()]


def test_a_child_whose_case_is_closed_is_listed_anew_on_the_same_card(district: TestDistrict) -> None:
    first = take(district, xlsx(HEADER, WHOLE))
    (case_id,) = first.case_by_row.values()
    child = first.read.rows[0].child
    assert child is not None
    visit = make_visit(case_id, child.id, district.officer.id, Outcome.RETURNED)
    district.record([district.event(VisitRecorded(visit), visit.id)])
    second = take(district, xlsx(HEADER, WHOLE, ("รวม",)), round="2/2569")
    assert codes(second.read.rows[0]) == {"child.known"}
    assert (count(district, record_tables.case), count(district, record_tables.child)) == (2, 1)


def test_another_name_under_the_same_id_is_another_child_to_be_looked_at(district: TestDistrict) -> None:
    imported = take(district, xlsx(HEADER, WHOLE, changed(given="วีรภัทร", family="สุขจำปา", birth="1/2/2558")))
    assert codes(imported.read.rows[1]) == {"id.of_another"}
    assert count(district, record_tables.child) == 2


def test_a_number_with_a_wrong_check_digit_makes_nobody_the_same_child(district: TestDistrict) -> None:
    wrong = "1103700000004"
    imported = take(district, xlsx(HEADER, changed(id=wrong), changed(id=wrong, family="สุขจำปา", birth="1/2/2558")))
    assert [codes(row) for row in imported.read.rows] == [{"id.wrong_check_digit"}] * 2
    assert count(district, record_tables.child) == 2


def test_two_numbers_with_almost_one_name_are_two_children(district: TestDistrict) -> None:
    imported = take(district, xlsx(HEADER, WHOLE, changed(id=an_id(6), given="ธนากร")))
    assert [codes(row) for row in imported.read.rows] == [set(), set()]


def test_age_is_told_as_of_the_lists_day_and_by_the_districts_rule(district: TestDistrict) -> None:
    born = xlsx(HEADER, changed(birth="9/7/2557"))
    with district.engine.connect() as connection:

        def read(as_of: dt.date) -> set[str]:
            return codes(read_list(connection, district.id, a_list(born, as_of=as_of), now=NOW).rows[0])

        assert read(dt.date(2020, 12, 31)) == {"age.before_compulsory"}
        assert read(dt.date(2021, 3, 1)) == set()
        put_reference(connection, district.id, [Setting("compulsory_age", {"rule": "full_years"})])
        assert read(dt.date(2021, 3, 1)) == {"age.before_compulsory"}
        assert read(dt.date(2021, 7, 9)) == set()


def test_a_school_code_of_the_district_that_is_none_of_its_schools_is_named(district: TestDistrict) -> None:
    header = (*HEADER, "รหัสโรงเรียน")
    unknown, known = ((*changed(id=an_id(number), given=f"ก{number}"), code) for number, code in enumerate(("46039999", "46030001")))
    imported = take(district, xlsx(header, unknown, known))
    assert ["school.unknown" in codes(row) for row in imported.read.rows] == [True, False]


def test_a_row_that_is_taken_is_not_taken_again(district: TestDistrict) -> None:
    imported = take(district, xlsx(HEADER, WHOLE))
    with district.engine.begin() as connection:
        again = taking.take(connection, district.id, imported.received.id, [2], by=district.officer.id, now=NOW, checked={2})
    assert again.case_by_row == {}
    assert (again.received.rows_taken, count(district, record_tables.case)) == (1, 1)


def test_the_same_name_alone_is_a_doubt_and_never_a_match(district: TestDistrict) -> None:
    imported = take(district, xlsx(HEADER, WHOLE, changed(id="-", birth="-"), changed(id=an_id(3), birth="1/2/2560")))
    assert "duplicate.doubtful" in codes(imported.read.rows[1])
    assert codes(imported.read.rows[2]) & {"duplicate.doubtful", "duplicate.in_list"} == {"duplicate.doubtful"}
    assert count(district, record_tables.child) == 3


def test_two_ids_under_one_name_and_birth_date_are_two_children_until_a_person_says_otherwise(district: TestDistrict) -> None:
    imported = take(district, xlsx(HEADER, WHOLE, changed(id=an_id(6))))
    assert codes(imported.read.rows[1]) == {"duplicate.doubtful"}
    assert count(district, record_tables.child) == 2


def test_the_same_file_is_never_taken_twice(district: TestDistrict) -> None:
    data = xlsx(HEADER, WHOLE)
    take(district, data)
    with pytest.raises(ListError) as raised:
        take(district, data, list_type=ListType.DROPPED_OUT, name="other name.xlsx")
    assert raised.value.code == "list.already_imported"
    assert count(district, tables.list_row) == 1


def test_reading_alone_changes_nothing(district: TestDistrict) -> None:
    with district.engine.connect() as connection:
        read = read_list(connection, district.id, a_list(xlsx(HEADER, WHOLE)), now=NOW)
        assert len(read.taken) == 1
    assert (count(district, record_tables.child), count(district, tables.list_row)) == (0, 0)


def test_a_mapping_made_by_hand_is_remembered_for_the_layout(district: TestDistrict) -> None:
    header = ("no", "key", "n1", "n2", "ชื่อ", "ตำบล", "อำเภอ")
    first = csv_bytes(header, (1, an_id(4), "ธนกร", "พิมพ์สวัสดิ์", "x", "นาคู", "นาคู"))
    second = csv_bytes(header, (1, an_id(5), "กมลชนก", "ไชยศรี", "x", "นาคู", "นาคู"))
    take(district, first, mapping={"national_id": "B", "given_name": "C", "family_name": "n2", "tambon": "F", "amphoe": "G"})
    imported = take(district, second)
    assert imported.read.rows[0].child is not None
    assert imported.read.rows[0].child.full_name == "กมลชนก ไชยศรี"


def test_a_list_of_the_wrong_shape_leaves_nothing_behind(district: TestDistrict) -> None:
    with pytest.raises(ListError):
        take(district, xlsx(("รายงานงบประมาณ",), ("หมวด", "บาท"), ("วัสดุ", 100)))
    with pytest.raises(ListError) as raised:
        take(district, xlsx(HEADER, ("รวม", "0 ราย")))
    assert raised.value.code == "list.empty"
    assert (count(district, tables.event), count(district, tables.list_row)) == (0, 0)


def test_five_thousand_rows_are_taken(district: TestDistrict) -> None:
    rows = [changed(place=n, id=an_id(n), given=f"ชื่อ{n}ก", family=f"สกุล{n}", house=str(n)) for n in range(1, 5_001)]
    imported = take(district, xlsx(HEADER, *rows))
    assert imported.received.rows_taken == 5_000
    assert count(district, record_tables.case) == 5_000
