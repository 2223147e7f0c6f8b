"""Photos by tus 1.0: cut lines, wrong bytes, the same bytes twice, and who may see them."""

import base64
import datetime as dt
import hashlib
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import requests
from obstore.store import LocalStore

from fieldapp.domain.identifiers import PhotoId, new_id
from fieldapp.domain.payloads import PhotoAdded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.server.photos.store import PhotoStore
from fieldapp.wire import codec
from fieldapp.wire.messages import MAX_PHOTO_BYTES
from tests.support.district import make_event
from tests.support.district_server import TUS, Running, jpeg, metadata_of, server_of
from tests.support.photo_scene import Scene, receipt_in, verify
from tests.support.running import serving


def problem(answer: requests.Response) -> tuple[int, str, str]:
    found = answer.json()
    return answer.status_code, found["code"], found["field"]


def test_a_photo_sent_in_one_request_is_stored_and_receipted(scene: Scene) -> None:
    content = jpeg()
    photo = scene.announce(content)
    cursor = scene.caller.pull().cursor
    answer = scene.caller.create_upload(photo, content)
    assert (answer.status_code, answer.headers["Upload-Offset"], answer.headers["Tus-Resumable"]) == (201, str(len(content)), "1.0.0")
    verify(receipt_in(answer), photo, scene.running)
    (change,) = scene.caller.pull(cursor).changes
    assert (change.type, change.id, change.body and change.body["stored"]) == ("photo", photo.id, True)
    assert [file.read_bytes() for file in scene.files()] == [content]


def test_a_photo_sent_in_parts_is_stored_with_the_last_byte(scene: Scene) -> None:
    content = jpeg(3_000)
    photo = scene.announce(content)
    location = scene.caller.create_upload(photo, content[:1_000]).headers["Location"]
    second = scene.caller.patch_upload(location, 1_000, content[1_000:2_000])
    assert (second.status_code, second.headers["Upload-Offset"]) == (204, "2000")
    assert "Fieldapp-Receipt" not in second.headers
    assert not scene.stored(photo)
    last = scene.caller.patch_upload(location, 2_000, content[2_000:])
    verify(receipt_in(last), photo, scene.running)
    assert scene.stored(photo)
    assert [file.read_bytes() for file in scene.files()] == [content]


def test_what_arrived_before_the_line_was_cut_is_kept(scene: Scene) -> None:
    content = jpeg(200_000)
    photo = scene.announce(content)
    location = scene.caller.create_upload(photo).headers["Location"]
    address = urlsplit(scene.running.url)
    head = [
        f"PATCH {location} HTTP/1.1",
        f"Host: {address.netloc}",
        f"Authorization: {scene.caller.http.headers['Authorization']!s}",
        "Fieldapp-Protocol: 1",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        f"Content-Length: {len(content)}",
    ]
    with socket.create_connection((address.hostname or "", address.port or 0)) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + content[:150_000])
        line.shutdown(socket.SHUT_WR)
        while line.recv(65_536):
            pass
    # The server may still be writing it down: asked often enough, it tells.
    asked = (int(scene.caller.head_upload(location).headers["Upload-Offset"]) for _ in range(1_000))
    arrived = next(offset for offset in asked if offset)
    assert arrived == 150_000
    verify(receipt_in(scene.caller.patch_upload(location, arrived, content[arrived:])), photo, scene.running)


def test_another_server_process_goes_on_with_an_upload(scene: Scene) -> None:
    content = jpeg()
    photo = scene.announce(content)
    location = scene.caller.create_upload(photo, content[:500]).headers["Location"]
    with server_of(scene.running.district, scene.running.photos) as second:
        scene.caller.url = second.url
        assert scene.caller.head_upload(location).headers["Upload-Offset"] == "500"
        verify(receipt_in(scene.caller.patch_upload(location, 500, content[500:])), photo, scene.running)


def test_bytes_at_another_offset_are_refused(scene: Scene) -> None:
    content = jpeg()
    location = scene.caller.create_upload(scene.announce(content), content[:500]).headers["Location"]
    answer = scene.caller.patch_upload(location, 400, content[400:])
    assert problem(answer)[:2] == (409, "upload.wrong_offset")
    assert answer.json()["data"] == {"offset": "500"}


