"""A district that offers a newer app, through a real server: laptops hear of it at their next sync and work on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import __version__, client
from fieldapp.config import Settings
from fieldapp.domain.reference import Role
from fieldapp.usecases.signing_in import FirstSignIn
from fieldapp.usecases.updates import Offer
from fieldapp.wire.version import is_newer
from tests.support.district import PASSWORD, engine
from tests.support.office import OfficeVisitor, office

__all__ = ["engine", "office"]
PAGE = "https://apps.example.go.th/fieldapp"


@pytest.fixture
def admin(office: OfficeVisitor) -> Iterator[OfficeVisitor]:
    office.district.add_person("admin", Role.ADMIN, "")
    visitor = OfficeVisitor(office.running)
    assert visitor.sign_in("admin").status_code == 200
    yield visitor
    visitor.http.close()


@pytest.fixture
def laptop(office: OfficeVisitor, tmp_path: Path) -> Iterator[client.Client]:
    office.district.add_cases(1, office.district.add_person("somying"))
    settings = Settings(data_dir=tmp_path / "laptop", resources=tmp_path, language="", has_screen=False)
    request = FirstSignIn(office.running.url, "somying", PASSWORD, "ข้าวเหนียว หมูปิ้ง", "โน้ตบุ๊ก")
    opened = client.sign_in(settings, request, lambda progress: None, lambda: False)
    yield opened
    opened.close()


def announce(admin: OfficeVisitor, newest: str, address: str = PAGE, seen: str = "0") -> int:
    admin.get("/office/settings")
    return admin.post("/office/settings/app", seen=seen, newest=newest, address=address).status_code


def told(laptop: client.Client) -> Offer | None:
    assert laptop.syncing.run(lambda progress: None, lambda: False).error is None
    return laptop.today.view(client.local_now().date()).update


def test_a_newer_app_is_told_after_the_next_sync_until_it_is_put_off(admin: OfficeVisitor, laptop: client.Client) -> None:
    assert told(laptop) is None
    assert announce(admin, "99.1") == 200
    assert told(laptop) == Offer("99.1", PAGE)
    laptop.updates.put_off("99.1")
    assert told(laptop) is None
    assert announce(admin, "99.2", seen="1") == 200
    assert told(laptop) == Offer("99.2", PAGE)


@pytest.mark.parametrize("newest", [__version__, "0.0.9", ""])
def test_the_same_or_an_older_app_is_no_news(admin: OfficeVisitor, laptop: client.Client, newest: str) -> None:
    assert announce(admin, newest) == 200
    assert told(laptop) is None


def test_who_is_not_signed_in_yet_hears_of_it_from_the_hello(admin: OfficeVisitor) -> None:
    def hello() -> tuple[str, str]:
        said = admin.running.stranger().call("GET", "/hello").json()
        return said["newest_app"], said["app_address"]

    assert hello() == (__version__, "")
    announce(admin, "99.1")
    assert hello() == ("99.1", PAGE)


def test_only_an_administrator_announces_and_only_a_version_at_a_safe_address(admin: OfficeVisitor, office: OfficeVisitor) -> None:
    assert announce(office, "99.1") == 403
    assert announce(admin, "newest") == 422
    assert announce(admin, "99.1", "http://apps.example.go.th") == 422
    assert announce(admin, "99.1", "javascript:alert(1)") == 422


@pytest.mark.parametrize(
    ("offered", "newer"), [("0.10.0", True), ("0.2", True), ("0.1.0", False), ("0.1.0.1", True), ("x", False), ("", False)]
)
def test_versions_are_compared_by_their_numbers(offered: str, newer: bool) -> None:
    assert is_newer(offered, "0.1.0") is newer
