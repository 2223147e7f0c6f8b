"""What every page needs: who sits at the desk, in which language, in which transaction; and the one wrapper that authorises it.

A page is a plain function `(desk, …) -> Response`. The wrapper signs in by the cookie, refuses forms that are not ours, owns the
transaction and commits when the page is made. A refusal rolls back; `app` makes a page of it.
"""

import datetime as dt
import inspect
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from sqlalchemy import Connection
from starlette.datastructures import QueryParams

from fieldapp.domain.reference import DISTRICT_ROLES, Role
from fieldapp.records.reference import reads_urgent, sees_sensitive
from fieldapp.server import audit
from fieldapp.server.access.scope import Caller
from fieldapp.server.http.handling import Server, server_of
from fieldapp.server.office import refill, sessions, showing
from fieldapp.server.office.forms import Form, ReadForm
from fieldapp.server.office.sessions import OfficeSession
from fieldapp.server.problems import Refused
from fieldapp.server.thai_day import thai_day
from fieldapp.texts import DEFAULT_LANGUAGE, _, mark, speaking

COOKIE = "fieldapp-office"
LANGUAGE = "fieldapp-language"
HOME = "/office"
SIGN_IN = f"{HOME}/sign-in"
CSRF = "form_token"
SIGNED_OUT = mark("You were signed out before this was saved. What you typed is kept here: sign in, and you get it back to send it again.")

Page = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Carried:
    """What someone typed on `page` whose session had ended when they sent it to `action`: it goes along through signing in."""

    page: str
    action: str
    typed: refill.Typed

    def written(self) -> str:
        return json.dumps([self.page, self.action, self.typed], ensure_ascii=False)


def carried_from(text: str) -> Carried | None:
    try:
        page, action, typed = json.loads(text)
        return Carried(own_path(page), own_path(action), [(str(name), str(value)) for name, value in typed])
    except (ValueError, TypeError, AttributeError):
        return None


@dataclass(frozen=True, slots=True)
class Desk:
    """One authorised request for a page, in its transaction."""

    server: Server
    connection: Connection
    session: OfficeSession
    form: Form
    now: dt.datetime
    path: str
    query: QueryParams
    # How browsers reach this server, without a path.
    origin: str

    @property
    def district_id(self) -> str:
        return self.server.district.id

    @property
    def caller(self) -> Caller:
        return self.session.caller

    @property
    def today(self) -> dt.date:
        return thai_day(self.now)

    @property
    def sees_sensitive(self) -> bool:
        """Whether this person is shown the answers that a form calls sensitive."""
        return sees_sensitive(self.connection, self.district_id, self.caller.role)

    @property
    def reads_urgent(self) -> bool:
        """Whether this person may read what others reported of a child in danger."""
        return reads_urgent(self.connection, self.district_id, self.caller.role, self.caller.person_id)

    @property
    def hidden_from(self) -> str:
        """Whose inbox lacks the urgent reports of others; '' where all may be read."""
        return "" if self.reads_urgent else self.caller.person_id

    def show(self, template: str, /, status: int = 200, **content: Any) -> Response:
        """The page, in the frame with the navigation."""
        notice = self.session.notice
        if notice:
            sessions.put_notice(self.connection, self.district_id, self.session.token_hash, "")
        return showing.page(
            template,
            status,
            frame=showing.frame(self.connection, self.server.district, self.session, self.path, self.now),
            notice=notice,
            today=self.today,
            **content,
        )

    def go(self, path: str, notice: str = "") -> Response:
        """After a form: to another page, which says what was done."""
        if notice:
            sessions.put_notice(self.connection, self.district_id, self.session.token_hash, notice)
        return see_other(path)

    def note(self, action: audit.Action, subject: str, detail: dict[str, Any] | None = None) -> None:
        """What was done or seen, for the audit."""
        self._note(action, [(subject, detail or {})])

    def note_each(self, action: audit.Action, subjects: Iterable[str]) -> None:
        """The same act with several subjects, in one statement."""
        self._note(action, [(subject, {}) for subject in subjects])

    def _note(self, action: audit.Action, subjects: list[tuple[str, dict[str, Any]]]) -> None:
        me = self.caller.person_id
        audit.note(self.connection, self.district_id, action, subjects, person_id=me, device_id=None, at=self.now)


def page(roles: frozenset[Role] = DISTRICT_ROLES) -> Callable[[Page], Page]:
    """Make a route of a function whose first parameter is its `Desk`. Who is not signed in is sent to do so and comes back."""

    def make(act: Page) -> Page:
        @wraps(act)
        def run(request: Request, read_form: ReadForm, **given: Any) -> Response:
            server = server_of(request)
            now = server.clock()
            with server.engine.begin() as connection, speaking(language_of(request)):
                try:
                    session = sessions.find(connection, server.district.id, request.cookies.get(COOKIE, ""), now)
                except Refused as refused:
                    return _to_sign_in(request, read_form, refused, server.district.name)
                _refuse_foreign_form(request, read_form, session)
                if session.caller.role not in roles:
                    raise Refused("not_allowed") if session.caller.role in DISTRICT_ROLES else Refused("not_allowed", token=session.csrf)
                return act(
                    Desk(server, connection, session, read_form, now, request.url.path, request.query_params, _origin(request)), **given
                )

        own = list(inspect.signature(act).parameters.values())[1:]
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        first = [inspect.Parameter("request", kind, annotation=Request), inspect.Parameter("read_form", kind, annotation=ReadForm)]
        defaults = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
        run.__signature__ = inspect.Signature([*first, *defaults], return_annotation=Response)  # type: ignore[attr-defined]
        return run

    return make


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def language_of(request: Request) -> str:
    return request.cookies.get(LANGUAGE, DEFAULT_LANGUAGE)


def see_other(path: str) -> Response:
    return Response(status_code=303, headers={"Location": path, "Cache-Control": "no-store"})


def own_path(path: str) -> str:
    """A path to go to after signing in, if it is one of ours; else the front page. Anything else could lead a person elsewhere."""
    parts = urlsplit(path)
    ours = not parts.scheme and not parts.netloc and (parts.path == HOME or parts.path.startswith(f"{HOME}/")) and "\\" not in path
    return path if ours else HOME


def refuse_foreign_origin(request: Request) -> None:
    """A form on another site that posts to ours. Browsers say where a form stood."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused("not_allowed")
    if origin and origin != "null" and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused("not_allowed")


def _refuse_foreign_form(request: Request, form: Form, session: OfficeSession) -> None:
    if request.method != "POST":
        return
    refuse_foreign_origin(request)
    if not session.sent_by_our_form(form.text(CSRF)):
        raise Refused("not_allowed", why="form_old")


def _to_sign_in(request: Request, form: Form, refused: Refused, district_name: str) -> Response:
    came_for = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = came_for if request.method == "GET" else refill.came_from(request) or HOME
    token = request.cookies.get(COOKIE, "")
    if request.method == "POST" and sessions.form_is_of(token, form.text(CSRF)):
        refuse_foreign_origin(request)
        carried = Carried(wanted, request.url.path, refill.typed_in(request))
        return showing.page(
            "sign_in.html", 401, district_name=district_name, next=wanted, said=_(SIGNED_OUT), account="", carried=carried.written()
        )
    had = "&ended=" + quote(refused.code) if token else ""
    return see_other(f"{SIGN_IN}?next={quote(wanted, safe='')}{had}")
