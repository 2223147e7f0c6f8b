"""One person: another name, role or school; until when; closing; a new sign-in slip."""

from fastapi import APIRouter, Response

from fieldapp.domain.reference import Role
from fieldapp.server.access import accounts
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.district_data.reading import schools
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.office.people.index import PATH
from fieldapp.server.people import listing
from fieldapp.server.people.listing import PersonRow
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/people")


@router.get("/{person_id}")
@page()
def person(desk: Desk, person_id: str) -> Response:
    return desk.show(
        "people/person.html",
        person=listing.find(desk.connection, desk.district_id, person_id),
        roles=list(Role),
        schools=schools(desk.connection, desk.district_id),
        may_change=desk.caller.role in ADMIN_ONLY,
        myself=person_id == desk.caller.person_id,
        now=desk.now,
    )


@router.post("/{person_id}")
@page(ADMIN_ONLY)
def change(desk: Desk, person_id: str) -> Response:
    """Their laptops read the new scope at their next sync. Nobody changes their own role: there must be an administrator left."""
    found = _locked(desk, person_id)
    form = desk.form
    name, school_code = form.text("name", longest=200), form.text("school_code", longest=20)
    role = member_of(Role, form.text("role"), "role")
    if person_id == desk.caller.person_id and role is not found.role:
        raise Refused("not_allowed", "role")
    if school_code and school_code not in {school.code for school in schools(desk.connection, desk.district_id)}:
        raise Refused("wrong_value", "school_code")
    accounts.change_person(desk.connection, desk.district_id, person_id, desk.now, name=name, role=role, school_code=school_code)
    fields = (("name", found.name, name), ("role", found.role, role), ("school_code", found.school_code, school_code))
    changed = [field for field, before, after in fields if before != after]
    desk.note(Action.ACCOUNT_CHANGED, person_id, {"fields": changed})
    return desk.go(f"{PATH}/{person_id}", _("Saved. Their computers take it over at their next sync."))


@router.post("/{person_id}/extend")
@page(ADMIN_ONLY)
def extend(desk: Desk, person_id: str) -> Response:
    _locked(desk, person_id)
    expires_on = desk.form.day("expires_on", desk.today)
    if expires_on and expires_on < desk.today:
        raise Refused("wrong_value", "expires_on")
    accounts.extend_account(desk.connection, desk.district_id, person_id, expires_on)
    desk.note(Action.ACCOUNT_CHANGED, person_id, {"fields": ["expires_on"]})
    return desk.go(f"{PATH}/{person_id}", _("Saved."))


@router.post("/{person_id}/close")
@page(ADMIN_ONLY)
def close(desk: Desk, person_id: str) -> Response:
    listing.find(desk.connection, desk.district_id, person_id)
    if person_id == desk.caller.person_id:
        raise Refused("not_allowed", "person_id")
    accounts.close_account(desk.connection, desk.district_id, person_id, desk.now)
    desk.note(Action.ACCOUNT_CLOSED, person_id)
    return desk.go(f"{PATH}/{person_id}", _("The account is closed."))


def _locked(desk: Desk, person_id: str) -> PersonRow:
    """As the form saw it. Raises Refused mismatch where someone changed it meanwhile."""
    lock_district(desk.connection, desk.district_id)
    found = listing.find(desk.connection, desk.district_id, person_id)
    if desk.form.number("version") != found.version:
        raise Refused("mismatch", "version")
    return found
