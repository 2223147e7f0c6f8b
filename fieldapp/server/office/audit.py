"""Who saw or changed which child, and who did what to accounts and laptops: searched, and taken out as a spreadsheet."""

import datetime as dt

from fastapi import APIRouter, Response

from fieldapp.domain.thai_dates import THAI_TIME, slashed
from fieldapp.reports.spreadsheet import Sheet, workbook
from fieldapp.server import audit_search
from fieldapp.server.audit import Action
from fieldapp.server.audit_search import MOST_EXPORTED, PART, AuditFilter
from fieldapp.server.devices import listing as devices
from fieldapp.server.office import audit_words
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import day_of, member_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.people import listing as people
from fieldapp.server.people.listing import PeopleFilter
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/audit")

_NAMES = ("person", "child", "device", "action", "first", "last")
_MOST_PEOPLE = 2_000


@router.get("")
@page()
def audit(desk: Desk) -> Response:
    wanted = _wanted(desk)
    found = audit_search.search(desk.connection, desk.district_id, wanted, desk.today, PART + 1)
    rows = found[:PART]
    everyone = people.part(desk.connection, desk.district_id, PeopleFilter(), 0, _MOST_PEOPLE)
    desk.note(Action.VIEWED, "audit", {name: desk.query[name] for name in _NAMES if desk.query.get(name)})
    return desk.show(
        "people/audit.html",
        rows=rows,
        more=rows[-1].mark if len(found) > PART else "",
        given={name: desk.query[name] for name in _NAMES if desk.query.get(name)},
        child_name=audit_search.child_name(desk.connection, desk.district_id, wanted.child) if wanted.child else "",
        child_days=audit_search.CHILD_DAYS,
        people=[(one.person_id, one.name) for one in everyone],
        devices=[(one.id, one.name) for one in devices.devices(desk.connection, desk.district_id, desk.now)],
        actions=[(one.value, audit_words.action(one)) for one in audit_words.ACTIONS],
        words=audit_words,
    )


@router.get("/xlsx")
@page()
def audit_spreadsheet(desk: Desk) -> Response:
    found = audit_search.search(desk.connection, desk.district_id, _wanted(desk), desk.today, MOST_EXPORTED)
    desk.note(Action.EXPORTED, "audit", {"rows": len(found)})
    header = [_("Day"), _("Time"), _("Who"), _("Laptop"), _("What"), _("Of whom or what"), _("Cases"), _("Id")]
    rows = [
        (
            slashed(here.date()),
            f"{here:%H:%M:%S}",
            row.person_name,
            row.device_name,
            audit_words.action(row.action),
            audit_words.subject(row),
        )
        + (row.cases or None, row.subject)
        for row in found
        for here in [row.at.astimezone(THAI_TIME)]
    ]
    above = [_("Who saw and did what"), _("The newest {count} entries.").format(count=f"{len(rows):,}")]
    return spreadsheet(workbook([Sheet(_("Audit"), header, rows, above)]), f"audit-{desk.today.isoformat()}")


def _wanted(desk: Desk) -> AuditFilter:
    query = desk.query
    after = query.get("after", "")
    try:
        dt.datetime.fromisoformat(after.partition("~")[0]) if after else None
    except ValueError as error:
        raise Refused("wrong_value", "after") from error
    return AuditFilter(
        person=query.get("person", ""),
        child=query.get("child", ""),
        device=query.get("device", ""),
        action=member_of(Action, query["action"], "action") if query.get("action") else None,
        first_day=day_of(query.get("first", ""), "first", desk.today),
        last_day=day_of(query.get("last", ""), "last", desk.today),
        after=after,
    )
