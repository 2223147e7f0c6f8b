"""A teacher without internet: from the first sign-in to the receipt by files alone, through the client as the windows use it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp import client
from fieldapp.client import Client
from fieldapp.config import Settings
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome
from fieldapp.usecases.children import Delivery, ListFilter
from fieldapp.usecases.signing_in import FirstSignIn
from fieldapp.wire import codec
from fieldapp.wire.messages import DeviceKeys
from tests.support.bundles import a_desk, bring
from tests.support.district import PASSWORD, engine
from tests.support.district_server import Caller, Running, running
from tests.support.pictures import a_jpeg

__all__ = ["engine", "running"]


@pytest.fixture
def opened(running: Running, tmp_path: Path) -> Iterator[Client]:
    """A laptop that was online for its first sign-in and never again."""
    running.district.add_cases(1, running.district.add_person("somying"))
    settings = Settings(data_dir=tmp_path / "laptop", resources=tmp_path, language="", has_screen=False)
    request = FirstSignIn(running.url, "somying", PASSWORD, "ข้าวเหนียว หมูปิ้ง", "ทดสอบ")
    made = client.sign_in(settings, request, lambda _progress: None, lambda: False)
    yield made
    made.close()


def test_a_visit_is_received_by_files_alone(running: Running, opened: Client, tmp_path: Path) -> None:
    (row,) = opened.children.page(ListFilter(), 0, 5)
    opened.visits.save(replace(opened.visits.draft(row.case_id).visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    opened.visits.finish(row.case_id)
    assert opened.bundles.last() is None
    exported = opened.bundles.export(tmp_path / "out.fieldapp", lambda _progress: None, lambda: False)
    assert exported is not None
    last = opened.bundles.last()
    assert last is not None
    assert (last.events, last.photos, last.answered_at) == (1, 0, None)
    assert [item.delivery for item in opened.syncing.overview().items] == [Delivery.WAITING]
    bring(a_desk(running.district, running.photos), tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    result = opened.bundles.take_in_answer(tmp_path / "back.fieldapp", lambda _progress: None)
    overview = opened.syncing.overview()
    assert (result.receipts_verified, result.error) == (1, None)
    assert [item.delivery for item in overview.items] == [Delivery.RECEIVED]
    assert overview.runs[0].code == "by_file"
    assert overview.unsent.total == 0
    last = opened.bundles.last()
    assert last is not None
    assert last.answered_at is not None


def test_an_export_that_was_stopped_leaves_no_file_and_an_older_one_as_it_was(opened: Client, tmp_path: Path) -> None:
    (row,) = opened.children.page(ListFilter(), 0, 5)
    draft = opened.visits.draft(row.case_id)
    opened.visits.save(replace(draft.visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    opened.photos.add(draft.visit.id, row.case_id, a_jpeg(), PhotoKind.OUTSIDE)
    opened.visits.finish(row.case_id)
    file = tmp_path / "out.fieldapp"
    file.write_bytes(b"older")
    assert opened.bundles.export(file, lambda _progress: None, lambda: True) is None
    assert file.read_bytes() == b"older"
    assert [path.name for path in tmp_path.glob("out*")] == ["out.fieldapp"]


def test_keys_that_are_none_or_anothers_are_refused(running: Running) -> None:
    running.district.add_person("somying")
    caller, other = running.caller("somying"), running.caller("officer")
    keys = DeviceKeys("ab" * 32, "cd" * 32)

    def tell(who: Caller, message: DeviceKeys) -> int:
        headers = {"Content-Type": "application/json"}
        return who.call("POST", "/session/keys", data=codec.encode(message), headers=headers).status_code

    assert tell(caller, DeviceKeys("ab", "cd" * 32)) == 422
    assert [tell(caller, keys), tell(caller, keys)] == [204, 204]
    assert tell(other, keys) == 422
    assert tell(caller, replace(keys, sealing_key="ef" * 32)) == 422
