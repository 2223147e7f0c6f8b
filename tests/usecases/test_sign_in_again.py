"""A session that ended is begun anew with the password, against a real district server over HTTP; what was recorded stays and goes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from fieldapp import client
from fieldapp.client import Client
from fieldapp.config import Settings
from fieldapp.domain.visit import Met, Outcome
from fieldapp.errors import SignInNeeded
from fieldapp.server import tables as server_tables
from fieldapp.usecases.children import Delivery, ListFilter
from fieldapp.usecases.signing_in import FirstSignIn
from tests.support.district import PASSWORD, engine
from tests.support.district_server import Running, running

__all__ = ["engine", "running"]


@pytest.fixture
def opened(running: Running, tmp_path: Path) -> Iterator[Client]:
    """A teacher's laptop with one child, and a visit recorded after the district ended every session."""
    running.district.add_cases(1, running.district.add_person("somying"))
    settings = Settings(data_dir=tmp_path, resources=tmp_path, language="", has_screen=False)
    request = FirstSignIn(running.url, "somying", PASSWORD, "ข้าวเหนียว หมูปิ้ง", "ทดสอบ")
    made = client.sign_in(settings, request, lambda _progress: None, lambda: False)
    with running.district.engine.begin() as connection:
        connection.execute(update(server_tables.session).values(ended_at=made._now()))
    (row,) = made.children.page(ListFilter(), 0, 5)
    visit = made.visits.draft(row.case_id).visit
    made.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    made.visits.finish(row.case_id)
    yield made
    made.close()


def synced(opened: Client) -> object:
    return opened.syncing.run(lambda _progress: None, lambda: False).error


def test_an_ended_session_stops_the_sync_and_keeps_what_waits(opened: Client) -> None:
    error = synced(opened)
    assert isinstance(error, SignInNeeded)
    assert [item.delivery for item in opened.syncing.overview().items] == [Delivery.WAITING]


def test_a_wrong_password_is_refused_and_changes_nothing(opened: Client) -> None:
    with pytest.raises(SignInNeeded, match="sign_in.wrong_password"):
        opened.syncing.sign_in_again("wrong")
    assert isinstance(synced(opened), SignInNeeded)


def test_with_the_password_the_sync_goes_on(opened: Client) -> None:
    opened.syncing.sign_in_again(PASSWORD)
    assert synced(opened) is None
    assert [item.delivery for item in opened.syncing.overview().items] == [Delivery.RECEIVED]
