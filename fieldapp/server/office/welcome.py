"""Where a person with a sign-in slip sets their own password. Open to everyone, as signing in is; guessing is slowed in the same way."""

from fastapi import APIRouter, Request, Response

from fieldapp.server.access.accounts import MIN_PASSWORD
from fieldapp.server.http.handling import ThisServer
from fieldapp.server.office import showing
from fieldapp.server.office.desk import language_of, refuse_foreign_origin
from fieldapp.server.office.forms import ReadForm
from fieldapp.server.people import codes
from fieldapp.server.people.codes import CodeRefused
from fieldapp.server.problems import Refused
from fieldapp.texts import _, mark, speaking

router = APIRouter(prefix="/welcome")

_WHY = {
    "wrong": mark("The account or the code is not right. Check both on the slip and type them again."),
    "used": mark("This code was used already. If it was not you, ask the district office for a new slip."),
    "run_out": mark("This code has run out. Ask the district office for a new slip."),
    "closed": mark("This account was closed. Ask who administers the accounts of the district."),
    "short_password": mark("The password is too short: it needs at least {length} characters."),
    "unlike": mark("The two passwords are not the same. Type them again."),
    "rate_limited": mark("There were too many tries. Wait a few minutes, then try again."),
}


@router.get("")
def welcome(server: ThisServer, request: Request) -> Response:
    with speaking(language_of(request)):
        return _page(server)


@router.post("")
def set_password(server: ThisServer, request: Request, form: ReadForm) -> Response:
    refuse_foreign_origin(request)
    account, code = form.text("account", longest=200), form.text("code", longest=50)
    password, again = form.text("password", longest=200), form.text("again", longest=200)
    address = request.client.host if request.client else ""
    with speaking(language_of(request)):
        if password != again:
            return _page(server, account, "unlike", 422)
        try:
            codes.redeem(server.engine, server.district.id, account, code, password, address, server.clock())
        except CodeRefused as refused:
            return _page(server, account, refused.why, 401)
        except Refused as refused:
            if refused.code not in _WHY:
                raise
            return _page(server, account, refused.code, 429)
        return _page(server, account, done=True)


def _page(server: ThisServer, account: str = "", why: str = "", status: int = 200, *, done: bool = False) -> Response:
    said = _(_WHY[why]).format(length=MIN_PASSWORD) if why else ""
    return showing.page(
        "welcome.html", status, district_name=server.district.name, account=account, said=said, done=done, length=MIN_PASSWORD
    )
