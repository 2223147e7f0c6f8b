"""A teacher with a visit that the district knows, and photos of it to be sent. Fixture: `scene`; use it with `running`."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from nacl.signing import VerifyKey

from fieldapp.domain.identifiers import PhotoId, new_id
from fieldapp.domain.payloads import PhotoAdded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.visit import Visit
from fieldapp.records.sql_records import SqlRecords
from fieldapp.wire import codec
from fieldapp.wire.messages import Status
from tests.support.district import make_child, make_event, make_visit, visit_event
from tests.support.district_server import Caller, Running


@dataclass
class Scene:
    """A teacher with a visit that the district knows."""

    running: Running
    caller: Caller
    visit: Visit

    def announce(self, content: bytes) -> Photo:
        """Push the record of a photo with these bytes."""
        sha256 = hashlib.sha256(content).hexdigest()
        photo = Photo(PhotoId(new_id()), self.visit.id, self.visit.case_id, sha256, len(content), "image/jpeg", 800, 600, PhotoKind.OUTSIDE)
        (answer,) = self.caller.push(make_event(PhotoAdded(photo), photo.id, self.visit.by))
        assert answer.status in (Status.ACCEPTED, Status.HELD), answer
        return photo

    def stored(self, photo: Photo) -> bool:
        with self.running.district.engine.connect() as connection:
            found = SqlRecords(connection, self.running.district.id).photo(photo.id)
        return found is not None and found.stored

    def files(self) -> list[Path]:
        return [path for path in self.running.photos.rglob("*") if path.is_file()]


@pytest.fixture
def scene(running: Running) -> Scene:
    return make_scene(running)


def make_scene(running: Running) -> Scene:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    visit = make_visit(case_id, child.id, teacher.id)
    caller = running.caller("teacher")
    caller.push(visit_event(visit))
    return Scene(running, caller, visit)


def receipt_in(answer: requests.Response) -> Receipt:
    return codec.decode(Receipt, base64.urlsafe_b64decode(answer.headers["Fieldapp-Receipt"]))


def verify(receipt: Receipt, photo: Photo, running: Running) -> None:
    assert (receipt.subject, receipt.sha256) == (photo.id, photo.sha256)
    VerifyKey(bytes.fromhex(running.district.found.signing_key)).verify(receipt.signed_bytes(), bytes.fromhex(receipt.signature))
