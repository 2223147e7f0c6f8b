"""What a person chose for this laptop: language, theme, passphrase."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Preference:
    """'' means: as the program does by itself."""

    language: str
    theme: str


class Preferences:
    """Kept in the profile's unencrypted part, since the unlock screen already speaks the language."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self) -> Preference:
        raise NotImplementedError

    def set(self, language: str, theme: str) -> None:
        raise NotImplementedError

    def change_passphrase(self, old: str, new: str) -> None:
        raise NotImplementedError
