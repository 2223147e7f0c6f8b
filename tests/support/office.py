"""A person at the office's pages without a browser: cookies, forms with their token, redirects followed.

Fixture: `office` (an officer, signed in, with a fresh district).
"""

import re
from pathlib import Path

import pytest
import requests
from sqlalchemy import Engine

from tests.support.district import PASSWORD, make_district
from tests.support.district_server import Running, server_of

# Pages of every area that ask for no id.
PAGES = (
    "/office/",
    "/office/lists",
    "/office/risks",
    "/office/cases",
    "/office/referrals",
    "/office/transfers",
    "/office/assign",
    "/office/teams",
    "/office/teams/kinds",
    "/office/inbox",
    "/office/twins",
    "/office/trips",
    "/office/reports",
    "/office/reports/overall",
    "/office/reports/by/school",
    "/office/reports/work",
    "/office/reports/visits",
    "/office/reports/rounds",
    "/office/reports/answers",
    "/office/reports/aspects",
    "/office/people",
    "/office/devices",
    "/office/audit",
    "/office/safety",
    "/office/forms",
    "/office/year",
    "/office/year/plan",
    "/office/year/check/new",
    "/office/year/calendar",
    "/office/year/indicators",
    "/office/year/schools/safety-plan",
    "/office/settings",
    "/office/settings/schools",
    "/office/settings/agencies",
    "/office/settings/causes",
    "/office/settings/protection",
)

_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')


class OfficeVisitor:
    """`text` of the last page is kept, so that a form finds its token."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.district = running.district
        self.http = requests.Session()
        self.token = ""

    def sign_in(self, account: str = "officer", password: str = PASSWORD, **fields: str) -> requests.Response:
        answer = self.http.post(self._at("/office/sign-in"), data={"account": account, "password": password, **fields})
        return self._seen(answer)

    def get(self, path: str, **query: str) -> requests.Response:
        return self._seen(self.http.get(self._at(path), params=query))

    def post(self, path: str, *, files: dict[str, tuple[str, bytes]] | None = None, **fields: str | list[str]) -> requests.Response:
        """A form of ours: with the token of the page before."""
        return self._seen(self.http.post(self._at(path), data={"form_token": self.token, **fields}, files=files))

    def _at(self, path: str) -> str:
        return self.running.url + path

    def _seen(self, answer: requests.Response) -> requests.Response:
        found = _TOKEN.search(answer.text)
        if found:
            self.token = found[1]
        return answer


@pytest.fixture
def office(engine: Engine, tmp_path: Path):  # type: ignore[no-untyped-def]
    with server_of(make_district(engine), tmp_path / "photos") as running:
        visitor = OfficeVisitor(running)
        assert visitor.sign_in().status_code == 200
        yield visitor
        visitor.http.close()
