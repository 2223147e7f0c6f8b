"""Our server, and tus-js-client as it comes from npm: whatever tus promises to a client holds for one that is not ours."""

import base64
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fieldapp.domain.photo import Photo
from fieldapp.domain.receipt import Receipt
from fieldapp.wire import codec
from tests.support.district_server import jpeg, server_of
from tests.support.node import run
from tests.support.photo_scene import Scene, verify
from tests.support.relay import relay

Send = Callable[..., list[Any]]
KB = 1_000
# A line that was cut is tried again; the server may still be writing down what came.
SOON = [0, 20, 100, 500, 1_000, 2_000, 5_000]


@pytest.fixture
def send(node: Path, scene: Scene) -> Send:
    """Let tus-js-client send; what became of each upload, in their order."""

    def send(*uploads: dict[str, Any], url: str = "") -> list[Any]:
        headers = {"Authorization": str(scene.caller.http.headers["Authorization"]), "Fieldapp-Protocol": "1"}
        return run(node, "tus_client.mjs", {"endpoint": f"{url or scene.caller.url}/api/v1/photos", "headers": headers, "uploads": uploads})

    return send


def upload(folder: Path, photo: Photo, content: bytes, **options: Any) -> dict[str, Any]:
    file = folder / f"{photo.id}.jpg"
    file.write_bytes(content)
    metadata = {"photo_id": photo.id, "sha256": photo.sha256, "filetype": photo.media_type}
    return {"file": str(file), "metadata": metadata, **options}


def require_received(outcome: Any, photo: Photo, scene: Scene) -> None:
    assert outcome["ended"] == "sent", outcome
    verify(codec.decode(Receipt, base64.urlsafe_b64decode(outcome["receipt"])), photo, scene.running)
    assert scene.stored(photo)
    assert {version for _, _, version in outcome["requests"]} == {"1.0.0"}


def methods(outcome: Any) -> list[str]:
    return [method for method, _, _ in outcome["requests"]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["POST", "PATCH"]),
        ({"chunkSize": 100 * KB}, ["POST", "PATCH", "PATCH", "PATCH"]),
        ({"uploadDataDuringCreation": True}, ["POST"]),
        ({"uploadDataDuringCreation": True, "chunkSize": 100 * KB}, ["POST", "PATCH", "PATCH"]),
        # For schools whose proxy lets no PATCH through.
        ({"overridePatchMethod": True, "chunkSize": 200 * KB}, ["POST", "POST", "POST"]),
    ],
    ids=["in one piece", "in chunks", "with its creation", "in chunks from its creation on", "without the method PATCH"],
)
def test_a_photo_arrives(send: Send, scene: Scene, tmp_path: Path, options: dict[str, Any], expected: list[str]) -> None:
    content = jpeg(300 * KB)
    photo = scene.announce(content)
    (outcome,) = send(upload(tmp_path, photo, content, **options))
    require_received(outcome, photo, scene)
    assert methods(outcome) == expected
    assert [file.read_bytes() for file in scene.files()] == [content]


def test_an_upload_that_was_cut_in_the_middle_of_a_chunk_goes_on_by_itself(send: Send, scene: Scene, tmp_path: Path) -> None:
    content = jpeg(2_000 * KB)
    photo = scene.announce(content)
    with relay(scene.running.url) as wire:
        wire.cut_request_after(1_200 * KB)
        # Once cut, the wire lets nothing more through until it is mended: by the first request of the second client.
        (cut,) = send(upload(tmp_path, photo, content), url=wire.address)
        wire.mend()
        assert cut["ended"] == "failed"
        # The server may still be writing down what came.
        location = "/api/v1/photos/" + cut["url"].rpartition("/")[2]
        arrived = next(offset for offset in _offsets(scene, location) if offset)
        assert 0 < arrived < 1_200 * KB
        before = wire.passed_up
        (again,) = send(upload(tmp_path, photo, content, uploadUrl=cut["url"], retryDelays=SOON), url=wire.address)
        assert wire.passed_up - before < len(content) - arrived + 10 * KB
    require_received(again, photo, scene)
    assert methods(again) == ["HEAD", "PATCH"]


def _offsets(scene: Scene, location: str) -> Any:
    return (int(scene.caller.head_upload(location).headers["Upload-Offset"]) for _ in range(1_000))


def test_an_upload_that_its_person_stopped_goes_on_at_another_server_process(send: Send, scene: Scene, tmp_path: Path) -> None:
    content = jpeg(1_000 * KB)
    photo = scene.announce(content)
    (stopped,) = send(upload(tmp_path, photo, content, chunkSize=200 * KB, abortAt=500 * KB))
    assert stopped["ended"] == "aborted"
    with server_of(scene.running.district, scene.running.photos) as second:
        url = stopped["url"].replace(scene.running.url, second.url)
        (again,) = send(upload(tmp_path, photo, content, chunkSize=200 * KB, uploadUrl=url, retryDelays=SOON), url=second.url)
    require_received(again, photo, scene)
    assert methods(again)[0] == "HEAD"
    # At least the two chunks that were answered need not go again.
    assert len(methods(again)) <= 1 + 3


