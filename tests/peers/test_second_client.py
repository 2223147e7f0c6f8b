"""PROTOCOL.md is enough: a client that was written from it, and imports nothing of ours, does a teacher's day."""

import ast
import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.support import second_client as program
from tests.support.district import PASSWORD, make_child
from tests.support.district_server import Running, jpeg

SecondClient = program.SecondClient


@pytest.fixture
def client(running: Running) -> Any:
    teacher = running.district.add_person("teacher")
    running.district.add_cases(7, teacher)
    client = SecondClient(running.url)
    client.sign_in("teacher", PASSWORD)
    return client


def a_visit(client: Any, case: Any, **values: Any) -> Any:
    return {
        "id": program.new_id(),
        "case_id": case["id"],
        "child_id": case["child_id"],
        "visited_on": "2026-06-10",
        "by": client.session["person_id"],
        "met": ["child", "grandparent"],
        "whereabouts": "this_house",
        "outcome": "wants_return",
        "causes": [],
        "note": "พบเด็กที่บ้าน",
        **values,
    }


def a_photo(visit: Any, content: bytes) -> Any:
    return {
        "id": program.new_id(),
        "visit_id": visit["id"],
        "case_id": visit["case_id"],
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "image/jpeg",
        "width": 800,
        "height": 600,
        "kind": "outside",
    }


def of_type(client: Any, name: str) -> list[Any]:
    return [body for (kind, _), body in client.records.items() if kind == name]


