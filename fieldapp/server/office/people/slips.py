"""Sign-in slips: for each person a paper with the server's address, the account and a code that is good once.

The codes are shown by the answer to the form that makes them and never again: nothing here could print them a second time.
"""

from dataclasses import replace

import segno
from fastapi import APIRouter, Response

from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import download
from fieldapp.server.people import codes, listing
from fieldapp.server.people.codes import LASTS
from fieldapp.server.problems import Refused
from fieldapp.wire.connection import ENDING, WELCOME, Connection, as_address, as_file, fingerprint

router = APIRouter(prefix="/people")

_MOST = 500


@router.post("/slips")
@page(ADMIN_ONLY)
def slips(desk: Desk) -> Response:
    person_ids = desk.form.texts("person")
    if not person_ids or len(person_ids) > _MOST or desk.caller.person_id in person_ids:
        raise Refused("wrong_value", "person")
    made = codes.make(desk.connection, desk.district_id, person_ids, desk.caller.person_id, desk.now)
    people = [(person, made[person.person_id]) for person in listing.those(desk.connection, desk.district_id, list(made))]
    return desk.show(
        "people/slips.html",
        people=people,
        server=desk.origin,
        welcome=f"{desk.origin}{WELCOME}",
        qr_of=lambda account: _qr(replace(connection_of(desk), account=account)),
        until=(desk.now + LASTS).date(),
    )


@router.get("/connection")
@page()
def connection_file(desk: Desk) -> Response:
    """For laptops: where this district is, and by which key they know that it is the one."""
    return download(as_file(connection_of(desk)), f"{desk.district_id}{ENDING}", "application/json")


def connection_of(desk: Desk) -> Connection:
    district = desk.server.district
    return Connection(desk.origin, district.name, fingerprint(district.signing_key))


def _qr(connection: Connection) -> str:
    code: str = segno.make(as_address(connection), micro=False).svg_data_uri(scale=3, border=2)
    return code
