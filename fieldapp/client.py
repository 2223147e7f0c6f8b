"""The laptop's composition root, without Qt: profiles, first sign-in, unlock, and the use cases of an open profile.

Importing it and listing profiles costs next to nothing: the unlock screen waits for it. Everything heavy is imported when a profile is
opened; `warm_up` does it beforehand, while the person types.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.config import Settings
from fieldapp.errors import FieldappError, StoreError
from fieldapp.store import profiles
from fieldapp.store.profiles import Profile as Profile  # the windows read it from here

if TYPE_CHECKING:
    from fieldapp.store.engine import Store
    from fieldapp.store.identity import Identity
    from fieldapp.store.in_use import InUse
    from fieldapp.sync.progress import SyncProgress
    from fieldapp.sync.transport import Transport
    from fieldapp.usecases.repair import Repair
    from fieldapp.usecases.signing_in import Asked, FirstSignIn, Found

Clock = Callable[[], dt.datetime]


def local_now() -> dt.datetime:
    """This computer's clock, with its zone."""
    return dt.datetime.now().astimezone()


def list_profiles(settings: Settings) -> tuple[Profile, ...]:
    """Whom this computer knows, last used first."""
    return profiles.list_profiles(settings.data_dir)


def warm_up() -> None:
    """Load what unlocking needs. Called from a thread of its own while the unlock screen waits for the passphrase."""
    import fieldapp.store.keys
    import fieldapp.store.opening
    import fieldapp.usecases.syncing
    import fieldapp.usecases.today
    import fieldapp.usecases.visits  # noqa: F401


def unlock(settings: Settings, profile_id: str, passphrase: str, now: Clock = local_now, *, beside_window: bool = False) -> "Client":
    """Open a profile. Raises StoreError: wrong_passphrase, too_many_tries, damaged, newer, disk_full, busy (another window has it open;
    `beside_window` does not mind)."""
    from fieldapp.store.in_use import InUse
    from fieldapp.store.keys import unlock_key
    from fieldapp.store.opening import open_store

    folder = profiles.profile_dir(settings.data_dir, profile_id)
    key = unlock_key(folder, passphrase, now)
    in_use = None if beside_window else InUse(folder)
    try:
        store = open_store(folder, key)
    except BaseException:
        if in_use is not None:
            in_use.release()
        raise
    known = profiles.read_profile(folder)
    profile = profiles.used_now(folder, known or _profile_of(profile_id, store.identity), now())
    client = Client(store, profile, now, in_use)
    if known is None:
        client.name_school()
    client.stay_in_contact()
    return client


def repair(settings: Settings, profile_id: str, passphrase: str, now: Clock = local_now) -> "Repair":
    """For a profile that `unlock` found damaged. Raises StoreError as `unlock` does where the passphrase or the key is the trouble."""
    from fieldapp.store.keys import unlock_key
    from fieldapp.usecases.repair import Repair

    folder = profiles.profile_dir(settings.data_dir, profile_id)
    return Repair(folder, unlock_key(folder, passphrase, now), now)


def practise(settings: Settings, language: str, theme: str = "", now: Clock = local_now) -> "Client":
    """An invented teacher with invented children; gone when it is closed, and nothing of it is ever sent."""
    from fieldapp.usecases import practice

    store, profile, in_use = practice.begin(settings.data_dir, language, theme, now)
    return Client(store, profile, now, in_use)


def forget_practice(settings: Settings) -> None:
    """Remove what a program that was killed while someone practised has left."""
    from fieldapp.store import practice

    practice.sweep(settings.data_dir)


def look_up(asked: "Asked", now: Clock = local_now) -> "Found":
    """Before a first sign-in: who answers at this address, and whether a one-time code is good. Raises Offline, ServerProblem or
    SignInNeeded."""
    from fieldapp.usecases import first_sign_in

    return first_sign_in.look_up(asked, now)


def sign_in(
    settings: Settings,
    request: "FirstSignIn",
    on_progress: "Callable[[SyncProgress], None]",
    is_cancelled: Callable[[], bool],
    now: Clock = local_now,
) -> "Client":
    """The first sign-in of a person on this computer: who is the district, who am I to it, a new profile, and the first download.

    Raises Offline, ServerProblem, SignInNeeded or StoreError, and then there is no profile. Once there is one it stays: a download that
    was cut is told by `Client.cut_by`, one that the person stopped by `Client.stopped`, and the next sync goes on where it stopped.
    """
    from fieldapp.store.in_use import InUse
    from fieldapp.usecases.first_sign_in import first_sign_in

    store, profile = first_sign_in(settings.data_dir, request, settings.language, now)
    client = Client(store, profile, now, InUse(store.folder))
    try:
        client.cut_by = client.syncing.run(on_progress, is_cancelled).error
        client.stopped = is_cancelled()
        client.name_school()
    except StoreError as error:
        client.cut_by = error
    return client


def _profile_of(profile_id: str, identity: "Identity") -> Profile:
    """What the unlock screen shows, from the encrypted file; the district's name is the only thing that is not there."""
    return Profile(
        id=profile_id,
        person_name=identity.person_name,
        account=identity.account,
        role=identity.role.value,
        school_name="",
        district_name="",
        server_address=identity.server_address,
    )


