"""A teacher signs in for the first time, against a real district server over HTTP."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp import client
from fieldapp.config import Settings
from fieldapp.domain.visit import Met, Outcome
from fieldapp.errors import FieldappError
from fieldapp.server.people import codes
from fieldapp.usecases.children import Delivery, ListFilter
from fieldapp.usecases.signing_in import Asked, FirstSignIn
from fieldapp.wire.connection import fingerprint
from tests.support.district import PASSWORD, engine
from tests.support.district_server import Running, running

__all__ = ["engine", "running"]
PASSPHRASE = "ข้าวเหนียว หมูปิ้ง"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "laptop", resources=tmp_path, language="", has_screen=False)


def request(server: Running, password: str = PASSWORD) -> FirstSignIn:
    return FirstSignIn(server.url, "somying", password, PASSPHRASE, "โน้ตบุ๊กทดสอบ")


def test_the_first_sign_in_brings_the_assigned_children_and_no_others(running: Running, settings: Settings) -> None:
    mine = running.district.add_cases(3, running.district.add_person("somying"))
    running.district.add_cases(2, running.district.add_person("wichai"))
    stages: list[object] = []
    opened = client.sign_in(settings, request(running), stages.append, lambda: False)
    assert opened.cut_by is None
    assert stages
    assert {row.case_id for row in opened.children.page(ListFilter(), 0, 50)} == set(mine)
    (profile,) = client.list_profiles(settings)
    assert (profile.account, profile.school_name, profile.district_name) == ("somying", "โรงเรียนหนึ่ง", "เขตทดสอบ")
    opened.close()


def test_a_visit_made_after_unlocking_arrives_and_its_receipt_verifies(running: Running, settings: Settings) -> None:
    (case_id,) = running.district.add_cases(1, running.district.add_person("somying"))
    client.sign_in(settings, request(running), lambda progress: None, lambda: False).close()
    opened = client.unlock(settings, client.list_profiles(settings)[0].id, PASSPHRASE)
    visit = opened.visits.draft(case_id).visit
    opened.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    opened.visits.finish(case_id)
    result = opened.syncing.run(lambda progress: None, lambda: False)
    assert (result.error, result.pushed, result.receipts_verified) == (None, 1, 1)
    (item,) = opened.syncing.overview().items
    receipt = opened.syncing.receipt(item.event_id)
    assert item.delivery is Delivery.RECEIVED
    assert receipt is not None
    assert receipt.verified
    assert not opened.children.row(case_id).unsent
    opened.close()


def test_a_first_download_that_is_cut_leaves_a_profile_that_says_so_and_goes_on(running: Running, settings: Settings) -> None:
    mine = running.district.add_cases(3, running.district.add_person("somying"))
    opened = client.sign_in(settings, request(running), lambda progress: None, lambda: True)
    assert opened.children.counts().total == 0
    assert opened.today.view(client.local_now().date()).readiness.last_sync_at is None
    result = opened.syncing.run(lambda progress: None, lambda: False)
    assert result.error is None
    assert opened.children.counts().total == len(mine)
    opened.close()


def test_a_wrong_password_leaves_no_profile(running: Running, settings: Settings) -> None:
    running.district.add_person("somying")
    with pytest.raises(FieldappError) as caught:
        client.sign_in(settings, request(running, "ผิด"), lambda progress: None, lambda: False)
    assert caught.value.code == "sign_in.wrong_password"
    assert client.list_profiles(settings) == ()


def a_slip(server: Running, account: str, made_at: dt.datetime | None = None) -> str:
    """A new person's one-time code, as the office makes it."""
    person = server.district.add_person(account)
    with server.district.engine.begin() as connection:
        made = codes.make(connection, server.district.id, [person.id], person.id, made_at or dt.datetime.now(dt.UTC))
    return made[person.id]


def with_code(server: Running, code: str, password: str = "รหัสของฉันเอง") -> FirstSignIn:
    return replace(request(server, password), code=code)


def test_the_code_of_a_slip_becomes_a_password_at_the_first_sign_in(running: Running, settings: Settings) -> None:
    code = a_slip(running, "somying")
    found = client.look_up(Asked(running.url, "somying", code.lower()))
    assert (found.is_code, found.district_name, found.address) == (True, "เขตทดสอบ", running.url)
    client.sign_in(settings, with_code(running, code), lambda progress: None, lambda: False).close()
    assert running.stranger().try_sign_in("somying", "รหัสของฉันเอง").status_code == 200


def test_looking_a_code_up_does_not_use_it(running: Running) -> None:
    code = a_slip(running, "somying")
    for _again in range(12):
        assert client.look_up(Asked(running.url, "somying", code)).is_code


def test_a_password_is_not_sent_before_its_time(running: Running) -> None:
    running.district.add_person("somying")
    assert not client.look_up(Asked(running.url, "somying", PASSWORD)).is_code


def refused(server: Running, account: str, code: str) -> str:
    with pytest.raises(FieldappError) as caught:
        client.look_up(Asked(server.url, account, code))
    return caught.value.code


def test_a_wrong_a_used_and_an_old_code_are_told_apart(running: Running, settings: Settings) -> None:
    code = a_slip(running, "somying")
    assert refused(running, "somying", "ABCD-EFGH-JKMN") == "sign_in.wrong_code"
    assert refused(running, "nobody", code) == "sign_in.wrong_code"
    client.sign_in(settings, with_code(running, code), lambda progress: None, lambda: False).close()
    assert refused(running, "somying", code) == "sign_in.code_used"
    old = a_slip(running, "wichai", dt.datetime.now(dt.UTC) - codes.LASTS - dt.timedelta(minutes=1))
    assert refused(running, "wichai", old) == "sign_in.code_expired"


def test_a_sign_in_whose_answer_was_lost_is_repeated_with_the_same_code(running: Running, settings: Settings) -> None:
    code = a_slip(running, "somying")
    running.stranger().call("POST", "/session/password", json={"account": "somying", "code": code, "password": "รหัสของฉันเอง"})
    client.sign_in(settings, with_code(running, code), lambda progress: None, lambda: False).close()
    with pytest.raises(FieldappError) as caught:
        client.sign_in(settings, with_code(running, code, "รหัสของคนอื่น"), lambda progress: None, lambda: False)
    assert caught.value.code == "sign_in.code_used"


def test_a_password_that_looks_like_a_code_is_still_a_password(running: Running) -> None:
    running.district.add_person("somying")
    assert not client.look_up(Asked(running.url, "somying", "teacherpanda")).is_code


def test_a_server_with_another_key_than_the_connection_file_gets_no_password(running: Running, settings: Settings) -> None:
    running.district.add_person("somying")
    with pytest.raises(FieldappError) as caught:
        client.look_up(Asked(running.url, "somying", PASSWORD, key="ab" * 16))
    assert caught.value.code == "offline.other_district"
    with pytest.raises(FieldappError) as caught:
        client.sign_in(settings, replace(request(running), key="ab" * 16), lambda progress: None, lambda: False)
    assert caught.value.code == "offline.other_district"
    assert client.list_profiles(settings) == ()
    assert (
        client.look_up(
            Asked(running.url, "somying", PASSWORD, key=fingerprint(running.stranger().call("GET", "/hello").json()["signing_key"]))
        ).address
        == running.url
    )
