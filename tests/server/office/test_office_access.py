"""Who gets to the office's pages, and what keeps a session and its forms from others."""

import datetime as dt
from pathlib import Path

import pytest
import requests
from sqlalchemy import Engine

from fieldapp.domain.reference import Role
from fieldapp.server.office import overview, sessions
from tests.support.district import make_district
from tests.support.district_server import server_of
from tests.support.office import PAGES, OfficeVisitor


@pytest.mark.parametrize("path", PAGES)
def test_who_has_not_signed_in_is_sent_to_do_so_and_comes_back(office: OfficeVisitor, path: str) -> None:
    stranger = OfficeVisitor(office.running)
    answer = stranger.get(path)
    assert answer.url.startswith(f"{office.running.url}/office/sign-in?next=")
    assert "รหัสผ่าน" in answer.text
    back = stranger.sign_in(next=path)
    assert back.url == office.running.url + path


def test_after_signing_in_nobody_is_led_to_another_site(office: OfficeVisitor) -> None:
    stranger = OfficeVisitor(office.running)
    for elsewhere in (
        "https://evil.example/office/",
        "//evil.example",
        "/office/../..//evil.example\\",
        "/api/v1/hello",
        "javascript:alert(1)",
    ):
        answer = stranger.http.post(
            f"{office.running.url}/office/sign-in",
            data={"account": "officer", "password": "พาน้องกลับมาเรียน", "next": elsewhere},
            allow_redirects=False,
        )
        assert answer.headers["Location"] == "/office"


def test_a_wrong_password_is_said_in_words_and_the_account_stays_typed(office: OfficeVisitor) -> None:
    answer = OfficeVisitor(office.running).sign_in(password="ผิด")
    assert answer.status_code == 401
    assert 'value="officer"' in answer.text
    assert "ไม่ถูกต้อง" in answer.text


def test_a_teacher_is_told_that_the_pages_are_not_for_teachers(office: OfficeVisitor) -> None:
    office.district.add_person("somying", Role.TEACHER)
    teacher = OfficeVisitor(office.running)
    answer = teacher.sign_in("somying")
    assert answer.status_code == 403
    assert "<h1>" in answer.text


def test_a_form_without_our_token_changes_nothing(office: OfficeVisitor) -> None:
    assert office.http.post(f"{office.running.url}/office/sign-out").status_code == 403
    assert office.get("/office/").url.endswith("/office/")


def test_a_form_that_stood_on_another_site_changes_nothing(office: OfficeVisitor) -> None:
    office.get("/office/")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = office.http.post(f"{office.running.url}/office/sign-out", data={"form_token": office.token}, headers=headers)
        assert answer.status_code == 403
    assert office.get("/office/").url.endswith("/office/")


def test_signing_out_ends_the_session_for_good(office: OfficeVisitor) -> None:
    office.get("/office/")
    cookie = office.http.cookies["fieldapp-office"]
    office.post("/office/sign-out")
    again = requests.get(f"{office.running.url}/office/", cookies={"fieldapp-office": cookie}, allow_redirects=False)
    assert again.headers["Location"].startswith("/office/sign-in")


def test_a_session_that_nobody_uses_ends_and_says_so(engine: Engine, tmp_path: Path) -> None:
    now = [dt.datetime.now(dt.UTC)]
    with server_of(make_district(engine), tmp_path, lambda: now[0]) as running:
        visitor = OfficeVisitor(running)
        assert visitor.sign_in().url.endswith("/office/")
        now[0] += sessions.IDLE + dt.timedelta(minutes=1)
        assert "ไม่มีข้อมูลใดหาย" in visitor.get("/office/").text


def test_a_session_that_is_used_lasts_no_longer_than_a_working_day(engine: Engine, tmp_path: Path) -> None:
    now = [dt.datetime.now(dt.UTC)]
    with server_of(make_district(engine), tmp_path, lambda: now[0]) as running:
        visitor = OfficeVisitor(running)
        visitor.sign_in()
        end = now[0] + sessions.LONGEST
        while now[0] + dt.timedelta(minutes=40) < end:
            now[0] += dt.timedelta(minutes=40)
            assert visitor.get("/office/").url.endswith("/office/")
        now[0] = end + dt.timedelta(minutes=1)
        assert "/office/sign-in" in visitor.get("/office/").url


def test_a_closed_account_is_out_at_its_next_page(office: OfficeVisitor) -> None:
    from fieldapp.server.access.accounts import close_account

    with office.district.engine.begin() as connection:
        close_account(connection, office.district.id, office.district.officer.id, dt.datetime.now(dt.UTC))
    assert "/office/sign-in" in office.get("/office/").url


def test_pages_load_nothing_from_elsewhere_and_stay_in_no_cache(office: OfficeVisitor) -> None:
    answer = office.get("/office/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "http://" not in answer.text.replace(office.running.url, "")
    assert "https://" not in answer.text


def test_the_cookie_is_out_of_reach_of_scripts(office: OfficeVisitor) -> None:
    stranger = requests.Session()
    answer = stranger.post(
        f"{office.running.url}/office/sign-in", data={"account": "officer", "password": "พาน้องกลับมาเรียน"}, allow_redirects=False
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_the_pages_speak_english_to_who_chose_it_and_thai_to_others(office: OfficeVisitor) -> None:
    assert "Overview" not in office.get("/office/").text
    assert "Overview as of" in office.get("/office/language/en", next="/office/").text
    other = OfficeVisitor(office.running)
    assert "ภาพรวม" in other.sign_in().text


def test_an_address_that_does_not_exist_is_answered_with_a_page(office: OfficeVisitor) -> None:
    answer = office.get("/office/nothing-here")
    assert answer.status_code == 404
    assert "ไม่มีหน้านี้" in answer.text


def test_a_fault_of_the_server_is_a_page_with_a_number_and_no_more(
    office: OfficeVisitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("ธนกร พิมพ์สวัสดิ์")

    monkeypatch.setattr(overview, "ladder_report", broken)
    answer = office.get("/office/")
    assert answer.status_code == 500
    assert "หมายเลขข้อขัดข้อง" in answer.text
    assert "ธนกร" not in answer.text + caplog.text
    caplog.clear()


def test_a_wrong_date_is_said_in_words(office: OfficeVisitor) -> None:
    answer = office.get("/office/", as_of="31/2/2569")
    assert answer.status_code == 422
    assert "ไม่ถูกต้อง" in answer.text