class Client:
    """One open profile. Its methods are called on the store's lane; `forbid_thread` keeps the window's thread out."""

    def __init__(self, store: "Store", profile: Profile, now: Clock, in_use: "InUse | None" = None) -> None:
        from fieldapp.store.roll import Roll
        from fieldapp.usecases.bundles import Bundles
        from fieldapp.usecases.care import Care
        from fieldapp.usecases.caring import Caring
        from fieldapp.usecases.children import Children
        from fieldapp.usecases.clock import CorrectedClock
        from fieldapp.usecases.conflicts import Conflicts
        from fieldapp.usecases.family import Family
        from fieldapp.usecases.filling import Filling
        from fieldapp.usecases.follow_ups import FollowUps
        from fieldapp.usecases.help_lines import HelpLines
        from fieldapp.usecases.helpdesk import Helpdesk
        from fieldapp.usecases.mending import Mending
        from fieldapp.usecases.originals import Originals
        from fieldapp.usecases.papers.filing import Papers
        from fieldapp.usecases.papers.printing import Prints
        from fieldapp.usecases.phone_pictures import PhonePictures
        from fieldapp.usecases.photos import Photos
        from fieldapp.usecases.preferences import Preferences
        from fieldapp.usecases.referring import Referring
        from fieldapp.usecases.reports import Reports
        from fieldapp.usecases.school_forms import SchoolForms
        from fieldapp.usecases.syncing import Syncing
        from fieldapp.usecases.today import Today
        from fieldapp.usecases.trip_packs import TripPacks
        from fieldapp.usecases.updates import Updates
        from fieldapp.usecases.visits import Visits

        self._store = store
        self._in_use = in_use
        self._now = now
        self._transport: Transport | None = None
        self.profile = profile
        # What cut the first download, for the screen that follows a first sign-in; None where all came.
        self.cut_by: FieldappError | None = None
        self.stopped = False
        roll = Roll(store)
        self.clock = clock = CorrectedClock(now)
        clock.learn(store)
        self.children = Children(store, roll, clock)
        self.visits = Visits(store, clock)
        self.caring = Caring(store, clock)
        self.family = Family(store, roll, clock)
        self.photos = Photos(store, clock)
        self.phone_pictures = PhonePictures(store, self.photos, clock)
        self.originals = Originals(store, now)
        self.papers = Papers(store, clock)
        self.prints = Prints(store, clock)
        self.follow_ups = FollowUps(store, clock)
        self.filling = Filling(store, clock)
        self.referring = Referring(store, clock)
        self.school_forms = SchoolForms(store)
        self.mending = Mending(store, clock)
        self.conflicts = Conflicts(store, clock)
        self.today = Today(store, roll, clock)
        self.trips = TripPacks(store, roll, self.today, clock)
        self.syncing = Syncing(store, now, self._connected, self._after_sync)
        self.bundles = Bundles(store, now)
        self.helpdesk = Helpdesk(store, now)
        self.reports = Reports(store)
        self.preferences = Preferences(store, now)
        self.updates = Updates(store)
        self.care = Care(store, clock, self.originals)
        self.help_lines = HelpLines(store)
        self.help_lines.read()

    @property
    def person_id(self) -> str:
        return self._store.person_id

    @property
    def is_practice(self) -> bool:
        return self._store.identity.is_practice

    @property
    def folder(self) -> Path:
        """Where this profile lies on the disk."""
        return self._store.folder

    def forbid_thread(self, ident: int) -> None:
        """From now on this thread gets a RuntimeError instead of the store."""
        self._store.forbid_thread(ident)

    def name_school(self) -> None:
        """Write the school's name, known since the first download, where the unlock screen finds it."""
        from fieldapp.records.reference import school_names

        identity = self._store.identity
        with self._store.reading() as connection:
            name = school_names(connection, identity.district_id, [identity.school_code]).get(identity.school_code, "")
        if name and name != self.profile.school_name:
            self.profile = replace(self.profile, school_name=name)
            profiles.write_profile(self._store.folder, self.profile)

    def stay_in_contact(self) -> None:
        """Where the district has not been spoken to for too long: speak to it now, or close. Raises store.contact_needed or
        store.access_ended. What is unsent is sent first."""
        from fieldapp.usecases.contact import days_overdue, require_contact

        if not days_overdue(self._store, self.clock()):
            return
        try:
            if self.syncing.run(lambda _progress: None, lambda: False).farewell:
                raise StoreError("store.access_ended")
            require_contact(self._store, self.clock())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Lock: the key and all that was decrypted leave the memory with the connections."""
        if self._transport is not None:
            self._transport.close()
        self._store.close()
        if self._in_use is not None:
            self._in_use.release()
        self.syncing.closed()
        if self.is_practice:
            from fieldapp.store import practice

            practice.forget(self.folder)

    def _after_sync(self, store: "Store") -> None:
        self.clock.learn(store)
        self.originals.let_go()

    def _connected(self) -> "Transport":
        if self.is_practice:
            from fieldapp.sync.no_line import NO_LINE

            return NO_LINE
        if self._transport is None:
            from fieldapp.sync.http import HttpTransport

            self._transport = HttpTransport(self._store.identity.server_address, now=self._now)
        return self._transport
