"""From a received file to the district's report with the command line alone: server, office and one laptop's sync, each its own process."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp import client
from fieldapp.domain.visit import Met, Outcome, ReturnLevel
from fieldapp.server.thai_day import thai_day
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.signing_in import FirstSignIn
from tests.support.district import database_folder
from tests.support.lists import HEADER, changed, xlsx
from tests.support.national_ids import an_id
from tests.support.profiles import PASSPHRASE, settings_for

READY = "fieldapp server ready on "
PASSWORD = "ครูสมหญิง-1234"


class Desk:
    """`fieldapp` as typed into a terminal, on one data folder."""

    def __init__(self, data: Path, papers: Path) -> None:
        self.data = data
        self.papers = papers

    def run(self, *words: str) -> str:
        done = subprocess.run([*fieldapp(self.data), *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def office(self, *words: str) -> str:
        return self.run("office", *words)

    def ladder(self) -> dict[str, int]:
        report = json.loads(self.office("report", "ladder", "--as-of", thai_day(dt.datetime.now(dt.UTC)).isoformat(), "--format", "json"))
        lists: dict[str, int] = report["lists"]["never_enrolled"]
        return {name: lists[name] for name in ("listed", "traced", "in_progress", "returned")}


def fieldapp(data: Path) -> list[str]:
    return [sys.executable, "-m", "fieldapp", "--data-dir", str(data)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with database_folder() as data:
        yield Desk(data, tmp_path)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """A server process on the desk's data."""
    server = subprocess.Popen([*fieldapp(desk.data), "server", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    try:
        yield next(line for line in server.stdout if line.startswith(READY)).removeprefix(READY).strip()
    finally:
        server.terminate()
        server.wait(timeout=60)
        server.stdout.close()


def test_a_list_comes_in_and_a_visit_comes_out_as_a_figure(desk: Desk, address: str, tmp_path: Path) -> None:
    (desk.papers / "password").write_text(PASSWORD, encoding="utf-8")
    desk.office("add-school", "46039999", "--name", "โรงเรียนบ้านทดสอบ", "--tambon", "461601")
    for account, role in (("officer1", "officer"), ("kru99", "teacher")):
        school = ("--school", "46039999") if role == "teacher" else ()
        password = ("--password-file", str(desk.papers / "password"))
        desk.office("add-account", account, "--name", f"คุณ{account}", "--role", role, *password, *school)
    rows = [changed(place=n, id=an_id(n), given=f"ธนกร{n}", family="พิมพ์สวัสดิ์") for n in range(1, 5)]
    (desk.papers / "list.xlsx").write_bytes(xlsx(("บัญชีรายชื่อเด็กตกหล่น",), HEADER, *rows))
    described = ("--type", "never_enrolled", "--round", "1/2569", "--as-of", "20/10/2569")
    desk.office("import-list", str(desk.papers / "list.xlsx"), *described)
    desk.office("assign", "--to", "kru99", "--limit", "3")
    assert desk.ladder() == {"listed": 4, "traced": 0, "in_progress": 4, "returned": 0}

    settings = settings_for(tmp_path / "laptop")
    request = FirstSignIn(address, "kru99", PASSWORD, PASSPHRASE, "test")
    opened = client.sign_in(settings, request, lambda progress: None, lambda: False)
    rows_here = opened.children.page(ListFilter(), 0, 10)
    assert len(rows_here) == 3
    draft = opened.visits.draft(rows_here[0].case_id).visit
    opened.visits.save(replace(draft, met=(Met.CHILD,), outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY))
    opened.visits.finish(rows_here[0].case_id)
    opened.close()
    assert desk.ladder()["returned"] == 0

    (desk.papers / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    said = Desk(tmp_path / "laptop", desk.papers).run("sync", "--passphrase-file", str(desk.papers / "passphrase"))
    # The visit, and three days on which the child who is back is looked after.
    assert "ส่ง 4 รายการ" in said
    assert desk.ladder() == {"listed": 4, "traced": 1, "in_progress": 3, "returned": 1}
