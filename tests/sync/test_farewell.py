"""A revoked device or a closed account: what was unsent is taken in as held, nothing is given out, and then the keys go."""

from pathlib import Path

import pytest
from sqlalchemy import update

from fieldapp.errors import StoreError
from fieldapp.server import tables
from fieldapp.server.access.accounts import close_account
from fieldapp.store.keys import create_key, sealed_key, unlock_key
from fieldapp.store.leaving import Leaving
from fieldapp.sync.progress import SyncResult
from tests.support.faults import Fault
from tests.support.profiles import FAST, PASSPHRASE
from tests.support.world import FieldLaptop, World

SEALING = "09" + "00" * 31


def _revoke(world: World, laptop: FieldLaptop) -> None:
    device = tables.device
    with world.district.engine.begin() as connection:
        connection.execute(update(device).where(device.c.id == laptop.store.identity.device_id).values(revoked_at=laptop.now()))


def _close(world: World, laptop: FieldLaptop) -> None:
    with world.district.engine.begin() as connection:
        close_account(connection, world.district.id, laptop.store.person_id, laptop.now())


@pytest.mark.parametrize(("bar", "why"), [(_revoke, "device_revoked"), (_close, "account_closed")])
def test_what_was_unsent_is_held_with_a_receipt_and_nothing_is_given_out(world: World, bar, why: str) -> None:  # type: ignore[no-untyped-def]
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    bar(world, laptop)
    unseen = world.district.add_case(world.district.people["somying"])
    result = laptop.sync()
    assert (result.farewell, result.held, result.pulled) == (why, 1, 0)
    assert laptop.status(visit.id) == ("held", why, "")
    assert laptop.receipt_of(visit.id) is not None
    assert world.visits(case_id) == []
    assert unseen not in laptop.case_ids()


def test_even_when_the_access_token_ran_out_long_ago(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    _revoke(world, laptop)
    with world.district.engine.begin() as connection:
        connection.execute(update(tables.session).values(access_expires_at=tables.session.c.created_at))
    assert laptop.sync().farewell == "device_revoked"
    assert world.events(visit.id) == 1


@pytest.mark.parametrize("on", ["push", "farewell"])
@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.HALF_JSON, Fault.ERROR_AFTER])
def test_a_farewell_that_is_cut_is_said_again(world: World, fault: Fault, on: str) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    _revoke(world, laptop)
    laptop.line.fail(fault, on, at=2 if on == "push" else 1)
    results = [laptop.sync() for _ in range(3)]
    assert [result.farewell for result in results][-1] == "device_revoked"
    assert world.events(visit.id) == 1


def test_a_word_that_the_district_did_not_sign_ends_nothing(world: World) -> None:
    from dataclasses import replace

    laptop = world.teacher()
    laptop.sync()
    _revoke(world, laptop)
    laptop.line.alter("farewell", lambda receipt: replace(receipt, signature="00" * 64))
    assert laptop.sync().farewell == ""


def test_after_the_farewell_the_district_listens_no_more(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    _revoke(world, laptop)
    assert laptop.sync().farewell
    visit = laptop.visit(case_id)
    result: SyncResult = laptop.sync()
    assert (result.pushed, result.farewell) == (0, "")
    assert world.events(visit.id) == 0


def test_who_is_not_barred_gets_no_farewell(world: World) -> None:
    laptop = world.teacher()
    laptop.sync()
    with pytest.raises(Exception, match="not_allowed"):
        laptop.line.inner.farewell(_token(laptop))


def test_the_keys_go_and_where_nothing_is_unsent_the_folder_too(world: World) -> None:
    laptop = world.teacher()
    create_key(laptop.folder, PASSPHRASE, SEALING, FAST)
    leaving = Leaving(laptop.store)
    leaving.begin()
    assert not list(laptop.folder.glob("*key*"))
    laptop.store.close()
    leaving.finish()
    assert not laptop.folder.exists()


def test_what_stays_unsent_stays_sealed_for_the_district_alone(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    laptop.visit(case_id)
    create_key(laptop.folder, PASSPHRASE, SEALING, FAST)
    sealed = sealed_key(laptop.folder)
    leaving = Leaving(laptop.store)
    leaving.begin()
    leaving.finish()
    assert _names(laptop.folder) >= {"records.db", "photos.db", "sealed-key"}
    assert sealed_key(laptop.folder) == sealed
    with pytest.raises(StoreError, match=r"store\.access_ended"):
        unlock_key(laptop.folder, PASSPHRASE, laptop.now)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _token(laptop: FieldLaptop) -> str:
    from fieldapp.sync.session import Signed

    return Signed(laptop.store, laptop.line, laptop.now).use_last_token()
