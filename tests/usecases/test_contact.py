"""Data is not opened after too long without contact, where the district wants it so; otherwise always."""

import datetime as dt
from pathlib import Path

import pytest

from fieldapp import client
from fieldapp.domain.clock import Measured
from fieldapp.domain.reference import Setting
from fieldapp.errors import StoreError
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import contact
from fieldapp.store.keys import unlock_key
from fieldapp.store.opening import open_store
from fieldapp.store.profiles import profile_dir
from tests.support.laptop import NOW, Clock
from tests.support.profiles import PASSPHRASE, Seat, a_seat


def _spoke(seat: Seat, days: str, at: dt.datetime = NOW) -> None:
    folder = profile_dir(seat.settings.data_dir, seat.profile.id)
    store = open_store(folder, unlock_key(folder, PASSPHRASE, Clock()))
    with store.writing() as connection:
        SqlRecords(connection, store.district_id).put([Setting("laptop", {"days_without_contact": days})])
        contact.write(connection, Measured(dt.timedelta(0), at))
    store.close()


def _open(seat: Seat, after: dt.timedelta) -> None:
    client.unlock(seat.settings, seat.profile.id, PASSPHRASE, Clock(NOW + after)).close()


def test_without_the_setting_it_opens_after_years(tmp_path: Path) -> None:
    _open(a_seat(tmp_path, 1), dt.timedelta(days=3_000))


@pytest.mark.parametrize("days", ["", "0", "many", "-5"])
def test_a_setting_that_says_nothing_locks_nobody_out(tmp_path: Path, days: str) -> None:
    seat = a_seat(tmp_path, 1)
    _spoke(seat, days)
    _open(seat, dt.timedelta(days=3_000))


def test_after_too_many_days_it_opens_only_when_the_district_has_answered(tmp_path: Path) -> None:
    seat = a_seat(tmp_path, 1)
    _spoke(seat, "60")
    _open(seat, dt.timedelta(days=60))
    with pytest.raises(StoreError) as caught:
        _open(seat, dt.timedelta(days=61))
    assert (caught.value.code, caught.value.data) == ("store.contact_needed", {"days": 61})
    _spoke(seat, "60", NOW + dt.timedelta(days=61))
    _open(seat, dt.timedelta(days=62))
