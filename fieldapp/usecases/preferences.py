"""What a person chose for this laptop: language, theme, passphrase."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from fieldapp.errors import StoreError
from fieldapp.store import keys
from fieldapp.store.profiles import Profile, read_profile, write_profile


@dataclass(frozen=True, slots=True)
class Preference:
    """'' means: as the program does by itself."""

    language: str
    theme: str


class Preferences:
    """Kept in the profile's unencrypted part, since the unlock screen already speaks the language."""

    def __init__(self, folder: Path, now: Callable[[], dt.datetime]) -> None:
        self._folder = folder
        self._now = now

    def get(self) -> Preference:
        profile = self._profile()
        return Preference(profile.language, profile.theme)

    def set(self, language: str, theme: str) -> None:
        write_profile(self._folder, replace(self._profile(), language=language, theme=theme))

    def change_passphrase(self, old: str, new: str) -> None:
        """Raises store.wrong_passphrase or store.too_many_tries, and then the old one still holds."""
        keys.change_passphrase(self._folder, old, new, self._now)

    def _profile(self) -> Profile:
        profile = read_profile(self._folder)
        if profile is None:
            raise StoreError("store.damaged", part="profile")
        return profile
