"""What the server says of itself at /openapi.json is true, whatever it is sent: schemathesis asks it as each of three people.

`make test` sends some hundreds of requests, always the same ones; `make soak` thousands of new ones.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.server.access.auth import open_session
from fieldapp.wire import codec
from tests.support.district import PASSWORD, make_child, make_visit, visit_event
from tests.support.district_server import Caller, Running, jpeg, metadata_of
from tests.support.photo_scene import Scene

TRUTHS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = (Role.TEACHER, Role.SCHOOL_HEAD, Role.ADMIN)
IN_ALL_TESTS = 600
IN_SOAK = 6_000
SOAK_PARTS = 10


@schemathesis.serializer("application/offset+octet-stream")
def as_bytes(context: Any, value: Any) -> Any:
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@dataclass
class Asked:
    """A district with everything in it, the people who ask, and ids that are real."""

    running: Running
    callers: dict[Role, Caller]
    real: dict[str, list[Any]]
    events: list[Any]
    requests: int = 0

    def sign_in_again(self, role: Role) -> None:
        """Without a password, since wrong ones from this address are counted."""
        caller, district = self.callers[role], self.running.district
        assert caller.session is not None
        now = dt.datetime.now(dt.UTC)
        with district.engine.begin() as connection:
            caller.use(open_session(connection, district.id, caller.session.person_id, caller.device_id, "test", now))


@pytest.fixture
def asked(scene: Scene) -> Asked:
    district, running = scene.running.district, scene.running
    teacher = district.people["teacher"]
    district.add_person("head", Role.SCHOOL_HEAD)
    district.add_person("admin", Role.ADMIN, "")
    victim = district.add_person("victim")
    spare = running.caller("victim")
    content = jpeg(5_000)
    stored, waiting = scene.announce(content), scene.announce(jpeg(6_000, seed="waiting"))
    scene.caller.create_upload(stored, content)
    upload = scene.caller.create_upload(waiting, jpeg(6_000, seed="waiting")[:1_000]).headers["Location"].rpartition("/")[2]
    children = [make_child() for _ in range(3)]
    cases = district.add_cases(3, teacher, children=children)
    visits = [make_visit(case_id, child.id, teacher.id) for case_id, child in zip(cases, children, strict=True)]
    return Asked(
        running,
        {Role.TEACHER: scene.caller, Role.SCHOOL_HEAD: running.caller("head"), Role.ADMIN: running.caller("admin")},
        {
            "upload_id": [upload, stored.id, waiting.id],
            "photo_id": [stored.id, waiting.id, new_id()],
            "sha256": [stored.sha256, waiting.sha256],
            "person_id": [victim.id],
            "device_id": [spare.device_id],
            "case_ids": [list(cases), cases[:1]],
            "school_code": ["46030001", "46030009"],
            "assignee": [teacher.id],
            "account": ["victim", "new-one"],
            "password": [PASSWORD],
            "Upload-Length": ["6000", "5000"],
            "Upload-Metadata": [metadata_of(stored), metadata_of(waiting)],
            "Upload-Offset": ["1000", "0"],
        },
        [codec.event_to_wire(visit_event(visit)) for visit in visits],
    )


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_one_that_the_description_promises(asked: Asked, role: Role) -> None:
    ask_everything(asked, role, IN_ALL_TESTS // len(ROLES), derandomize=True)


@pytest.mark.soak
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("part", range(SOAK_PARTS))
def test_every_answer_is_one_that_the_description_promises_for_thousands_of_requests(asked: Asked, role: Role, part: int) -> None:
    ask_everything(asked, role, IN_SOAK // len(ROLES) // SOAK_PARTS, derandomize=False)
    assert asked.requests >= IN_SOAK // len(ROLES) // SOAK_PARTS


def ask_everything(asked: Asked, role: Role, requests: int, *, derandomize: bool) -> None:
    description = schemathesis.openapi.from_url(f"{asked.running.url}/openapi.json")
    operations = [found.ok() for found in description.get_all_operations()]
    problems = []
    for operation in operations:
        examples = settings(
            max_examples=-(-requests // len(operations)),
            derandomize=derandomize,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
            print_blob=True,
        )
        try:
            examples(_asking(asked, role, operation))()
        except Exception as error:  # noqa: BLE001 - all operations are asked before the test says what it found
            problems.append(error)
    if problems:
        raise ExceptionGroup("what the description does not promise", problems)


def _asking(asked: Asked, role: Role, operation: Any) -> Any:
    fitting = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    unfit = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    caller = asked.callers[role]

    @given(case=st.one_of(fitting, fitting, unfit), data=st.data())
    def ask(case: Any, data: st.DataObject) -> None:
        _season(case, asked, data)
        known = {**caller.headers} if data.draw(st.integers(0, 99)) < 97 else {}
        if "Tus-Resumable" not in (case.headers or {}):
            known.pop("Tus-Resumable", None)
        answer = case.call(base_url=asked.running.url, headers=known, timeout=60)
        asked.requests += 1
        if answer.status_code == 401 or (operation.label == "DELETE /api/v1/session" and answer.status_code == 204):
            asked.sign_in_again(role)
        case.validate_response(answer, checks=TRUTHS)

    return ask


def _season(case: Any, asked: Asked, data: st.DataObject) -> None:
    """Real ids in some places, so that what lies behind the first check is reached too."""
    for place in (case.path_parameters, case.query, case.headers, case.body):
        if not isinstance(place, dict) and not hasattr(place, "items"):
            continue
        for name in list(place):
            if name in asked.real and data.draw(st.booleans()):
                place[name] = data.draw(st.sampled_from(asked.real[name]))
    if isinstance(case.body, dict) and isinstance(case.body.get("events"), list):
        case.body["events"] += data.draw(st.lists(st.sampled_from(asked.events), max_size=2))
