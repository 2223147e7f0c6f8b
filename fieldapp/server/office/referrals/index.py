"""Referrals of the district: the list with its filters, as a spreadsheet too; one with its steps, its reply and its letter."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp import words
from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.care.referral import Referral, ReferralKind, ReferralState, next_states
from fieldapp.domain.thai_dates import slashed
from fieldapp.records.reference import active_school_names, agencies, person_names, sees_sensitive
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.referral_facts import read_letter
from fieldapp.reports.spreadsheet import Sheet, workbook
from fieldapp.server.audit import Action
from fieldapp.server.cases import papers
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.office.referrals.codes import drawn
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.problems import Refused
from fieldapp.server.referrals import answering, listing
from fieldapp.server.referrals.listing import Wanted
from fieldapp.texts import _

PATH = "/office/referrals"
_NAMES = ("state", "kind", "agency", "school", "late", "open")
_NOTE = 500

router = APIRouter(prefix="/referrals")


@router.get("")
@page()
def referrals(desk: Desk, part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    wanted, given = _wanted(desk), _given(desk)
    pager = tables.pager(PATH, given, part, listing.count(desk.connection, desk.district_id, wanted))
    rows = listing.part(desk.connection, desk.district_id, wanted, desk.today, pager.offset, pager.size)
    desk.note(Action.VIEWED, "referrals", {"cases": [row.case_id for row in rows]})
    return desk.show(
        "referrals/list.html",
        rows=rows,
        pager=pager,
        given=given,
        states=list(ReferralState),
        kinds=list(ReferralKind),
        agencies=[(one.id, one.name) for one in agencies(desk.connection, desk.district_id)],
        schools=list(active_school_names(desk.connection, desk.district_id).items()),
    )


@router.get("/xlsx")
@page()
def referrals_spreadsheet(desk: Desk) -> Response:
    rows = listing.part(desk.connection, desk.district_id, _wanted(desk), desk.today)
    desk.note(Action.EXPORTED, "referrals", {"cases": [row.case_id for row in rows]})
    header = [
        _("Number of the letter"), _("Day"), _("Child"), _("School"), _("Kind"), _("To whom"), _("Reason"), _("State"), _("Since"),
        _("Reply wanted by"), _("Days waiting"), _("Written by"),
    ]  # fmt: skip
    lines = [
        (
            row.number,
            slashed(row.on),
            " ".join(one for one in (f"{row.title}{row.given_name}", row.family_name) if one),
            row.school_name,
            words.of(row.kind),
            row.receiver,
            row.reason,
            words.of(row.state),
            slashed(row.state_on),
            slashed(row.reply_by) if row.reply_by else None,
            row.days_waiting(desk.today),
            row.by_name,
        )
        for row in rows
    ]
    return spreadsheet(workbook([Sheet(_("Referrals"), header, lines)]), f"referrals-{desk.today.isoformat()}")


@router.get("/{referral_id}")
@page()
def referral(desk: Desk, referral_id: str) -> Response:
    found, stood = answering.found(desk.connection, desk.district_id, referral_id)
    child = SqlRecords(desk.connection, desk.district_id).child(found.child_id)
    if child is None:
        raise Refused("unknown_record", "child_id")
    desk.note(Action.VIEWED, found.child_id, {"cases": [found.case_id], "referral": referral_id})
    named = {one.id: one.name for one in agencies(desk.connection, desk.district_id)}
    return desk.show(
        "referrals/referral.html",
        referral=found,
        steps=stood.steps,
        state=stood.state,
        next_steps=next_states(ReferralState(stood.state)),
        child=child,
        receiver=named.get(found.agency_id or "", "") or found.receiver,
        people=person_names(desk.connection, desk.district_id, {found.by, *(step.by for step in stood.steps)}),
        said=lambda step: words.of(ReferralState(step.state)),
        signed=papers.of_record(desk.connection, desk.district_id, referral_id, PaperOf.LETTER, PaperOf.SLIP),
        sees_sensitive=desk.sees_sensitive,
    )


@router.post("/{referral_id}/steps")
@page()
def record_step(desk: Desk, referral_id: str) -> Response:
    state = member_of(ReferralState, desk.form.text("state"), "state")
    on = desk.form.day("on", desk.today)
    if on is None or on > desk.today:
        raise Refused("wrong_value", "on")
    note = desk.form.text("note", longest=_NOTE)
    found: Referral = answering.record_step(desk.connection, desk.district_id, referral_id, state, on, note, desk.caller.person_id)
    desk.note(Action.CHANGED, found.child_id, {"cases": [found.case_id], "referral": referral_id})
    return desk.go(f"{PATH}/{referral_id}", _("Saved. Laptops get it at their next sync."))


@router.get("/{referral_id}/letter")
@page()
def letter(desk: Desk, referral_id: str, digits: str = "arabic") -> Response:
    """To print, with its reply slip."""
    found, _stood = answering.found(desk.connection, desk.district_id, referral_id)
    sees = sees_sensitive(desk.connection, desk.district_id, desk.caller.role)
    made = read_letter(
        desk.connection,
        desk.district_id,
        referral_id,
        sees_sensitive=sees,
        thai_digits=digits == "thai",
        district_name=desk.server.district.name,
    )
    if made is None:
        raise Refused("unknown_record", "referral_id")
    desk.note(Action.VIEWED, found.child_id, {"cases": [found.case_id], "letter": referral_id})
    codes = [drawn(desk.connection, desk.district_id, kind, referral_id) for kind in (PaperOf.LETTER, PaperOf.SLIP)]
    return desk.show("referrals/letter.html", letter=made, referral=found, digits=digits, codes=codes)


def _wanted(desk: Desk) -> Wanted:
    query = desk.query
    return Wanted(
        state=member_of(ReferralState, query["state"], "state") if query.get("state") else None,
        kind=member_of(ReferralKind, query["kind"], "kind") if query.get("kind") else None,
        agency=query.get("agency", ""),
        school=query.get("school", ""),
        late_on=desk.today if query.get("late") else None,
        open_only=bool(query.get("open")),
    )


def _given(desk: Desk) -> Mapping[str, str | list[str]]:
    return {name: desk.query[name] for name in _NAMES if desk.query.get(name)}