def test_several_photos_go_at_the_same_time(send: Send, scene: Scene, tmp_path: Path) -> None:
    contents = [jpeg(150 * KB, seed=str(number)) for number in range(8)]
    photos = [scene.announce(content) for content in contents]
    outcomes = send(*(upload(tmp_path, photo, content, chunkSize=40 * KB) for photo, content in zip(photos, contents, strict=True)))
    for outcome, photo in zip(outcomes, photos, strict=True):
        require_received(outcome, photo, scene)
    assert sorted(file.read_bytes() for file in scene.files()) == sorted(contents)


def test_wrong_bytes_are_refused_and_the_right_ones_taken_afterwards(send: Send, scene: Scene, tmp_path: Path) -> None:
    content, spoiled = jpeg(300 * KB), jpeg(300 * KB, seed="spoiled")
    photo = scene.announce(content)
    (wrong,) = send(upload(tmp_path, photo, spoiled, chunkSize=100 * KB))
    assert (wrong["ended"], wrong["status"], json.loads(wrong["error"])["code"]) == ("failed", 460, "photo.wrong_hash")
    assert not scene.stored(photo) and scene.files() == []
    (right,) = send(upload(tmp_path, photo, content, chunkSize=100 * KB, uploadUrl=wrong["url"]))
    require_received(right, photo, scene)
    # It asked for its upload, was told that it is gone, and began anew.
    assert [status for _, status, _ in right["requests"]][:2] == [410, 201]


def test_parts_with_their_checksum_are_taken(send: Send, scene: Scene, tmp_path: Path) -> None:
    content = jpeg(300 * KB)
    photo = scene.announce(content)
    (outcome,) = send(upload(tmp_path, photo, content, chunkSize=100 * KB, checksums="right"))
    require_received(outcome, photo, scene)


def test_a_part_that_the_line_changed_is_refused_and_the_upload_stays_where_it_was(send: Send, scene: Scene, tmp_path: Path) -> None:
    content = jpeg(300 * KB)
    photo = scene.announce(content)
    (wrong,) = send(upload(tmp_path, photo, content, chunkSize=100 * KB, checksums="wrong"))
    assert (wrong["ended"], wrong["status"]) == ("failed", 460)
    (right,) = send(upload(tmp_path, photo, content, chunkSize=100 * KB, checksums="right", uploadUrl=wrong["url"]))
    require_received(right, photo, scene)
    assert methods(right) == ["HEAD", "PATCH", "PATCH", "PATCH"]


def test_an_upload_that_is_called_off_leaves_nothing(send: Send, scene: Scene, tmp_path: Path) -> None:
    content = jpeg(1_000 * KB)
    photo = scene.announce(content)
    (outcome,) = send(upload(tmp_path, photo, content, chunkSize=200 * KB, abortAt=500 * KB, terminate=True))
    assert outcome["ended"] == "aborted", outcome
    assert scene.caller.head_upload("/api/v1/photos/" + outcome["url"].rpartition("/")[2]).status_code == 410
    assert scene.files() == []


def test_an_upload_that_expired_begins_anew(send: Send, scene: Scene, tmp_path: Path) -> None:
    content = jpeg(1_000 * KB)
    photo = scene.announce(content)
    (stopped,) = send(upload(tmp_path, photo, content, chunkSize=200 * KB, abortAt=500 * KB))
    in_eight_days = dt.datetime.now(dt.UTC) + dt.timedelta(days=8)
    with server_of(scene.running.district, scene.running.photos, lambda: in_eight_days) as later:
        scene.caller.url = later.url
        scene.caller.sign_in("teacher")
        url = stopped["url"].replace(scene.running.url, later.url)
        (outcome,) = send(upload(tmp_path, photo, content, uploadUrl=url))
    require_received(outcome, photo, scene)
    assert methods(outcome) == ["HEAD", "POST", "PATCH"]
    assert [file.read_bytes() for file in scene.files()] == [content]


@pytest.mark.parametrize("with_creation", [True, False])
def test_bytes_that_the_district_holds_already_are_not_sent_again(send: Send, scene: Scene, tmp_path: Path, with_creation: bool) -> None:
    content = jpeg(600 * KB)
    first = scene.announce(content)
    (sent,) = send(upload(tmp_path, first, content))
    require_received(sent, first, scene)
    again = scene.announce(content)
    (outcome,) = send(upload(tmp_path, again, content, uploadDataDuringCreation=with_creation, retryDelays=SOON))
    require_received(outcome, again, scene)
    assert len(scene.files()) == 1


def test_who_lost_the_last_answer_is_told_that_the_photo_is_there(send: Send, scene: Scene, tmp_path: Path) -> None:
    content = jpeg(300 * KB)
    photo = scene.announce(content)
    (sent,) = send(upload(tmp_path, photo, content))
    (outcome,) = send(upload(tmp_path, photo, content, uploadUrl=sent["url"]))
    require_received(outcome, photo, scene)
    assert outcome["receipt"] == sent["receipt"]
    assert methods(outcome) == ["HEAD"]
