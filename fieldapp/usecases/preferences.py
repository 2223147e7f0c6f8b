"""What a person chose for this laptop: language, theme, passphrase, PIN, its camera, the stamp on photos, and how soon it locks itself."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldapp.errors import StoreError
from fieldapp.store import keys, preferences
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.store.pin import Pin, could_be_pin
from fieldapp.store.profiles import Profile, read_profile, write_profile
from fieldapp.usecases import stamping

# After how many minutes without a key or a finger the app locks itself.
LOCK_MINUTES = (2, 5, 10, 15, 30)
USUAL_LOCK_MINUTES = 10
_LOCK = "lock_minutes"
_CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Preference:
    """'' means: as the program does by itself."""

    language: str
    theme: str


class Preferences:
    """Language and theme are kept in the profile's unencrypted part, since the unlock screen already speaks the language; the rest where
    nobody without the passphrase changes it."""

    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._folder = store.folder
        self._now = now
        self._pin = Pin(store)

    def get(self) -> Preference:
        profile = self._profile()
        return Preference(profile.language, profile.theme)

    def set(self, language: str, theme: str) -> None:
        write_profile(self._folder, replace(self._profile(), language=language, theme=theme))

    def change_passphrase(self, old: str, new: str) -> None:
        """Raises store.wrong_passphrase or store.too_many_tries, and then the old one still holds."""
        keys.change_passphrase(self._folder, old, new, self._now)

    def has_pin(self) -> bool:
        return self._pin.is_set()

    def set_pin(self, pin: str, passphrase: str) -> None:
        """'' takes it away. Raises as `change_passphrase` does: who sits at an open laptop cannot make a PIN of their own."""
        keys.unlock_key(self._folder, passphrase, self._now)
        self._pin.set(pin)

    def admit(self, secret: str) -> None:
        """Whether this is the person whose profile is open, by PIN or passphrase. Raises store.wrong_pin, store.pin_spent,
        store.wrong_passphrase or store.too_many_tries."""
        if could_be_pin(secret) and self._pin.is_set():
            self._pin.check(secret)
            return
        keys.unlock_key(self._folder, secret, self._now)
        self._pin.forgive()

    def lock_minutes(self) -> int:
        with self._store.reading() as connection:
            chosen = preferences.read(connection, _LOCK)
        return next((minutes for minutes in LOCK_MINUTES if str(minutes) == chosen), USUAL_LOCK_MINUTES)

    def set_lock_minutes(self, minutes: int) -> Changes:
        """One of LOCK_MINUTES; anything else is taken for the usual."""
        with self._store.writing() as connection:
            preferences.write(connection, _LOCK, str(minutes))
        return Changes(reference=True)

    def camera(self) -> str:
        """The id of the camera that was picked last on this computer; '' where none was."""
        with self._store.reading() as connection:
            return preferences.read(connection, _CAMERA) or ""

    def set_camera(self, device: str) -> None:
        with self._store.writing() as connection:
            preferences.write(connection, _CAMERA, device)

    def stamps_photos(self) -> bool:
        """Whether day and place are written onto new photos of visits; not, unless somebody chose it."""
        with self._store.reading() as connection:
            return stamping.is_on(connection)

    def set_stamps_photos(self, wanted: bool) -> None:
        with self._store.writing() as connection:
            stamping.set_on(connection, wanted)

    def _profile(self) -> Profile:
        profile = read_profile(self._folder)
        if profile is None:
            raise StoreError("store.damaged", part="profile")
        return profile