def test_bytes_that_are_not_those_announced_are_refused_and_forgotten(scene: Scene) -> None:
    content = jpeg()
    photo = scene.announce(content)
    other = jpeg(seed="other")
    assert problem(scene.caller.create_upload(photo, other)) == (460, "photo.wrong_hash", "")
    location = scene.caller.create_upload(photo, other[:500]).headers["Location"]
    assert problem(scene.caller.patch_upload(location, 500, other[500:])) == (460, "photo.wrong_hash", "")
    assert scene.caller.head_upload(location).status_code == 410
    assert scene.files() == []
    assert not scene.stored(photo)
    assert scene.caller.create_upload(photo, content).status_code == 201


def test_a_part_that_the_line_changed_is_not_kept(scene: Scene) -> None:
    content = jpeg()
    location = scene.caller.create_upload(scene.announce(content)).headers["Location"]
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    answer = scene.caller.patch_upload(location, 0, content, **{"Upload-Checksum": f"sha256 {wrong}"})
    assert problem(answer) == (460, "photo.wrong_hash", "Upload-Checksum")
    assert scene.caller.head_upload(location).headers["Upload-Offset"] == "0"
    right = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert scene.caller.patch_upload(location, 0, content, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204


@pytest.mark.parametrize("content", [b"<html>not a picture</html>", b"MZ\x90\x00program", b"\xff\xd8"])
def test_bytes_that_are_no_picture_are_refused_whatever_they_are_called(scene: Scene, content: bytes) -> None:
    photo = scene.announce(content)
    assert problem(scene.caller.create_upload(photo, content)) == (415, "photo.unreadable", "")
    assert scene.files() == []


def test_the_same_bytes_are_sent_once(scene: Scene) -> None:
    content = jpeg()
    scene.caller.create_upload(scene.announce(content), content)
    sha256 = hashlib.sha256(content).hexdigest()
    again = Photo(PhotoId(new_id()), scene.visit.id, scene.visit.case_id, sha256, len(content), "image/jpeg", 800, 600, PhotoKind.INSIDE)
    event = make_event(PhotoAdded(again), again.id, scene.visit.by)
    (answer,) = scene.caller.push(event)
    assert answer.photo_receipt is not None
    verify(answer.photo_receipt, again, scene.running)
    assert scene.stored(again)
    assert scene.caller.push(event) == (answer,)
    assert len(scene.files()) == 1


def test_two_photos_with_one_picture_are_stored_together(scene: Scene) -> None:
    content = jpeg()
    first, second = scene.announce(content), scene.announce(content)
    scene.caller.create_upload(first, content)
    assert scene.stored(second)
    answer = scene.caller.create_upload(second)
    verify(receipt_in(answer), second, scene.running)
    assert answer.headers["Upload-Offset"] == str(len(content))


def test_a_receipt_lost_on_the_way_can_be_had_again(scene: Scene) -> None:
    content = jpeg()
    photo = scene.announce(content)
    missing = scene.caller.call("GET", f"/photos/{photo.id}/receipt")
    assert problem(missing)[:2] == (404, "unknown_record")
    given = receipt_in(scene.caller.create_upload(photo, content))
    assert codec.decode(Receipt, scene.caller.call("GET", f"/photos/{photo.id}/receipt").content) == given
    assert receipt_in(scene.caller.create_upload(photo, content)) == given


def test_a_photo_of_a_held_visit_is_stored_too(scene: Scene) -> None:
    scene.running.district.assign(scene.visit.case_id, scene.running.district.add_person("after"))
    content = jpeg()
    photo = scene.announce(content)
    verify(receipt_in(scene.caller.create_upload(photo, content)), photo, scene.running)


def test_only_who_may_see_the_child_sees_its_photos(scene: Scene) -> None:
    scene.running.district.add_person("stranger")
    content = jpeg()
    photo = scene.announce(content)
    scene.caller.create_upload(photo, content)
    stranger = scene.running.caller("stranger")
    path = f"/photos/by-hash/{photo.sha256}"
    seen = scene.caller.call("GET", path)
    assert (seen.content, seen.headers["Content-Type"]) == (content, "image/jpeg")
    assert scene.running.caller("officer").call("GET", path).content == content
    assert problem(stranger.call("GET", path))[:2] == (404, "unknown_record")
    assert problem(stranger.call("GET", f"/photos/{photo.id}/receipt"))[:2] == (403, "not_yours")
    assert problem(stranger.create_upload(photo, content))[:2] == (403, "not_yours")
    assert scene.running.stranger().call("GET", path).status_code == 401


def test_an_upload_belongs_to_who_began_it(scene: Scene) -> None:
    content = jpeg()
    location = scene.caller.create_upload(scene.announce(content), content[:100]).headers["Location"]
    assert scene.running.caller("officer").head_upload(location).status_code == 410


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"Upload-Length": "7"}, (422, "mismatch", "Upload-Length")),
        ({"Upload-Length": "many"}, (422, "wrong_value", "Upload-Length")),
        ({"Upload-Metadata": "photo_id ???"}, (422, "wrong_value", "Upload-Metadata")),
        ({"Upload-Metadata": ""}, (404, "unknown_record", "photo_id")),
        ({"Tus-Resumable": "0.2.2"}, (412, "upload.wrong_version", "")),
    ],
)
def test_an_announcement_that_is_wrong_is_refused(scene: Scene, changes: dict[str, str], expected: tuple[int, str, str]) -> None:
    photo = scene.announce(jpeg())
    assert problem(scene.caller.create_upload(photo, **changes)) == expected


