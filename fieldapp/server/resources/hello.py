"""Who answers at this address."""

from fastapi import APIRouter, Response

from fieldapp import __version__
from fieldapp.records.reference import offered_app
from fieldapp.server.http.handling import ThisServer, reply
from fieldapp.wire import version
from fieldapp.wire.messages import Hello

SERVICE = "fieldapp"

router = APIRouter(tags=["hello"])


@router.get("/hello", response_model=Hello)
def hello(server: ThisServer) -> Response:
    district = server.district
    with server.reading() as connection:
        newest_app, app_address = offered_app(connection, district.id)
    return reply(
        Hello(
            service=SERVICE,
            district_id=district.id,
            district_name=district.name,
            oldest_protocol=version.OLDEST,
            newest_protocol=version.NEWEST,
            newest_app=newest_app or __version__,
            now=server.clock(),
            signing_key=district.signing_key,
            sealing_key=district.sealing_key,
            app_address=app_address,
        )
    )
