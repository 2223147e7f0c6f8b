"""Sessions: sign in, refresh, sign out."""

from fastapi import APIRouter, Request, Response

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.receipt import Receipt
from fieldapp.server import audit
from fieldapp.server.access import auth, device_keys, sign_in
from fieldapp.server.audit import Action
from fieldapp.server.http.description import refusals
from fieldapp.server.http.handling import ThisServer, Work, bearer_token, handler, reply
from fieldapp.server.people import codes
from fieldapp.server.people.codes import CodeRefused
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.sequence import writing
from fieldapp.wire.messages import DeviceKeys, RedeemCode, Refresh, Session, SignIn

router = APIRouter(prefix="/session", tags=["session"])

_LONGEST = 200
# What keeps a one-time code from being taken, in the protocol's words.
_OF_CODES = {
    "wrong": "sign_in.wrong_code",
    "used": "sign_in.code_used",
    "run_out": "sign_in.code_expired",
    "closed": "sign_in.account_closed",
    "short_password": "sign_in.short_password",
}
_BARRED = ("sign_in.account_expired", "sign_in.account_closed", "sign_in.device_revoked")


@router.post(
    "",
    response_model=Session,
    responses=refusals(
        "sign_in.wrong_password", "sign_in.account_expired", "sign_in.account_closed", "sign_in.device_revoked", "mismatch", "rate_limited"
    ),
)
def open_session(server: ThisServer, request: Request, message: SignIn) -> Response:
    address = request.client.host if request.client else ""
    return reply(sign_in.sign_in(server.engine, server.district.id, message, address, server.clock()))


@router.post(
    "/password",
    status_code=204,
    responses=refusals(*_OF_CODES.values(), "rate_limited"),
)
def redeem_code(server: ThisServer, request: Request, message: RedeemCode) -> Response:
    """A password of one's own for the one-time code of a slip. Safe to repeat with the same password."""
    for field, value in (("account", message.account), ("code", message.code)):
        if not value.strip() or len(value) > _LONGEST or "\x00" in value:
            raise Refused("wrong_value", field)
    address = request.client.host if request.client else ""
    given = (server.engine, server.district.id, message.account, message.code)
    try:
        if message.password:
            codes.redeem(*given, message.password, address, server.clock())
        else:
            codes.check(*given, address, server.clock())
    except CodeRefused as refused:
        raise Refused(_OF_CODES[refused.why]) from refused
    return Response(status_code=204)


@router.post(
    "/refresh",
    response_model=Session,
    responses=refusals("sign_in.session_ended", "sign_in.account_expired", "sign_in.account_closed", "sign_in.device_revoked"),
)
def refresh(server: ThisServer, message: Refresh) -> Response:
    with server.engine.begin() as connection:
        session = auth.refresh_session(connection, server.district.id, message.refresh_token, message.device_id, server.clock())
    if isinstance(session, Refused):
        raise session
    return reply(session)


@router.post("/keys", status_code=204, responses=refusals("mismatch"))
@handler()
def register_keys(work: Work, keys: DeviceKeys) -> Response:
    """The keys of this person's profile on this device, for what travels without a network. Safe to repeat."""
    device_keys.require_fit(keys)
    device_keys.register(work.connection, work.district_id, work.caller.person_id, work.caller.device_id, keys, work.now)
    return Response(status_code=204)


@router.post("/farewell", response_model=Receipt)
def farewell(server: ThisServer, request: Request) -> Response:
    """The last request of a laptop whose device was revoked or whose account was closed: a signed word that its access has ended, on which
    it destroys its keys."""
    now = server.clock()
    with server.engine.begin() as connection:
        caller, why = auth.farewell(connection, server.district.id, bearer_token(request))
        with writing(connection, server.district.id) as lock:
            receipt = lock.signer.receipt(caller.device_id, sha256_hex(why.encode()), lock.last, now)
        audit.note(
            connection,
            server.district.id,
            Action.SIGNED_OUT,
            [(caller.person_id, {})],
            person_id=caller.person_id,
            device_id=caller.device_id,
            at=now,
        )
    return reply(receipt)


@router.delete("", status_code=204)
@handler()
def end(work: Work) -> Response:
    """This device's session ends; its tokens are good no more."""
    auth.end_family(work.connection, work.district_id, work.caller.family, work.now)
    work.note(Action.SIGNED_OUT, work.caller.person_id)
    return Response(status_code=204)
