"""Changes go out."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.server import pull as pulling
from fieldapp.server.handling import Work, handler
from fieldapp.wire.messages import MAX_CHANGES, PullPage

router = APIRouter(tags=["sync"])

_NEWEST = 2**53


@router.get("/pull", response_model=PullPage)
@handler()
def pull(
    work: Work, cursor: Annotated[int, Query(ge=0, le=_NEWEST)], limit: Annotated[int, Query(ge=1, le=MAX_CHANGES)] = MAX_CHANGES
) -> Response:
    """What changed in the caller's scope after the cursor."""
    content = pulling.page(work.connection, work.district_id, work.caller, cursor, limit, work.now)
    return Response(content, media_type="application/json")
