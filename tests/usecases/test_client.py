"""Profiles of a computer: listing, unlocking, locking, what a person prefers. The first sign-in is walked in the journeys, on a real
district."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from fieldapp import client
from fieldapp.config import Settings
from fieldapp.domain.identifiers import new_id
from fieldapp.errors import Offline, StoreError
from fieldapp.store.keys import create_key
from fieldapp.store.opening import create_store
from fieldapp.store.profiles import Profile, profile_dir, write_profile
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.preferences import Preference
from fieldapp.usecases.signing_in import FirstSignIn
from tests.support.laptop import Clock, an_identity

PASSPHRASE = "ข้าวเหนียว หมูปิ้ง"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, resources=tmp_path, language="", has_screen=False)


def a_profile(settings: Settings, name: str = "ครูสมหญิง") -> Profile:
    profile = Profile(new_id(), name, "somying", "teacher", "โรงเรียนบ้านนาคู", "สพป.กาฬสินธุ์ เขต 3", "http://127.0.0.1:1")
    folder = profile_dir(settings.data_dir, profile.id)
    folder.mkdir(parents=True)
    key = create_key(folder, PASSPHRASE, PrivateKey.generate().public_key.encode().hex())
    create_store(folder, key, an_identity()).close()
    write_profile(folder, profile)
    return profile


def test_a_fresh_computer_knows_nobody(settings: Settings) -> None:
    assert client.list_profiles(settings) == ()


def test_listing_profiles_loads_nothing_heavy(settings: Settings) -> None:
    a_profile(settings)
    program = (
        "import sys; from pathlib import Path; from fieldapp import client; from fieldapp.config import load;"
        f"assert len(client.list_profiles(load(Path({str(settings.data_dir)!r})))) == 1;"
        "heavy = {'sqlalchemy', 'requests', 'pydantic', 'sqlcipher3', 'argon2', 'nacl', 'PIL', 'alembic'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_passphrase_opens_the_profile_and_it_is_last_used_first(settings: Settings) -> None:
    mine, theirs = a_profile(settings), a_profile(settings, "ครูวิชัย")
    clock = Clock()
    opened = client.unlock(settings, theirs.id, PASSPHRASE, clock)
    assert opened.children.page(ListFilter(), 0, 50) == ()
    assert opened.profile.last_used_at == clock.at
    opened.close()
    assert [profile.id for profile in client.list_profiles(settings)] == [theirs.id, mine.id]


def test_a_wrong_passphrase_opens_nothing(settings: Settings) -> None:
    profile = a_profile(settings)
    with pytest.raises(StoreError) as caught:
        client.unlock(settings, profile.id, "ไม่ใช่")
    assert caught.value.code == "store.wrong_passphrase"


def test_a_profile_that_is_not_there_is_told(settings: Settings) -> None:
    with pytest.raises(StoreError) as caught:
        client.unlock(settings, new_id(), PASSPHRASE)
    assert caught.value.code == "store.damaged"


def test_half_a_profile_is_not_offered(settings: Settings) -> None:
    whole = a_profile(settings)
    for content in ("{half", "[]", ""):
        folder = profile_dir(settings.data_dir, new_id())
        folder.mkdir()
        (folder / "profile.json").write_text(content)
    profile_dir(settings.data_dir, new_id()).mkdir()
    assert client.list_profiles(settings) == (whole,)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_text("{half"), lambda file: file.write_text("[]")])
def test_a_profile_whose_name_was_lost_is_offered_and_gets_its_name_back(settings: Settings, spoil: Callable[[Path], object]) -> None:
    lost = a_profile(settings)
    spoil(profile_dir(settings.data_dir, lost.id) / "profile.json")
    (offered,) = client.list_profiles(settings)
    assert (offered.id, offered.person_name) == (lost.id, "")
    client.unlock(settings, offered.id, PASSPHRASE, Clock()).close()
    (restored,) = client.list_profiles(settings)
    identity = an_identity()
    assert (restored.id, restored.person_name, restored.account) == (lost.id, identity.person_name, identity.account)
    assert restored.server_address == identity.server_address


def test_a_time_without_a_zone_in_a_profile_does_not_keep_the_app_from_starting(settings: Settings) -> None:
    one = a_profile(settings)
    client.unlock(settings, a_profile(settings).id, PASSPHRASE, Clock()).close()
    file = profile_dir(settings.data_dir, one.id) / "profile.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"last_used_at": "2026-11-22T10:00:00"}))
    assert len(client.list_profiles(settings)) == 2


def test_a_second_window_on_the_same_profile_is_refused_until_the_first_is_closed(settings: Settings) -> None:
    profile = a_profile(settings)
    first = client.unlock(settings, profile.id, PASSPHRASE, Clock())
    with pytest.raises(StoreError) as caught:
        client.unlock(settings, profile.id, PASSPHRASE, Clock())
    assert caught.value.code == "store.busy"
    # A sync from the command line is no window.
    client.unlock(settings, profile.id, PASSPHRASE, Clock(), beside_window=True).close()
    first.close()
    client.unlock(settings, profile.id, PASSPHRASE, Clock()).close()


def test_a_killed_program_keeps_no_window_out(settings: Settings) -> None:
    profile = a_profile(settings)
    program = (
        "import os, signal; from pathlib import Path; from fieldapp import client; from fieldapp.config import load;"
        f"client.unlock(load(Path({str(settings.data_dir)!r})), {profile.id!r}, {PASSPHRASE!r}); os.kill(os.getpid(), signal.SIGTERM)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode != 0
    client.unlock(settings, profile.id, PASSPHRASE, Clock()).close()


def test_preferences_stay_with_the_profile(settings: Settings) -> None:
    profile = a_profile(settings)
    opened = client.unlock(settings, profile.id, PASSPHRASE)
    assert opened.preferences.get() == Preference("", "")
    opened.preferences.set("en", "dark")
    opened.close()
    (listed,) = client.list_profiles(settings)
    assert (listed.language, listed.theme) == ("en", "dark")


def test_a_new_passphrase_holds_at_the_next_unlock(settings: Settings) -> None:
    profile = a_profile(settings)
    opened = client.unlock(settings, profile.id, PASSPHRASE)
    opened.preferences.change_passphrase(PASSPHRASE, "ใหม่กว่า")
    opened.close()
    client.unlock(settings, profile.id, "ใหม่กว่า").close()
    with pytest.raises(StoreError):
        client.unlock(settings, profile.id, PASSPHRASE)


def test_a_first_sign_in_without_a_district_leaves_no_profile(settings: Settings) -> None:
    request = FirstSignIn("http://127.0.0.1:1", "somying", "secret", PASSPHRASE, "laptop")
    with pytest.raises(Offline):
        client.sign_in(settings, request, lambda progress: None, lambda: False)
    assert client.list_profiles(settings) == ()
    assert not any(path.is_file() for path in settings.data_dir.rglob("*"))


def test_a_sync_without_a_line_ends_with_its_reason_and_the_laptop_goes_on(settings: Settings) -> None:
    profile = a_profile(settings)
    opened = client.unlock(settings, profile.id, PASSPHRASE)
    result = opened.syncing.run(lambda progress: None, lambda: False)
    assert result.error is not None
    assert opened.syncing.overview().runs[0].code == result.error.code
    assert opened.children.counts().total == 0
    opened.close()


def test_secrets_do_not_show_in_a_log_of_the_request() -> None:
    shown = repr(FirstSignIn("https://x", "somying", "the-password", "the-passphrase", "laptop"))
    assert "the-pass" not in shown
