"""Signed in once, and then for as long as the district allows it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fieldapp.errors import ServerProblem, SignInNeeded
from fieldapp.sync.session import Signed, greet, sign_in
from tests.support.district import PASSWORD
from tests.support.faults import Fault
from tests.support.world import FieldLaptop, World


def _end_access(world: World) -> None:
    """All access tokens run out, as they do after a quarter of an hour."""
    with world.district.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE session_ SET access_expires_at = created_at WHERE district_id = %s", (world.district.id,))


def _refreshes(laptop: FieldLaptop) -> int:
    return laptop.line.calls["refresh"]


def test_the_password_opens_a_session(world: World) -> None:
    laptop = world.teacher("somying")
    session = sign_in(laptop.line, "somying", PASSWORD, laptop.store.identity.device_id, "โน้ตบุ๊ก")
    assert (greet(laptop.line).district_id, session.account) == (world.district.id, "somying")


def test_a_wrong_password_is_said_so(world: World) -> None:
    laptop = world.teacher("somying")
    with pytest.raises(SignInNeeded) as caught:
        sign_in(laptop.line, "somying", "ผิด", laptop.store.identity.device_id, "โน้ตบุ๊ก")
    assert caught.value.code == "sign_in.wrong_password"


def test_a_district_of_a_newer_protocol_is_named_before_a_password_is_sent(world: World) -> None:
    laptop = world.teacher("somying")
    laptop.line.alter("hello", lambda hello: type(hello)(**{**_fields(hello), "oldest_protocol": 2, "newest_protocol": 3}))
    with pytest.raises(ServerProblem) as caught:
        greet(laptop.line)
    assert (caught.value.code, caught.value.data) == ("protocol_unsupported", {"oldest": 2, "newest": 3, "address": ""})
    assert laptop.line.calls["sign_in"] == 0


def test_an_access_token_that_ran_out_is_renewed_in_passing(world: World) -> None:
    laptop = world.teacher()
    _end_access(world)
    assert laptop.sync().error is None
    assert _refreshes(laptop) == 1
    assert laptop.sync().error is None
    assert _refreshes(laptop) == 1


def test_a_renewed_session_outlives_the_program(world: World) -> None:
    laptop = world.teacher()
    _end_access(world)
    laptop.sync()
    laptop.restart()
    assert laptop.sync().error is None
    assert _refreshes(laptop) == 1


def test_an_answer_to_a_refresh_that_is_lost_does_not_sign_anyone_out(world: World) -> None:
    laptop = world.teacher()
    _end_access(world)
    laptop.line.fail(Fault.CUT_AFTER, on="refresh")
    assert laptop.sync().error is not None
    assert laptop.sync().error is None


def test_two_programs_on_one_profile_do_not_use_a_refresh_token_twice(world: World) -> None:
    laptop = world.teacher()
    first = Signed(laptop.store, laptop.line, laptop.now)
    second = Signed(laptop.store, laptop.line, laptop.now)
    for signed in (first, second):
        signed.call(lambda token: laptop.line.pull(token, 0))
    for signed in (first, second, first):
        _end_access(world)
        signed.call(lambda token: laptop.line.pull(token, 0))
    assert _refreshes(laptop) == 3


def test_uploads_at_the_same_time_renew_once(world: World) -> None:
    laptop = world.teacher()
    _end_access(world)
    signed = Signed(laptop.store, laptop.line, laptop.now)
    together = threading.Barrier(4)

    def pull() -> int:
        together.wait()
        return signed.call(lambda token: laptop.line.pull(token, 0)).sequence

    with ThreadPoolExecutor(4) as pool:
        assert len({future.result() for future in [pool.submit(pull) for _ in range(4)]}) == 1
    assert _refreshes(laptop) == 1


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE session_ SET ended_at = created_at WHERE district_id = %s", "sign_in.session_ended"),
        ("UPDATE account SET expires_on = '2020-01-01' WHERE district_id = %s", "sign_in.account_expired"),
    ],
)
def test_who_may_no_longer_is_told_why_and_keeps_everything(world: World, statement: str, code: str) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    with world.district.engine.begin() as connection:
        connection.exec_driver_sql(statement, (world.district.id,))
    result = laptop.sync()
    assert isinstance(result.error, SignInNeeded)
    assert result.error.code == code
    assert laptop.status(visit.id)[0] is None
    assert laptop.visit_here(visit.id) == visit


def _fields(hello: object) -> dict[str, object]:
    return {name: getattr(hello, name) for name in type(hello).__slots__}  # type: ignore[attr-defined]
