"""A person's first sign-in on this computer, up to an empty profile that the first sync can fill."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.domain.identifiers import DeviceId, PersonId, new_id
from fieldapp.store import device_keys
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.keys import create_key
from fieldapp.store.opening import create_store
from fieldapp.store.profiles import Profile, profile_dir, write_profile
from fieldapp.sync.address import server_address
from fieldapp.sync.device_keys import public_keys
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.session import keep_session, sign_in
from fieldapp.usecases.signing_in import FirstSignIn


def first_sign_in(data_dir: Path, request: FirstSignIn, language: str, now: Callable[[], dt.datetime]) -> tuple[Store, Profile]:
    """Ask the district, then make the profile. Raises Offline, ServerProblem, SignInNeeded or StoreError, and then nothing was made."""
    address = server_address(request.address)
    device_id = DeviceId(new_id())
    keys = device_keys.new_keys()
    transport = HttpTransport(address, now=now)
    try:
        hello, session = sign_in(transport, request.account, request.password, device_id, request.device_name, public_keys(keys))
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
