"""A teacher signs in for the first time, against a real district server over HTTP."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp import client
from fieldapp.config import Settings
from fieldapp.domain.visit import Met, Outcome
from fieldapp.errors import FieldappError
from fieldapp.usecases.children import Delivery, ListFilter
from fieldapp.usecases.signing_in import FirstSignIn
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
    stages = []
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
