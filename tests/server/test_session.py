"""Signing in, staying signed in, being thrown out."""

import datetime as dt

import pytest
from argon2 import PasswordHasher

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.server.access import accounts, sign_in
from fieldapp.wire import codec
from fieldapp.wire.messages import Refresh, Session
from tests.support.district_server import Caller, Running, server_of


def refresh(caller: Caller, token: str, device_id: str | None = None) -> "tuple[int, str, Session | None]":
    message = Refresh(token, device_id or caller.device_id)
    answer = caller.call("POST", "/session/refresh", data=codec.encode(message), headers={"Content-Type": "application/json"})
    session = codec.decode(Session, answer.content) if answer.status_code == 200 else None
    return answer.status_code, "" if session else answer.json()["code"], session


def code_of_pull(caller: Caller) -> tuple[int, str]:
    answer = caller.call("GET", "/pull", params={"cursor": 0})
    return answer.status_code, "" if answer.status_code == 200 else answer.json()["code"]


def test_a_session_tells_who_signed_in(running: Running) -> None:
    person = running.district.add_person("Somchai.K", Role.SCHOOL_HEAD)
    session = running.caller(" somchai.k ").session
    assert session is not None
    assert (session.person_id, session.account, session.name, session.role, session.school_code, session.district_id) == (
        person.id,
        "somchai.k",
        person.name,
        Role.SCHOOL_HEAD,
        person.school_code,
        running.district.id,
    )


@pytest.mark.parametrize("account", ["teacher", "nobody"])
def test_a_wrong_password_and_an_unknown_account_look_the_same(running: Running, account: str) -> None:
    running.district.add_person("teacher")
    answer = running.stranger().try_sign_in(account, "ไม่ใช่รหัสผ่าน")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in.wrong_password")


def test_the_password_that_stands_for_nobody_is_hashed_like_everyones() -> None:
    assert not PasswordHasher().check_needs_rehash(accounts._NOBODY)


def test_guessing_passwords_is_stopped_for_the_account_and_not_for_others(running: Running) -> None:
    running.district.add_person("teacher")
    running.district.add_person("other")
    guesser = running.stranger()
    codes = {guesser.try_sign_in("teacher", f"guess {number}").status_code for number in range(sign_in.TRIES_PER_ACCOUNT)}
    assert codes == {401}
    stopped = guesser.try_sign_in("teacher")
    assert (stopped.status_code, stopped.json()["code"]) == (429, "rate_limited")
    assert 0 < int(stopped.headers["Retry-After"]) <= sign_in.WINDOW.total_seconds()
    assert running.caller("other").pull().sequence > 0


def test_a_refresh_token_gives_a_new_session_once(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.session is not None
    first = caller.session
    status, _, second = refresh(caller, first.refresh_token)
    assert status == 200
    assert second is not None
    assert second.refresh_token != first.refresh_token
    caller.use(second)
    assert code_of_pull(caller) == (200, "")


def test_a_used_refresh_token_that_comes_again_ends_the_whole_family(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.session is not None
    first = caller.session
    _, _, second = refresh(caller, first.refresh_token)
    assert second is not None
    caller.use(second)
    assert code_of_pull(caller) == (200, "")
    assert refresh(caller, first.refresh_token)[:2] == (401, "sign_in.session_ended")
    assert code_of_pull(caller) == (401, "sign_in.session_ended")
    assert refresh(caller, second.refresh_token)[:2] == (401, "sign_in.session_ended")


def test_a_client_whose_answer_was_lost_may_refresh_again(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.session is not None
    first = caller.session
    _, _, lost = refresh(caller, first.refresh_token)
    _, _, second = refresh(caller, first.refresh_token)
    assert second is not None
    assert lost is not None
    caller.use(lost)
    assert code_of_pull(caller) == (401, "sign_in.session_ended")
    caller.use(second)
    assert code_of_pull(caller) == (200, "")


def test_a_refresh_token_is_good_on_its_own_device_only(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.session is not None
    assert refresh(caller, caller.session.refresh_token, new_id())[:2] == (401, "sign_in.session_ended")
    assert code_of_pull(caller) == (401, "sign_in.session_ended")


def test_signing_out_ends_the_session(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.session is not None
    assert caller.call("DELETE", "/session").status_code == 204
    assert code_of_pull(caller) == (401, "sign_in.session_ended")
    assert refresh(caller, caller.session.refresh_token)[:2] == (401, "sign_in.session_ended")


def test_an_access_token_is_good_for_minutes_and_a_refresh_token_for_days(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.session is not None
    now = dt.datetime.now(dt.UTC)
    with server_of(running.district, running.photos, lambda: now + dt.timedelta(minutes=16)) as later:
        caller.url = later.url
        assert code_of_pull(caller) == (401, "sign_in.session_ended")
        _, _, second = refresh(caller, caller.session.refresh_token)
        assert second is not None
    with server_of(running.district, running.photos, lambda: now + dt.timedelta(days=31)) as much_later:
        caller.url = much_later.url
        assert refresh(caller, second.refresh_token)[:2] == (401, "sign_in.session_ended")


def test_a_revoked_device_is_refused_everywhere(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.session is not None
    running.district.add_person("admin", Role.ADMIN, "")
    assert running.caller("admin").call("POST", f"/devices/{caller.device_id}/revoke").status_code == 204
    assert code_of_pull(caller) == (403, "sign_in.device_revoked")
    assert refresh(caller, caller.session.refresh_token)[:2] == (403, "sign_in.device_revoked")
    again = caller.try_sign_in("teacher")
    assert (again.status_code, again.json()["code"]) == (403, "sign_in.device_revoked")
    assert running.caller("teacher").pull().sequence > 0


def test_a_closed_account_is_refused_everywhere(running: Running) -> None:
    person = running.district.add_person("teacher")
    caller = running.caller("teacher")
    running.district.add_person("admin", Role.ADMIN, "")
    assert running.caller("admin").call("POST", f"/accounts/{person.id}/close").status_code == 204
    assert code_of_pull(caller) == (403, "sign_in.account_closed")
    again = running.stranger().try_sign_in("teacher")
    assert (again.status_code, again.json()["code"]) == (403, "sign_in.account_closed")


def test_an_account_ends_with_its_last_day_in_thailand(running: Running) -> None:
    running.district.add_person("guest", expires_on=dt.date(2026, 12, 31))

    def code_at(moment: dt.datetime) -> tuple[int, str]:
        with server_of(running.district, running.photos, lambda: moment) as server:
            answer = server.stranger().try_sign_in("guest")
            return answer.status_code, "" if answer.status_code == 200 else answer.json()["code"]

    assert code_at(dt.datetime(2026, 12, 31, 16, 59, tzinfo=dt.UTC)) == (200, "")
    assert code_at(dt.datetime(2026, 12, 31, 17, 1, tzinfo=dt.UTC)) == (403, "sign_in.account_expired")


def test_passwords_and_tokens_are_kept_as_hashes_only(running: Running) -> None:
    running.district.add_person("teacher")
    session = running.caller("teacher").session
    assert session is not None
    with running.district.engine.connect() as connection:
        kept = [
            str(tuple(row))
            for table in ("account", "session_", "sign_in_failure")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    text = "\n".join(kept)
    assert session.access_token not in text
    assert session.refresh_token not in text
    assert "พาน้องกลับมาเรียน" not in text
