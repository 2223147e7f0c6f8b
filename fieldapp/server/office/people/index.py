"""The people of the district: the list with its filters, and adding one."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.domain.reference import Role
from fieldapp.errors import SetupError
from fieldapp.server.access.accounts import add_account
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.district_data.reading import schools
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.people import listing
from fieldapp.server.people.listing import PeopleFilter
from fieldapp.server.problems import Refused
from fieldapp.texts import _, mark

router = APIRouter(prefix="/people")

PATH = "/office/people"
# What is wrong with a field of an account.
WRONG = {
    "account": mark("An account needs a name of its own to sign in with."),
    "taken": mark("This account name is taken. Choose another one."),
    "name": mark("A person needs a name."),
    "school_code": mark("A teacher or school head needs a school."),
    "expires_on": mark("The day lies in the past, or is none."),
}


@router.get("")
@page()
def people(desk: Desk, part: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    query = desk.query
    given = {name: query[name] for name in ("q", "role", "school", "state") if query.get(name)}
    role = member_of(Role, given["role"], "role") if "role" in given else None
    wanted = PeopleFilter(given.get("q", ""), role, given.get("school", ""), given.get("state", ""))
    pager = tables.pager(PATH, given, part, listing.count(desk.connection, desk.district_id, wanted))
    return desk.show(
        "people/list.html",
        rows=listing.part(desk.connection, desk.district_id, wanted, pager.offset, pager.size),
        pager=pager,
        given=given,
        roles=list(Role),
        schools=schools(desk.connection, desk.district_id),
        may_change=desk.caller.role in ADMIN_ONLY,
        now=desk.now,
    )


@router.get("/new")
@page(ADMIN_ONLY)
def new_person(desk: Desk) -> Response:
    return _form(desk, {"role": Role.TEACHER.value})


@router.post("/new")
@page(ADMIN_ONLY)
def add_person(desk: Desk) -> Response:
    """Without a password: the person sets their own with the code of the slip."""
    form = desk.form
    typed = {name: form.text(name, longest=200) for name in ("account", "name", "role", "school_code", "expires_on")}
    try:
        expires_on = form.day("expires_on", desk.today)
        if expires_on and expires_on < desk.today:
            raise Refused("wrong_value", "expires_on")
        role = member_of(Role, typed["role"], "role")
        person = add_account(
            desk.connection, desk.district_id, typed["account"], None, typed["name"], role, typed["school_code"], expires_on
        )
    except SetupError as error:
        return _form(desk, typed, str(error.data.get("reason") or error.data["field"]))
    except Refused as refused:
        return _form(desk, typed, refused.field)
    desk.note(Action.ACCOUNT_ADDED, person.id)
    return desk.go(
        f"{PATH}/{person.id}", _("{name} is added. Print the sign-in slip, so that they can set a password.").format(name=person.name)
    )


def _form(desk: Desk, typed: dict[str, str], wrong: str = "") -> Response:
    return desk.show(
        "people/new.html",
        status=422 if wrong else 200,
        typed={"account": "", "name": "", "school_code": "", "expires_on": "", **typed},
        wrong=_(WRONG.get(wrong, WRONG["account"])) if wrong else "",
        roles=list(Role),
        schools=schools(desk.connection, desk.district_id, active_only=True),
    )
