"""Events come in."""

from fastapi import APIRouter, Response

from fieldapp.server.exchange import push as pushing
from fieldapp.server.http.description import refusals
from fieldapp.server.http.handling import RawBody, Work, handler, reply
from fieldapp.server.problems import Refused
from fieldapp.wire import codec
from fieldapp.wire.messages import MAX_EVENTS, Push, PushAnswer

router = APIRouter(tags=["sync"])

_EVENTS = {"type": "array", "maxItems": MAX_EVENTS, "items": {"type": "object"}}
_FORMER = {"type": "array", "maxItems": MAX_EVENTS, "items": {"$ref": "#/components/schemas/Receipt"}}
_SCHEMA = {"type": "object", "required": ["events"], "properties": {"events": _EVENTS, "former": _FORMER}}
_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": _SCHEMA}}}}


@router.post("/push", response_model=PushAnswer, openapi_extra=_BODY, responses=refusals("batch_too_large"))
@handler(last_word=True)
def push(work: Work, body: RawBody) -> Response:
    """Up to 500 events, 1 MB before compression; one answer each, in their order. Safe to repeat. From a revoked device or a
    closed account what would have been taken is held."""
    message = codec.decode(Push, body)
    if len(message.events) > MAX_EVENTS:
        raise Refused("batch_too_large", "events", limit=MAX_EVENTS)
    if len(message.former) > MAX_EVENTS:
        raise Refused("batch_too_large", "former", limit=MAX_EVENTS)
    return reply(pushing.push(work.connection, work.district_id, work.caller, message, work.now, held_as=work.held_as))
