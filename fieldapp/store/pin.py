"""The PIN that lifts the cover from an open profile. It opens no file and wraps no key: only its slow hash is kept, inside the encrypted
file, and wrong tries are counted in memory, since once the program has ended only the passphrase opens the profile."""

from typing import NoReturn

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from fieldapp.errors import StoreError
from fieldapp.store import preferences
from fieldapp.store.engine import Store
from fieldapp.store.tries import FREE_TRIES

SHORTEST, LONGEST = 4, 6
_NAME = "pin"


def could_be_pin(secret: str) -> bool:
    """A passphrase is longer."""
    return secret.isascii() and secret.isdigit() and SHORTEST <= len(secret) <= LONGEST


class Pin:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._hasher = PasswordHasher()
        self._failed = 0

    def is_set(self) -> bool:
        return bool(self._kept())

    def set(self, pin: str) -> None:
        """'' takes it away."""
        with self._store.writing() as connection:
            preferences.write(connection, _NAME, self._hasher.hash(pin) if pin else "")
        self._failed = 0

    def check(self, pin: str) -> None:
        """Raises store.wrong_pin (tries_left), and store.pin_spent once they are used up: then the passphrase is asked for."""
        if self._failed >= FREE_TRIES:
            raise StoreError("store.pin_spent")
        # Counted before it is tried, as with the passphrase.
        self._failed += 1
        try:
            self._hasher.verify(self._kept(), pin)
        except VerifyMismatchError:
            self._refuse()
        self._failed = 0

    def forgive(self) -> None:
        """The passphrase was right."""
        self._failed = 0

    def _refuse(self) -> NoReturn:
        left = FREE_TRIES - self._failed
        if left <= 0:
            raise StoreError("store.pin_spent")
        raise StoreError("store.wrong_pin", tries_left=left)

    def _kept(self) -> str:
        with self._store.reading() as connection:
            return preferences.read(connection, _NAME) or ""
