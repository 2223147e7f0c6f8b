"""The district server over real HTTP, and a laptop-like caller on `requests`.

Fixture: `running` (a fresh district each test).
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import Engine

from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.photo import Photo
from fieldapp.wire import codec, version
from fieldapp.wire.messages import Answer, PullPage, PushAnswer, Session, SignIn
from tests.support.district import PASSWORD, TestDistrict, make_district
from tests.support.running import serving

TUS = {"Tus-Resumable": "1.0.0"}


class Running:
    """A server at `url` for a district."""

    def __init__(self, url: str, district: TestDistrict, photos: Path) -> None:
        self.url = url
        self.district = district
        self.photos = photos

    def caller(self, account: str, device_id: str | None = None) -> "Caller":
        """Signed in as this account, on a device of its own."""
        caller = Caller(self.url, device_id or new_id())
        caller.sign_in(account)
        return caller

    def stranger(self) -> "Caller":
        return Caller(self.url, new_id())


class Caller:
    """What a laptop does over HTTP, without its store."""

    def __init__(self, url: str, device_id: str) -> None:
        self.url = url
        self.device_id = device_id
        self.http = requests.Session()
        self.http.headers[version.HEADER] = str(version.NEWEST)
        self.session: Session | None = None

    def sign_in(self, account: str, password: str = PASSWORD) -> Session:
        answer = self.try_sign_in(account, password)
        assert answer.status_code == 200, answer.text
        self.use(codec.decode(Session, answer.content))
        assert self.session is not None
        return self.session

    def try_sign_in(self, account: str, password: str = PASSWORD) -> requests.Response:
        message = SignIn(account, password, self.device_id, "โน้ตบุ๊กทดสอบ")
        return self.call("POST", "/session", data=codec.encode(message), headers={"Content-Type": "application/json"})

    def use(self, session: Session) -> None:
        self.session = session
        self.http.headers["Authorization"] = f"Bearer {session.access_token}"

    @property
    def token(self) -> str:
        assert self.session is not None
        return self.session.access_token

    @property
    def headers(self) -> dict[str, str]:
        """Of a tus request by this caller, for a line of its own: `http` is one line."""
        return {**TUS, version.HEADER: str(version.NEWEST), "Authorization": f"Bearer {self.token}"}

    def call(self, method: str, path: str, **how: Any) -> requests.Response:
        return self.http.request(method, f"{self.url}/api/v1{path}", timeout=30, **how)

    def push(self, *events: Event) -> tuple[Answer, ...]:
        return self.push_raw([codec.event_to_wire(event) for event in events])

    def push_raw(self, events: list[Any]) -> tuple[Answer, ...]:
        answer = self.call("POST", "/push", json={"events": events})
        assert answer.status_code == 200, answer.text
        return codec.decode(PushAnswer, answer.content).answers

    def pull(self, cursor: int = 0, limit: int | None = None) -> PullPage:
        answer = self.call("GET", "/pull", params={"cursor": cursor, **({"limit": limit} if limit else {})})
        assert answer.status_code == 200, answer.text
        return codec.decode(PullPage, answer.content)

    def ids(self, type_name: str) -> set[str]:
        """The ids of all records of a type in this caller's scope."""
        return {change.id for change in self.pull().changes if change.type == type_name and not change.left}

    def create_upload(self, photo: Photo, content: bytes = b"", **headers: str) -> requests.Response:
        given = {**TUS, "Upload-Length": str(photo.size), "Upload-Metadata": metadata_of(photo), **headers}
        if content:
            given.setdefault("Content-Type", "application/offset+octet-stream")
        return self.call("POST", "/photos", data=content, headers=given)

    def patch_upload(self, location: str, offset: int, content: bytes, **headers: str) -> requests.Response:
        given = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream", **headers}
        return self.call("PATCH", location.removeprefix("/api/v1"), data=content, headers=given)

    def head_upload(self, location: str) -> requests.Response:
        return self.call("HEAD", location.removeprefix("/api/v1"), headers=TUS)

    def close(self) -> None:
        self.http.close()


def metadata_of(photo: Photo) -> str:
    pairs = {"photo_id": photo.id, "sha256": photo.sha256, "filetype": photo.media_type}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


def jpeg(size: int = 2_000, seed: str = "") -> bytes:
    """Bytes that begin like a JPEG."""
    noise = hashlib.shake_256(f"{size}{seed}".encode()).digest(size)
    return b"\xff\xd8\xff\xe0" + noise[4:]


@contextmanager
def server_of(district: TestDistrict, photos: Path, clock: Callable[[], dt.datetime] | None = None) -> Iterator[Running]:
    with serving(district, photos, clock) as url:
        yield Running(url, district, photos)


@pytest.fixture
def running(engine: Engine, tmp_path: Path) -> Iterator[Running]:
    with server_of(make_district(engine), tmp_path / "photos") as server:
        yield server
