"""The office's command line does what it says, or says in one sentence why not and changes nothing."""

import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, func, select

from fieldapp import cli, texts
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import School
from fieldapp.domain.states import CaseState
from fieldapp.records import tables as record_tables
from fieldapp.server.access.accounts import close_account
from fieldapp.server.command_line.work import person_by_account
from fieldapp.server.write_path.recording import put_reference
from fieldapp.wire.connection import from_file
from tests.support.bare_district import make_bare_district
from tests.support.lists import HEADER, changed, xlsx
from tests.support.national_ids import an_id

SCHOOL = "46039020"


class OfficeDesk:
    """Runs `fieldapp office …` for one district, and looks into its database."""

    def __init__(self, engine: Engine, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.engine = engine
        self.folder = folder
        self.district = make_bare_district(engine, f"o{new_id()[-12:]}").id
        self._capsys = capsys
        self.password = folder / "password.txt"
        self.password.write_text("office-1234", encoding="utf-8")
        with engine.begin() as connection:
            put_reference(connection, self.district, [School(SCHOOL, "โรงเรียนบ้านนาคู (ตัวอย่าง)", "461601")])

    def run(self, *words: str | Path) -> tuple[int, str]:
        """Exit code, and what was printed."""
        url = self.engine.url.render_as_string(hide_password=False)
        code = cli.main(["office", "--database-url", url, "--district", self.district, *map(str, words)])
        printed = self._capsys.readouterr()
        return code, printed.out + printed.err

    def add_account(self, account: str, role: str, *more: str) -> tuple[int, str]:
        return self.run("add-account", account, "--name", f"คุณ{account}", "--role", role, "--password-file", self.password, *more)

    def list_file(self, count: int = 3) -> Path:
        rows = [changed(place=n, id=an_id(n), given=f"ธนกร{n}ก", family=f"สกุล{n}", moo=str(n % 3 + 1)) for n in range(1, count + 1)]
        path = self.folder / "รายชื่อ.xlsx"
        path.write_bytes(xlsx(("บัญชีรายชื่อ",), HEADER, *rows, ("รวม",)))
        return path

    def import_list(self, path: Path | None = None, *more: str) -> tuple[int, str]:
        return self.run(
            "import-list", path or self.list_file(), "--type", "never_enrolled", "--round", "1/2569", "--as-of", "20/10/2569", *more
        )

    def states(self) -> dict[str, int]:
        case = record_tables.case
        with self.engine.connect() as connection:
            query = select(case.c.state, func.count()).where(case.c.district_id == self.district).group_by(case.c.state)
            return {row[0]: row[1] for row in connection.execute(query)}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FIELDAPP_LANGUAGE", "en")
    before = texts.language()
    yield
    texts.use_language(before)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> OfficeDesk:
    return OfficeDesk(engine, tmp_path, capsys)


def test_a_list_goes_in_and_says_what_was_kept_back(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    code, printed = desk.import_list()
    assert code == 0
    assert "3 rows taken" in printed
    assert "1 kept back" in printed
    assert desk.states() == {CaseState.CHECKED.value: 3}
    list_id = printed.split("list-rows ")[1].strip()
    code, rows = desk.run("list-rows", list_id)
    assert (code, "Row 6: no child in this row" in rows, "รวม" in rows) == (0, True, True)
    assert list_id in desk.run("list-rows")[1]


def test_an_as_of_day_in_thai_is_understood(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    desk.import_list()
    with desk.engine.connect() as connection:
        as_of = connection.scalar(
            select(record_tables.received_list.c.as_of).where(record_tables.received_list.c.district_id == desk.district)
        )
    assert as_of == dt.date(2026, 10, 20)


def test_cases_are_assigned_in_village_order_up_to_a_limit(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    desk.add_account("kru", "teacher", "--school", SCHOOL)
    desk.import_list()
    code, printed = desk.run("assign", "--to", "kru", "--due", "15/12/2569", "--tambon", "4616", "--limit", "2")
    assert (code, "2 cases assigned to คุณkru." in printed) == (0, True)
    assert desk.states() == {CaseState.ASSIGNED.value: 2, CaseState.CHECKED.value: 1}
    case = record_tables.case
    with desk.engine.connect() as connection:
        due = set(
            connection.execute(
                select(case.c.due_on, case.c.school_code).where(case.c.district_id == desk.district, case.c.due_on.is_not(None))
            )
        )
    assert due == {(dt.date(2026, 12, 15), SCHOOL)}
    assert "2" in next(line for line in desk.run("list-accounts")[1].splitlines() if line.startswith("kru"))


def test_the_ladder_is_printed_in_three_forms(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    desk.import_list()
    assert "Never enrolled" in desk.run("report", "ladder", "--as-of", "2026-11-22")[1]
    code, printed = desk.run(
        "report", "ladder", "--format", "json", "--rounding", "truncate", "--preset", "ministry", "--as-of", "22/11/2569"
    )
    whole = json.loads(printed)
    assert (code, whole["lists"]["never_enrolled"]["listed"], whole["rounding"], whole["preset"]) == (0, 3, "truncate", "ministry")
    path = desk.folder / "ladder.xlsx"
    assert desk.run("report", "ladder", "--format", "xlsx", "--output", path)[0] == 0
    assert load_workbook(io.BytesIO(path.read_bytes())).active.max_row > 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("assign", "--due", "15/12/2569"), "It was not said to whom."),
        (("assign", "--to", "nobody"), "There is no account nobody, or it is closed."),
        (("assign", "--school", "46030000"), "There is no school with the code 46030000."),
        (("assign", "--school", SCHOOL, "--case", "no-such-case"), "There is no case no-such-case."),
        (("assign", "--school", SCHOOL, "--due", "someday"), "“someday” is not a date."),
        (("assign", "--school", SCHOOL, "--due", "1/1/2500"), "“1/1/2500” lies in the past."),
        (("assign", "--school", SCHOOL, "--due", "2025-12-15"), "“2025-12-15” lies in the past."),
        (("assign", "--school", SCHOOL, "--tambon", "46%"), "No case fits; nothing was assigned."),
        (("assign", "--school", SCHOOL, "--tambon", "461699"), "No case fits; nothing was assigned."),
        (("assign", "--school", SCHOOL, "--list-type", "dropped_out"), "No case fits; nothing was assigned."),
        (("assign", "--school", SCHOOL, "--state", "found"), "No case fits; nothing was assigned."),
        (("add-account", "kru", "--name", "ครู", "--role", "officer", "--expires", "2020-01-01"), "“2020-01-01” lies in the past."),
        (("report", "ladder", "--as-of", "2569"), "“2569” is not a date."),
        (("report", "ladder", "--format", "xlsx"), "A spreadsheet needs a file."),
        (("list-rows", "zzz"), "There is no single list that “zzz” names."),
        (("add-account", "officer", "--name", "อีกคน", "--role", "officer"), "The account officer exists already."),
        (("add-account", "kru", "--name", "ครู", "--role", "teacher"), "A teacher or school head needs a school."),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(desk: OfficeDesk, words: tuple[str, ...], sentence: str) -> None:
    desk.add_account("officer", "officer")
    desk.import_list()
    code, printed = desk.run(*words)
    assert (code, printed.splitlines()[0]) == (0 if sentence.startswith("No case") else 1, sentence)
    assert "\n\n" not in printed
    assert desk.states() == {CaseState.CHECKED.value: 3}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n\x00", "This file cannot be read as a list."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "This is a file of an old Excel (.xls)."),
        (xlsx(("งบประมาณ",), ("หมวด", "บาท"), ("วัสดุ", 5)), "The list has no heading row that could be recognised."),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(desk: OfficeDesk, content: bytes, sentence: str) -> None:
    desk.add_account("officer", "officer")
    path = desk.folder / "list.xlsx"
    path.write_bytes(content)
    code, printed = desk.import_list(path)
    assert (code, printed.splitlines()[0], desk.states()) == (1, sentence, {})


def test_a_list_of_a_day_to_come_is_refused(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    code, printed = desk.import_list(None, "--as-of", "20/10/2580")
    assert (code, printed.splitlines()[0], desk.states()) == (1, "“20/10/2580” lies in the future.", {})


@pytest.mark.parametrize(
    ("words", "detail"),
    [
        (("assign", "--school", SCHOOL, "--limit", "-5"), "argument --limit: “-5” is not a number from 1 on"),
        (("assign", "--school", SCHOOL, "--limit", "x"), "argument --limit: “x” is not a number"),
        (("import-list", "x.xlsx", "--type", "never_enrolled", "--round", " ", "--as-of", "1/1/2569"), "argument --round: it is empty"),
        (("import-list", "x.xlsx"), "the following arguments are required: --type, --round, --as-of"),
    ],
)
def test_a_command_typed_wrongly_is_told_with_where_to_look(
    desk: OfficeDesk, words: tuple[str, ...], detail: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        desk.run(*words)
    told = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert told == [
        f"The command was not typed rightly: {detail}",
        "Nothing was changed.",
        f"See how it is written: fieldapp office {words[0]} --help",
    ]


def test_a_mapping_by_hand_is_taken_or_refused(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    assert desk.import_list(None, "--mapping", "{not json")[1].startswith("The mapping is not readable.")
    assert desk.import_list(None, "--mapping", '{"given_name": "D", "shoe": "E"}')[1].startswith(
        "The mapping names a field that does not exist: shoe."
    )
    assert desk.import_list(None, "--mapping", '{"given_name": "D", "family_name": "นามสกุล", "national_id": "B"}')[0] == 0


def test_the_same_list_twice_is_refused(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    path = desk.list_file()
    desk.import_list(path)
    code, printed = desk.import_list(path)
    assert (code, printed.splitlines()[0]) == (1, "This very file was imported before.")


def test_a_missing_file_and_an_office_without_people_are_named(desk: OfficeDesk) -> None:
    assert desk.import_list(desk.folder / "none.xlsx")[1].startswith("The file ")
    assert desk.import_list()[1].startswith("The district has no account of the office yet.")


def test_a_teacher_does_not_act_for_the_office(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    desk.add_account("kru", "teacher", "--school", SCHOOL)
    assert desk.import_list(None, "--by", "kru")[1].startswith("kru is not an account of the office.")


def test_a_short_password_is_refused(desk: OfficeDesk) -> None:
    desk.password.write_text("short", encoding="utf-8")
    assert desk.add_account("officer", "officer")[1].startswith("The password is too short.")


def test_sample_lists_are_written_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["office", "--data-dir", str(tmp_path / "data"), "sample", "--lists", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("*.xlsx"))) == 2
    assert not (tmp_path / "data").exists()
    assert capsys.readouterr().out.count(".xlsx") == 2


def test_a_school_is_added_and_corrected(desk: OfficeDesk) -> None:
    assert desk.run("add-school", "46039998", "--name", "โรงเรียนบ้านเดิม")[0] == 0
    code, said = desk.run("add-school", "46039998", "--name", "โรงเรียนบ้านใหม่", "--tambon", "461601", "--closed")
    assert (code, "โรงเรียนบ้านใหม่" in said) == (0, True)
    with desk.engine.connect() as connection:
        table = record_tables.school
        row = connection.execute(select(table).where(table.c.district_id == desk.district, table.c.code == "46039998")).one()
    assert (row.name, row.tambon_code, row.active) == ("โรงเรียนบ้านใหม่", "461601", False)


@pytest.mark.parametrize(("code", "tambon"), [("4603", "461601"), ("46039998", "999999"), ("๔๖๐๓๙๙๙๘", "461601")])
def test_a_school_with_a_wrong_code_or_place_is_not_added(desk: OfficeDesk, code: str, tambon: str) -> None:
    assert desk.run("add-school", code, "--name", "โรงเรียน", "--tambon", tambon)[0] == 1
    with desk.engine.connect() as connection:
        table = record_tables.school
        assert connection.scalar(select(func.count()).where(table.c.district_id == desk.district)) == 1


def test_the_cases_of_a_teacher_who_left_or_of_a_school_that_closed_go_to_others(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    desk.add_account("kru1", "teacher", "--school", SCHOOL)
    desk.add_account("kru2", "teacher", "--school", SCHOOL)
    desk.run("add-school", "46039021", "--name", "โรงเรียนบ้านบ่อแก้ว (ตัวอย่าง)")
    desk.import_list()
    soon, later = (dt.date.today() + dt.timedelta(days=days) for days in (30, 60))
    assert desk.run("assign", "--to", "kru1", "--limit", "2", "--due", soon.isoformat())[0] == 0
    with desk.engine.begin() as connection:
        person = person_by_account(connection, desk.district, "kru1")
        close_account(connection, desk.district, person.id, dt.datetime.now(dt.UTC))
    assert "2 cases assigned to คุณkru2." in desk.run("assign", "--from", "kru1", "--to", "kru2")[1]
    assert "2 cases assigned to 46039021." in desk.run("assign", "--from-school", SCHOOL, "--school", "46039021")[1]
    case = record_tables.case
    with desk.engine.connect() as connection:
        query = select(case.c.assignee_id, case.c.school_code, case.c.due_on).where(case.c.district_id == desk.district)
        held_by = Counter(connection.execute(query).all())
    # Nobody got more time by it.
    assert held_by == {(None, "46039021", soon): 2, (None, None, None): 1}
    assert "2 cases" in desk.run("assign", "--from-school", "46039021", "--to", "kru2", "--due", later.isoformat())[1]
    with desk.engine.connect() as connection:
        assert [row.due_on for row in connection.execute(query.where(case.c.assignee_id.is_not(None)))] == [later] * 2


def test_two_cases_of_one_child_are_merged_and_what_cannot_be_is_refused_in_a_sentence(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    desk.import_list()
    case = record_tables.case
    with desk.engine.connect() as connection:
        one, two, three = connection.scalars(select(case.c.id).where(case.c.district_id == desk.district).order_by(case.c.id))
    code, printed = desk.run("merge-case", one, "--into", two)
    assert (code, f"work on it goes on in case {two}" in printed) == (0, True)
    assert desk.states() == {CaseState.LIST_ERROR.value: 1, CaseState.CHECKED.value: 2}
    for wrong in ((one, three), (two, one), (two, two)):
        code, printed = desk.run("merge-case", wrong[0], "--into", wrong[1])
        assert (code != 0, "These two cases cannot be merged." in printed) == (True, True)
    code, printed = desk.run("merge-case", two, "--into", new_id())
    assert (code != 0, "There is no case" in printed) == (True, True)
    assert desk.states() == {CaseState.LIST_ERROR.value: 1, CaseState.CHECKED.value: 2}
    # What was merged is in no batch that is assigned.
    assert "2 cases assigned" in desk.run("assign", "--school", SCHOOL, "--state", "checked", "--state", "list_error")[1]


def test_a_person_gets_another_role_and_school(desk: OfficeDesk) -> None:
    desk.add_account("officer", "officer")
    desk.run("add-school", "46030077", "--name", "โรงเรียนใหม่", "--tambon", "461601")
    desk.add_account("kru", "teacher", "--school", SCHOOL)
    assert desk.run("change-account", "kru", "--role", "school_head", "--school", "46030077")[0] == 0
    listed = next(line for line in desk.run("list-accounts")[1].splitlines() if line.startswith("kru"))
    assert "46030077" in listed
    for words in (("nobody", "--name", "x"), ("kru", "--school", "99999999"), ("officer", "--role", "teacher")):
        code, printed = desk.run("change-account", *words)
        assert (code, "Traceback" in printed) == (1, False)


def test_the_connection_file_is_written_and_an_address_that_is_none_is_refused(desk: OfficeDesk) -> None:
    path = desk.folder / "district.fieldapp"
    assert desk.run("connection", path, "--address", "ksn3")[0] == 1
    assert not path.exists()
    code, said = desk.run("connection", path, "--address", "https://ksn3.example.go.th")
    found = from_file(path.read_bytes())
    assert (code, str(path) in said) == (0, True)
    assert found is not None
    assert (found.address, len(found.key)) == ("https://ksn3.example.go.th", 32)
