"""Changes go out."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.server.devices import unsent_told
from fieldapp.server.exchange import pull as pulling
from fieldapp.server.exchange.pull import From
from fieldapp.server.http.description import refusals
from fieldapp.server.http.handling import Work, handler
from fieldapp.wire.messages import MAX_CHANGES, MAX_MARK, MAX_PROOFS, PullPage

router = APIRouter(tags=["sync"])

_NEWEST = 2**53


@router.get("/pull", response_model=PullPage, responses=refusals("pull.forgotten", "pull.new_scope"))
@handler()
def pull(
    work: Work,
    cursor: Annotated[int, Query(ge=0, le=_NEWEST)],
    limit: Annotated[int, Query(ge=1, le=MAX_CHANGES)] = MAX_CHANGES,
    mark: Annotated[str, Query(max_length=MAX_MARK)] = "",
    proof: Annotated[list[str] | None, Query(max_length=MAX_PROOFS)] = None,
    unsent: Annotated[str, Query(pattern=r"^([0-9]{1,6},[0-9]{1,6})?$")] = "",
) -> Response:
    """What changed in the caller's scope after the cursor. `mark` is the one that came with the cursor, and each `proof` a run and the
    highest number of the receipts that came in it since, "run:number". 409 `pull.forgotten` where they are not of this district's past.
    `unsent` tells how many records and photos wait on the laptop, "records,photos"."""
    if unsent:
        unsent_told.told(work.connection, work.district_id, work.caller, unsent, work.now)
    content = pulling.page(work.connection, work.district_id, work.caller, From(cursor, mark, tuple(proof or ())), limit, work.now)
    return Response(content, media_type="application/json")
