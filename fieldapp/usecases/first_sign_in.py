"""A person's first sign-in on this computer, up to an empty profile that the first sync can fill."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.domain.identifiers import DeviceId, PersonId, new_id
from fieldapp.errors import SignInNeeded
from fieldapp.store import device_keys
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.keys import create_key
from fieldapp.store.opening import create_store
from fieldapp.store.profiles import Profile, profile_dir, write_profile
from fieldapp.sync.address import server_address
from fieldapp.sync.device_keys import public_keys
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.session import greet, keep_session, sign_in
from fieldapp.usecases.signing_in import Asked, FirstSignIn, Found
from fieldapp.wire.connection import looks_like_code
from fieldapp.wire.messages import RedeemCode


def look_up(asked: Asked, now: Callable[[], dt.datetime]) -> Found:
    """Who answers, and whether a code that was typed could set a password. Nothing is changed anywhere. Raises Offline, ServerProblem or
    SignInNeeded."""
    address = server_address(asked.address)
    transport = HttpTransport(address, now=now)
    try:
        hello = greet(transport, asked.key)
        is_code = looks_like_code(asked.secret) and _is_good(transport, asked)
    finally:
        transport.close()
    return Found(hello.district_name, address, is_code)


def _is_good(transport: HttpTransport, asked: Asked) -> bool:
    try:
        transport.redeem_code(RedeemCode(asked.account, asked.secret))
    except SignInNeeded as refusal:
        # Twelve letters in a row may as well be a password, which the district is asked about later.
        if refusal.code == "sign_in.wrong_code" and asked.secret.strip().isalnum():
            return False
        raise
    return True


def first_sign_in(data_dir: Path, request: FirstSignIn, language: str, now: Callable[[], dt.datetime]) -> tuple[Store, Profile]:
    """Ask the district, then make the profile. Raises Offline, ServerProblem, SignInNeeded or StoreError, and then nothing was made."""
    address = server_address(request.address)
    device_id = DeviceId(new_id())
    keys = device_keys.new_keys()
    transport = HttpTransport(address, now=now)
    try:
        hello = greet(transport, request.key)
        if request.code:
            # Safe to repeat: where the answer is lost, the same code with the same password is taken again.
            transport.redeem_code(RedeemCode(request.account, request.code, request.password))
        session = sign_in(transport, request.account, request.password, device_id, request.device_name, public_keys(keys))
    finally:
        transport.close()
    identity = Identity(
        district_id=hello.district_id,
        person_id=PersonId(session.person_id),
        device_id=device_id,
        account=session.account,
        person_name=session.name,
        role=session.role,
        school_code=session.school_code,
        server_address=address,
        signing_key=hello.signing_key,
        sealing_key=hello.sealing_key,
    )
    profile = Profile(
        id=new_id(),
        person_name=session.name,
        account=session.account,
        role=session.role.value,
        school_name="",
        district_name=hello.district_name,
        server_address=address,
        last_used_at=now(),
        language=language,
    )
    with _new_folder(profile_dir(data_dir, profile.id)) as folder:
        store = create_store(folder, create_key(folder, request.passphrase, identity.sealing_key), identity)
        try:
            keep_session(store, session)
            with store.writing() as connection:
                device_keys.keep(connection, keys)
                device_keys.registered(connection, now())
            # Last, so that half a profile is never offered on the unlock screen.
            write_profile(folder, profile)
        except BaseException:
            store.close()
            raise
    return store, profile


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
