"""The laptop's composition root, without Qt: profiles, first sign-in, unlock, and the use cases of an open profile.

Importing it and listing profiles costs next to nothing: the unlock screen waits for it. Everything heavy is imported when a profile is
opened.
"""

from fieldapp.config import Settings
from fieldapp.store import profiles
from fieldapp.store.profiles import Profile


def list_profiles(settings: Settings) -> tuple[Profile, ...]:
    """Whom this computer knows, last used first."""
    return profiles.list_profiles(settings.data_dir)
