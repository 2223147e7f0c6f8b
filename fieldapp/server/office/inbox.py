"""The district inbox: what waits for a decision, one entry with what came, and deciding it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.domain.conflict import Side
from fieldapp.domain.identifiers import ConflictId
from fieldapp.domain.photo import PhotoKind
from fieldapp.error_words import refusals
from fieldapp.records.care import photos_may_be_shown
from fieldapp.records.reference import active_causes, person_names
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server import inbox
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.deciding import deciding, entries, telling, wording
from fieldapp.server.deciding.along import pictures
from fieldapp.server.deciding.entries import InboxEntry, Wanted
from fieldapp.server.inbox import InboxKind
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.office.showing import picture
from fieldapp.server.photos.store import photo_key
from fieldapp.server.problems import Refused
from fieldapp.server.twins.finding import open_twins
from fieldapp.texts import _

PATH = "/office/inbox"
router = APIRouter(prefix="/inbox")

_MOST_FOUND = 8


@router.get("")
@page()
def index(desk: Desk, kind: str = "", show: str = "", part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    wanted = Wanted(kind=kind if kind in set(InboxKind) else "", decided=show == "decided", hidden_from=desk.hidden_from)
    total = entries.count(desk.connection, desk.district_id, wanted)
    pager = tables.pager(PATH, {"kind": wanted.kind, "show": "decided" if wanted.decided else ""}, part, total)
    found = entries.read(desk.connection, desk.district_id, wanted, pager.offset, pager.size)
    desk.note(Action.VIEWED, "inbox", _seen(found))
    counts = inbox.count_open(desk.connection, desk.district_id, wanted.hidden_from)
    return desk.show(
        "inbox/list.html",
        entries=found,
        wanted=wanted,
        pager=pager,
        counts=counts,
        kinds=wording.kinds(),
        wording=wording,
        twins=len(open_twins(desk.connection, desk.district_id)),
        now=desk.now,
    )


@router.get("/{entry_id}")
@page()
def entry(desk: Desk, entry_id: str) -> Response:
    return _show(desk, entry_id)


@router.post("/{entry_id}/held")
@page()
def decide_held(desk: Desk, entry_id: str) -> Response:
    take = desk.form.text("choice") == "take"
    note = desk.form.text("note", longest=4000)
    if not take and not note:
        return _show(desk, entry_id, problem=_("Say in the note why it is not taken in."), note=note)
    try:
        deciding.decide_held(
            desk.connection,
            desk.district_id,
            entry_id,
            take=take,
            note=note,
            case_id=desk.form.text("case_id") if take else "",
            by=desk.caller.person_id,
            now=desk.now,
        )
    except deciding.NotTaken as refused:
        said = " · ".join(filter(None, (refusals.reason(refused.code), refusals.field(refused.field))))
        return _show(desk, entry_id, problem=_("It cannot be taken in: {reason}.").format(reason=said), note=note)
    return desk.go(PATH, _("Taken in: the card shows it now, and laptops get it at their next sync.") if take else _("Kept as it is."))


@router.post("/{entry_id}/conflict")
@page()
def decide_conflict(desk: Desk, entry_id: str) -> Response:
    one = _entry(desk, entry_id)
    side = member_of(Side, desk.form.text("side"), "side")
    deciding.decide_conflict(
        desk.connection,
        desk.district_id,
        str(one.body.get("conflict", "")),
        side,
        desk.form.text("seen"),
        by=desk.caller.person_id,
        now=desk.now,
    )
    return desk.go(PATH, _("Decided. Laptops get it at their next sync."))


@router.post("/{entry_id}/close")
@page()
def close(desk: Desk, entry_id: str) -> Response:
    note = desk.form.text("note", longest=4000)
    if not note:
        return _show(desk, entry_id, problem=_("Write what was done."))
    one = _entry(desk, entry_id)
    deciding.close(desk.connection, desk.district_id, entry_id, note, by=desk.caller.person_id, now=desk.now)
    desk.note(Action.CHANGED, one.child_id or entry_id, {"inbox": entry_id})
    return desk.go(PATH, _("Noted: what was done stands in the inbox and on the case."))


@router.get("/{entry_id}/pictures/{sha256}")
@page()
def shown_picture(desk: Desk, entry_id: str, sha256: str) -> Response:
    one = _entry(desk, entry_id)
    found = next((each for each in pictures(desk.connection, desk.district_id, one) if each.sha256 == sha256 and each.here), None)
    if found is None:
        raise Refused("not_found")
    desk.note(Action.VIEWED, "photo", {"sha256": sha256, "cases": [one.case_id]})
    if found.aside:
        return picture(desk.server.intake.kept_aside(sha256), "image/jpeg")
    return picture(desk.server.photos.get(photo_key(desk.district_id, sha256)), "image/jpeg")


def _seen(found: tuple[InboxEntry, ...]) -> dict[str, list[str]]:
    """For the audit: whose cases, and which urgent reports."""
    cases = sorted({one.case_id for one in found if one.case_id})
    urgent = [one.id for one in found if one.kind == InboxKind.URGENT]
    return {"cases": cases, "urgent": urgent} if urgent else {"cases": cases}


def _entry(desk: Desk, entry_id: str) -> InboxEntry:
    """Raises Refused unknown_record, also for an urgent report that this person may not read: even that it is there is told to nobody."""
    found = entries.read(desk.connection, desk.district_id, Wanted(id=entry_id, hidden_from=desk.hidden_from))
    if not found:
        raise Refused("unknown_record", "id")
    return found[0]


def _show(desk: Desk, entry_id: str, problem: str = "", note: str = "") -> Response:
    one = _entry(desk, entry_id)
    connection, district_id = desk.connection, desk.district_id
    desk.note(Action.VIEWED, one.child_id or "inbox", {"inbox": entry_id, "cases": [one.case_id] if one.case_id else []})
    conflict = SqlRecords(connection, district_id).conflict(ConflictId(str(one.body.get("conflict", ""))))
    people = (
        person_names(connection, district_id, {person for person in (conflict.kept_by, conflict.offered_by) if person}) if conflict else {}
    )
    may_read = desk.reads_urgent or one.body.get("by") == desk.caller.person_id
    search = desk.query.get("q", "").strip()
    found = listing.part(connection, district_id, CaseFilter(text=search), SortBy.NAME, 0, _MOST_FOUND) if search else ()
    return desk.show(
        "inbox/entry.html",
        422 if problem else 200,
        entry=one,
        problem=problem,
        note=note,
        wording=wording,
        lines=telling.lines(one.event, {cause.code: cause.name for cause in active_causes(connection, district_id)}, urgent=may_read)
        if one.event
        else [],
        pictures=pictures(connection, district_id, one),
        photos_may_be_shown=photos_may_be_shown(connection, district_id, one.case_id) if one.case_id else False,
        photo_kinds=set(PhotoKind),
        photo_kind=PhotoKind,
        conflict=conflict,
        people=people,
        value=telling.value,
        search=search,
        found=found,
        now=desk.now,
    )
