"""Several small photos in one request: each is answered for itself."""

import dataclasses
from collections.abc import Sequence

import pytest
import requests

from fieldapp.domain.identifiers import PhotoId, new_id
from fieldapp.domain.photo import Photo
from fieldapp.wire import codec, photo_group
from fieldapp.wire.bundle_parts import PhotoAnswer, PhotoAnswers, PhotoHead
from tests.support.district_server import Running, jpeg
from tests.support.photo_scene import Scene, make_scene, verify


def send(scene: Scene, photos: Sequence[Photo], pictures: Sequence[bytes]) -> tuple[PhotoAnswer, ...]:
    heads = [PhotoHead(photo.id, photo.sha256, len(picture)) for photo, picture in zip(photos, pictures, strict=True)]
    answer = post(scene, photo_group.pack(heads, pictures))
    assert answer.status_code == 200, answer.text
    answers = codec.decode(PhotoAnswers, answer.content).answers
    assert [one.photo_id for one in answers] == [photo.id for photo in photos]
    return answers


def post(scene: Scene, body: bytes, content_type: str = photo_group.CONTENT_TYPE) -> requests.Response:
    return scene.caller.call("POST", "/photos/together", data=body, headers={"Content-Type": content_type})


def refusal(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_each_is_stored_and_has_a_receipt(scene: Scene) -> None:
    pictures = [jpeg(seed=name) for name in "abc"]
    photos = [scene.announce(picture) for picture in pictures]
    cursor = scene.caller.pull().cursor
    for photo, answer in zip(photos, send(scene, photos, pictures), strict=True):
        assert answer.receipt is not None
        verify(answer.receipt, photo, scene.running)
        assert scene.caller.call("GET", f"/photos/{photo.id}/receipt").json()["signature"] == answer.receipt.signature
    assert {(change.id, change.body and change.body["stored"]) for change in scene.caller.pull(cursor).changes} == {
        (photo.id, True) for photo in photos
    }
    assert sorted(file.read_bytes() for file in scene.files()) == sorted(pictures)


def test_one_that_cannot_be_taken_stops_no_other(scene: Scene) -> None:
    no_picture = b"GIF89a" + bytes(500)
    pictures = [jpeg(), jpeg(seed="announced"), no_picture, jpeg(seed="unknown"), jpeg(1_000, seed="other size"), jpeg(seed="last")]
    photos = [scene.announce(picture) for picture in pictures]
    pictures[1] = jpeg(seed="sent")
    photos[3] = dataclasses.replace(photos[3], id=PhotoId(new_id()))
    pictures[4] = jpeg(900, seed="other size")
    photos[0] = dataclasses.replace(photos[0], sha256="0" * 64)
    answers = send(scene, photos, pictures)
    assert [(one.code, one.status, one.receipt is None) for one in answers] == [
        ("mismatch", 422, True),
        ("photo.wrong_hash", 460, True),
        ("photo.unreadable", 415, True),
        ("unknown_record", 404, True),
        ("mismatch", 422, True),
        ("", 0, False),
    ]
    assert [file.read_bytes() for file in scene.files()] == [pictures[5]]
    assert [scene.stored(photo) for photo in photos] == [False] * 5 + [True]


def test_asked_again_it_says_the_same_again(scene: Scene) -> None:
    pictures = [jpeg(seed=name) for name in "ab"]
    photos = [scene.announce(picture) for picture in pictures]
    first = send(scene, photos, pictures)
    assert send(scene, photos, pictures) == first
    # What is held is not looked at again.
    assert send(scene, photos, [bytes(len(picture)) for picture in pictures]) == first


def test_a_photo_that_comes_twice_has_one_receipt(scene: Scene) -> None:
    picture = jpeg()
    photo = scene.announce(picture)
    one, other = send(scene, [photo, photo], [picture, picture])
    assert one == other and one.receipt is not None


def test_two_photos_of_the_same_bytes_are_both_signed_for(scene: Scene) -> None:
    picture = jpeg()
    photos = [scene.announce(picture) for _ in range(2)]
    for photo, answer in zip(photos, send(scene, photos, [picture, picture]), strict=True):
        assert answer.receipt is not None
        verify(answer.receipt, photo, scene.running)


def test_another_persons_photo_is_not_taken(running: Running, scene: Scene) -> None:
    picture, own = jpeg(), jpeg(seed="own")
    photos = [scene.announce(picture), scene.announce(own)]
    running.district.add_person("stranger")
    scene.caller = running.caller("stranger")
    assert [one.code for one in send(scene, photos, [picture, own])] == ["not_yours", "not_yours"]
    assert scene.files() == []


HEAD = b'{"photos":[{"photo_id":"%s","sha256":"%s","size":%d}]}'
GIVEN = (new_id().encode(), b"0" * 64)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", (400, "not_json")),
        (b"\n", (400, "not_json")),
        (b"\xff\xd8\xff", (400, "not_json")),
        (b"{}\n", (422, "wrong_value")),
        (b'{"photos":[]}', (422, "wrong_value")),
        (HEAD % (*GIVEN, 3) + b"\nab", (422, "wrong_value")),
        (HEAD % (*GIVEN, 1) + b"\nab", (422, "wrong_value")),
        (HEAD % (*GIVEN, -2) + b"\n", (422, "wrong_value")),
        (HEAD % (b"a\\u0000", b"0" * 64, 2) + b"\nab", (422, "wrong_value")),
        (
            b'{"photos":[' + b",".join([b'{"photo_id":"a","sha256":"b","size":0}'] * (photo_group.MAX_TOGETHER + 1)) + b"]}\n",
            (413, "batch_too_large"),
        ),
        (bytes(photo_group.MAX_TOGETHER_BYTES + 1), (413, "too_large")),
    ],
)
def test_a_body_that_is_not_so_built_is_refused(scene: Scene, body: bytes, expected: tuple[int, str]) -> None:
    assert refusal(post(scene, body)) == expected


def test_a_group_of_nothing_is_answered_with_nothing(scene: Scene) -> None:
    assert send(scene, [], []) == ()


def test_only_the_announced_kind_of_body_is_read(scene: Scene) -> None:
    assert refusal(post(scene, b'{"photos":[]}\n', "application/json")) == (415, "wrong_encoding")


def test_who_is_signed_out_brings_nothing(running: Running) -> None:
    scene = make_scene(running)
    picture = jpeg()
    photo = scene.announce(picture)
    scene.caller.call("DELETE", "/session")
    body = photo_group.pack([PhotoHead(photo.id, photo.sha256, photo.size)], [picture])
    assert refusal(post(scene, body)) == (401, "sign_in.session_ended")
    assert scene.files() == []