def test_it_imports_nothing_of_ours() -> None:
    tree = ast.parse(Path(program.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} & {"fieldapp", "tests"} == set()


def test_it_reads_everything_of_its_scope_in_small_pages(client: Any) -> None:
    assert client.pull(limit=5) > 1
    assert len(of_type(client, "case")) == len(of_type(client, "child")) == 7
    assert {case["assignee_id"] for case in of_type(client, "case")} == {client.session["person_id"]}
    assert client.pull() == 1


def test_a_visit_and_its_photos_are_received_with_receipts_that_hold(client: Any) -> None:
    client.pull()
    visit = a_visit(client, of_type(client, "case")[0])
    contents = [jpeg(3_000), jpeg(200_000, seed="large")]
    photos = [a_photo(visit, content) for content in contents]
    events = [client.event("visit.recorded", visit["id"], {"visit": visit})]
    events += [client.event("photo.added", photo["id"], {"photo": photo}) for photo in photos]
    assert {answer["status"] for answer in client.push(*events)} == {"accepted"}
    client.send_photo(photos[0], contents[0])
    client.send_photo(photos[1], contents[1], chunk=70_000)
    assert client.receipts.keys() == {event["id"] for event in events} | {photo["id"] for photo in photos}

    client.pull()
    stored = client.records["visit", visit["id"]]
    assert {name: stored[name] for name in visit} == visit
    assert [client.records["photo", photo["id"]]["stored"] for photo in photos] == [True, True]
    assert client.records["case", visit["case_id"]]["state"] == "wants_return"


def test_what_is_sent_twice_has_the_same_answer(client: Any) -> None:
    client.pull()
    visit = a_visit(client, of_type(client, "case")[0])
    event = client.event("visit.recorded", visit["id"], {"visit": visit})
    assert client.push(event) == client.push(event)
    (answer,) = client.push({**event, "made_at": "2026-06-10T00:00:00Z"})
    assert (answer["status"], answer["code"]) == ("rejected", "different_content")


def test_a_receipt_that_says_something_else_is_not_believed(client: Any) -> None:
    client.pull()
    visit = a_visit(client, of_type(client, "case")[0])
    event = client.event("visit.recorded", visit["id"], {"visit": visit})
    client.push(event)
    receipt, sha256 = client.receipts[event["id"]], client.sent[event["id"]]
    assert client.believes(receipt, event["id"], sha256)
    assert not client.believes(receipt, event["id"], "0" * 64)
    for name, value in (("sequence", receipt["sequence"] + 1), ("signature", "00" * 64), ("district_id", "4602"), ("sha256", "0" * 64)):
        assert not client.believes({**receipt, name: value}, event["id"], sha256)


def test_one_bad_event_does_not_hold_up_the_others(client: Any) -> None:
    client.pull()
    visit = a_visit(client, of_type(client, "case")[0])
    good = client.event("visit.recorded", visit["id"], {"visit": visit})
    unknown = client.event("dream.dreamt", visit["id"], {})
    wrong = client.event("visit.recorded", visit["id"], {"visit": {**visit, "outcome": "no such outcome"}})
    answers = client.push(unknown, good, wrong)
    assert [(answer["status"], answer["code"]) for answer in answers] == [
        ("rejected", "unknown_kind"),
        ("accepted", ""),
        ("rejected", "wrong_value"),
    ]
    assert answers[2]["field"] == "visit.outcome"


def test_two_people_change_one_field_and_someone_decides(client: Any, running: Running) -> None:
    client.pull()
    child = of_type(client, "child")[0]
    office = SecondClient(running.url)
    office.sign_in("officer", PASSWORD)
    office.pull()
    for one, village in ((office, "บ้านเหนือ"), (client, "บ้านใต้")):
        (answer,) = one.push(one.event("child.edited", child["id"], {"values": {"village": village}, "seen": {}}, child["version"]))
    assert (answer["status"], answer["fields"]) == ("conflict", ["village"])
    client.pull()
    (conflict,) = of_type(client, "conflict")
    assert (conflict["kept"], conflict["offered"], conflict["decided_event"]) == ("บ้านเหนือ", "บ้านใต้", None)
    decision = {"child_id": child["id"], "value": "บ้านใต้", "seen": conflict["kept_event"]}
    assert client.push(client.event("conflict.decided", conflict["id"], decision))[0]["status"] == "accepted"
    office.pull()
    assert office.records["child", child["id"]]["village"] == "บ้านใต้"


def test_a_case_that_goes_to_someone_else_leaves_and_a_late_visit_is_held(client: Any, running: Running) -> None:
    client.pull()
    case = of_type(client, "case")[0]
    running.district.assign(case["id"], running.district.add_person("after"))
    visit = a_visit(client, case)
    (answer,) = client.push(client.event("visit.recorded", visit["id"], {"visit": visit}))
    assert (answer["status"], answer["code"]) == ("held", "no_longer_yours")
    client.pull()
    assert ("case", case["id"]) not in client.records
    assert ("child", case["child_id"]) not in client.records
    assert len(of_type(client, "case")) == 6


def test_a_session_is_renewed_and_the_old_one_is_good_no_more(client: Any) -> None:
    old = dict(client.session)
    client.refresh()
    client.pull()
    client.session = old
    with pytest.raises(program.Refused) as refusal:
        client.refresh()
    assert refusal.value.code == "sign_in.session_ended"


def test_refusals_are_those_of_the_page(client: Any, running: Running) -> None:
    client.pull()
    stranger = make_child()
    running.district.add_case(None, child=stranger)
    (answer,) = client.push(client.event("child.edited", stranger.id, {"values": {"village": "x"}}, 1))
    assert (answer["status"], answer["code"]) == ("rejected", "not_yours")
    for body, code in (
        ({"events": [{}] * 501}, "batch_too_large"),
        ({"events": "x" * 1_100_000}, "too_large"),
        ({"event": []}, "wrong_value"),
    ):
        with pytest.raises(program.Refused) as refusal:
            client.call("POST", "/push", body=body)
        assert refusal.value.code == code
    # What no JSON can hold makes the whole body unreadable, whichever event it is in (§3).
    with pytest.raises(program.Refused) as refusal:
        client.call("POST", "/push", content=b'{"events": [{"id": "\\ud800"}]}', **{"Content-Type": "application/json"})
    assert refusal.value.code == "not_json"