def test_more_bytes_than_announced_are_refused(scene: Scene) -> None:
    content = jpeg()
    location = scene.caller.create_upload(scene.announce(content)).headers["Location"]
    assert problem(scene.caller.patch_upload(location, 0, content + b"more"))[:2] == (422, "wrong_value")


def test_an_upload_can_be_ended_and_leaves_nothing(scene: Scene) -> None:
    content = jpeg()
    location = scene.caller.create_upload(scene.announce(content), content[:500]).headers["Location"]
    assert len(scene.files()) == 1
    assert scene.caller.call("DELETE", location.removeprefix("/api/v1"), headers=TUS).status_code == 204
    assert scene.caller.head_upload(location).status_code == 410
    assert scene.files() == []


def test_an_upload_that_nobody_finished_is_removed(scene: Scene) -> None:
    content, later_content = jpeg(), jpeg(seed="later")
    location = scene.caller.create_upload(scene.announce(content), content[:500]).headers["Location"]
    later_photo = scene.announce(later_content)
    in_eight_days = dt.datetime.now(dt.UTC) + dt.timedelta(days=8)
    with server_of(scene.running.district, scene.running.photos, lambda: in_eight_days) as later:
        scene.caller.url = later.url
        scene.caller.sign_in("teacher")
        assert scene.caller.head_upload(location).status_code == 410
        scene.caller.create_upload(later_photo, later_content)
    assert [file.read_bytes() for file in scene.files()] == [later_content]


def test_the_server_tells_what_it_can_without_a_sign_in(running: Running) -> None:
    answer = requests.options(f"{running.url}/api/v1/photos", timeout=30)
    assert answer.status_code == 204
    assert (answer.headers["Tus-Version"], answer.headers["Tus-Max-Size"]) == ("1.0.0", str(MAX_PHOTO_BYTES))
    assert set(answer.headers["Tus-Extension"].split(",")) >= {"creation", "creation-with-upload", "checksum", "expiration", "termination"}


def test_a_photo_larger_than_allowed_is_refused_before_it_is_read(scene: Scene) -> None:
    photo = scene.announce(jpeg())
    headers = {**TUS, "Upload-Length": "1", "Upload-Metadata": metadata_of(photo), "Content-Length": str(MAX_PHOTO_BYTES + 1)}
    answer = scene.caller.call("POST", "/photos", headers=headers)
    assert problem(answer)[:2] == (413, "too_large")


def test_a_finished_upload_says_so_and_gives_the_receipt_again(scene: Scene) -> None:
    content = jpeg()
    photo = scene.announce(content)
    location = scene.caller.create_upload(photo, content[:500]).headers["Location"]
    given = receipt_in(scene.caller.patch_upload(location, 500, content[500:]))
    again = scene.caller.head_upload(location)
    assert (again.status_code, again.headers["Upload-Offset"], receipt_in(again)) == (200, str(len(content)), given)
    assert receipt_in(scene.caller.patch_upload(location, len(content), b"")) == given
    assert problem(scene.caller.patch_upload(location, 500, content[500:]))[:2] == (409, "upload.wrong_offset")


