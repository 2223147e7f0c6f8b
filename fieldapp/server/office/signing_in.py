"""Signing in at the pages, signing out, and the choice of language."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from fieldapp.server import audit
from fieldapp.server.access.sign_in import prove
from fieldapp.server.http.handling import EVERYONE, ThisServer
from fieldapp.server.office import refill, sessions, showing
from fieldapp.server.office.desk import (
    COOKIE,
    HOME,
    LANGUAGE,
    SIGN_IN,
    Carried,
    Desk,
    carried_from,
    language_of,
    own_path,
    page,
    refuse_foreign_origin,
    see_other,
)
from fieldapp.server.office.forms import ReadForm
from fieldapp.server.office.refusals import carried_word
from fieldapp.server.problems import Refused
from fieldapp.texts import LANGUAGES, _, mark, speaking

router = APIRouter()

_WHY = {
    "sign_in.wrong_password": mark("The account or the password is wrong. Check both and type them again."),
    "sign_in.account_closed": mark("This account was closed. Ask who administers the accounts of the district."),
    "sign_in.account_expired": mark("This account has expired. Ask who administers the accounts of the district to extend it."),
    "sign_in.session_ended": mark("You were signed out because nobody had worked here for a while. Nothing was lost."),
    "rate_limited": mark("There were too many tries. Wait a few minutes, then try again."),
}
_YEAR = 365 * 24 * 3600


@router.get("/sign-in")
def sign_in_page(server: ThisServer, request: Request, to: Annotated[str, Query(alias="next")] = HOME, ended: str = "") -> Response:
    with speaking(language_of(request)):
        return _page(server, to, _said(ended))


@router.post("/sign-in")
def sign_in(server: ThisServer, request: Request, form: ReadForm) -> Response:
    refuse_foreign_origin(request)
    address = request.client.host if request.client else ""
    now = server.clock()
    account, to = form.text("account", longest=200), own_path(form.text("next"))
    carried = carried_from(form.text("carried", longest=2 * refill.MOST_TYPED))
    with speaking(language_of(request)):
        try:
            person_id = prove(server.engine, server.district.id, account, form.text("password", longest=200), address, now)
            with server.engine.begin() as connection:
                token = sessions.open_session(connection, server.district.id, person_id, now)
                audit.note(
                    connection, server.district.id, audit.Action.SIGNED_IN, [(person_id, {})], person_id=person_id, device_id=None, at=now
                )
        except Refused as refused:
            if refused.code not in _WHY:
                raise
            return _page(server, to, _said(refused.code), account, carried, 401)
        answer = _with_what_was_typed(request, carried, token) or see_other(to)
    answer.set_cookie(COOKIE, token, path=HOME, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


@router.post("/sign-out")
@page(EVERYONE)
def sign_out(desk: Desk) -> Response:
    sessions.end(desk.connection, desk.district_id, desk.session.token_hash, desk.now)
    desk.note(audit.Action.SIGNED_OUT, desk.caller.person_id)
    answer = see_other(SIGN_IN)
    answer.delete_cookie(COOKIE, path=HOME)
    return answer


@router.get("/language/{code}")
def choose_language(code: str, to: Annotated[str, Query(alias="next")] = HOME) -> Response:
    answer = see_other(own_path(to))
    if code in LANGUAGES:
        answer.set_cookie(LANGUAGE, code, path=HOME, max_age=_YEAR, httponly=True, samesite="lax")
    return answer


def _with_what_was_typed(request: Request, carried: Carried | None, token: str) -> Response | None:
    """The form again that someone sent when their session had ended."""
    if carried is None or not carried.typed:
        return None
    cookies = "; ".join(f"{name}={value}" for name, value in {**request.cookies, COOKIE: token}.items())
    return refill.again(request, carried.page, carried.action, carried.typed, carried_word(), 200, cookies)


def _page(server: ThisServer, to: str, said: str, account: str = "", carried: Carried | None = None, status: int = 200) -> Response:
    return showing.page(
        "sign_in.html",
        status,
        district_name=server.district.name,
        next=own_path(to),
        said=said,
        account=account,
        carried=carried.written() if carried else "",
    )


def _said(code: str) -> str:
    return _(_WHY[code]) if code in _WHY else ""
