"""Telling the district the public keys of this profile, so that it knows the bundles that may come one day without a network."""

import datetime as dt
from http import HTTPStatus

from fieldapp.errors import ServerProblem
from fieldapp.store import device_keys
from fieldapp.store.device_keys import OwnKeys
from fieldapp.sync.round import Round
from fieldapp.wire.messages import DeviceKeys

# Told again now and then, since a district restored from a backup may have forgotten.
_TOLD_AGAIN_AFTER = dt.timedelta(days=30)
_OLD_DISTRICT = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED})


def public_keys(keys: OwnKeys) -> DeviceKeys:
    return DeviceKeys(keys.signing_public, keys.sealing_public)


def register_keys(run: Round) -> None:
    """One small request, where the district was not told of late. Profiles of an older program get their keys here."""
    with run.store.reading() as connection:
        keys, told_at = device_keys.read(connection), device_keys.registered_at(connection)
    now = run.now()
    if keys and told_at and abs(now - told_at) < _TOLD_AGAIN_AFTER:
        return
    if keys is None:
        with run.store.writing() as connection:
            keys = device_keys.read(connection) or device_keys.new_keys()
            device_keys.keep(connection, keys)
    message = public_keys(keys)
    try:
        run.signed.call(lambda token: run.transport.register_keys(token, message))
    except ServerProblem as problem:
        if problem.status in _OLD_DISTRICT:
            return  # it takes no bundles; that must not mar the sync
        raise
    with run.store.writing() as connection:
        device_keys.registered(connection, now)