def test_a_photo_that_came_in_one_request_stands_as_a_finished_upload_that_nobody_can_end(scene: Scene) -> None:
    content = jpeg()
    photo = scene.announce(content)
    location = scene.caller.create_upload(photo, content).headers["Location"]
    again = scene.caller.head_upload(location)
    assert (again.status_code, again.headers["Upload-Offset"]) == (200, str(len(content)))
    verify(receipt_in(again), photo, scene.running)
    assert problem(scene.caller.call("DELETE", location.removeprefix("/api/v1"), headers=TUS))[:2] == (403, "not_allowed")
    scene.running.district.add_person("stranger")
    assert scene.running.caller("stranger").head_upload(location).status_code == 410


def test_what_was_announced_is_told_again(scene: Scene) -> None:
    photo = scene.announce(jpeg())
    location = scene.caller.create_upload(photo).headers["Location"]
    assert scene.caller.head_upload(location).headers["Upload-Metadata"] == metadata_of(photo)


class Slow(PhotoStore):
    """While it reads the first part of an upload, someone else is faster with the same."""

    someone_else: Callable[[], None] | None = None

    def get(self, key: str) -> bytes:
        meanwhile, self.someone_else = self.someone_else, None
        if meanwhile:
            meanwhile()
        return super().get(key)


@pytest.mark.parametrize("right", [True, False])
def test_who_asks_while_another_request_puts_the_parts_together_gets_the_same_answer(scene: Scene, right: bool) -> None:
    """The last byte came, its answer was slow, and the laptop asked again."""
    content = jpeg(3_000)
    photo = scene.announce(content if right else jpeg(3_000, seed="other"))
    location = scene.caller.create_upload(photo, content[:1_000]).headers["Location"]
    store = Slow(LocalStore(scene.running.photos), scene.running.photos)
    faster: list[requests.Response] = []
    with serving(scene.running.district, store) as address:
        store.someone_else = lambda: faster.append(requests.head(scene.running.url + location, headers=scene.caller.headers, timeout=30))
        scene.caller.url = address
        slower = scene.caller.patch_upload(location, 1_000, content[1_000:])
    if right:
        assert (slower.status_code, faster[0].status_code) == (204, 200)
        assert receipt_in(slower) == receipt_in(faster[0])
        assert [file.read_bytes() for file in scene.files()] == [content]
    else:
        assert (slower.status_code, faster[0].status_code) == (410, 460)
        assert scene.files() == []


def test_no_upload_is_longer_than_a_photo_may_be(scene: Scene) -> None:
    answer = scene.caller.create_upload(scene.announce(jpeg()), **{"Upload-Length": str(MAX_PHOTO_BYTES + 1)})
    assert problem(answer) == (413, "too_large", "Upload-Length")


def test_a_body_that_does_not_say_that_it_is_a_piece_of_the_upload_is_refused(scene: Scene) -> None:
    content = jpeg()
    answer = scene.caller.create_upload(scene.announce(content), content, **{"Content-Type": "image/jpeg"})
    assert problem(answer) == (415, "wrong_encoding", "Content-Type")


def test_a_checksum_of_an_unknown_kind_is_refused_as_tus_says(scene: Scene) -> None:
    content = jpeg()
    answer = scene.caller.create_upload(scene.announce(content), content, **{"Upload-Checksum": "md5 XrY7u+Ae7tCTyyK7j1rNww=="})
    assert problem(answer) == (400, "wrong_request", "Upload-Checksum")


def test_every_answer_names_the_version_of_tus(scene: Scene) -> None:
    refused = [
        scene.caller.head_upload("/api/v1/photos/none"),
        scene.caller.call("POST", "/photos"),
        scene.caller.call("PUT", "/photos"),
        scene.caller.call("POST", "/photos", headers={"Fieldapp-Protocol": "99"}),
        scene.caller.call("POST", "/photos", headers={**TUS, "Content-Length": str(MAX_PHOTO_BYTES + 1)}),
    ]
    assert [answer.status_code for answer in refused] == [410, 412, 405, 426, 413]
    assert {answer.headers["Tus-Resumable"] for answer in refused} == {"1.0.0"}
