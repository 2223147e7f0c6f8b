"""Sign-in slips: for each person a paper with the server's address, the account and a code that is good once.

The codes are shown by the answer to the form that makes them and never again: nothing here could print them a second time.
"""

import segno
from fastapi import APIRouter, Response

from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.office.desk import HOME, Desk, page
from fieldapp.server.people import codes, listing
from fieldapp.server.people.codes import LASTS
from fieldapp.server.problems import Refused

router = APIRouter(prefix="/people")

_MOST = 500
WELCOME = f"{HOME}/welcome"


@router.post("/slips")
@page(ADMIN_ONLY)
def slips(desk: Desk) -> Response:
    person_ids = desk.form.texts("person")
    if not person_ids or len(person_ids) > _MOST or desk.caller.person_id in person_ids:
        raise Refused("wrong_value", "person")
    made = codes.make(desk.connection, desk.district_id, person_ids, desk.caller.person_id, desk.now)
    people = [(person, made[person.person_id]) for person in listing.those(desk.connection, desk.district_id, list(made))]
    address = f"{desk.origin}{WELCOME}"
    qr = segno.make(address, micro=False).svg_data_uri(scale=3, border=2)
    return desk.show("people/slips.html", people=people, server=desk.origin, welcome=address, qr=qr, until=(desk.now + LASTS).date())
