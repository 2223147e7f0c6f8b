"""Children in danger: the telephone numbers that laptops show without a signal, and who reads urgent reports."""

from fastapi import APIRouter, Response
from sqlalchemy import select

from fieldapp import words
from fieldapp.domain.help_line import LONGEST, MOST, SETTING, HelpLine, from_setting, to_setting
from fieldapp.domain.reference import DISTRICT_ROLES, Role
from fieldapp.help_lines import usual_lines
from fieldapp.records import tables as record_tables
from fieldapp.records.reference import URGENT_READERS
from fieldapp.server import tables
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.district_data.editing import put_setting
from fieldapp.server.district_data.reading import setting
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/settings/protection")

PATH = "/office/settings/protection"
_ROLES = (Role.OFFICER, Role.COORDINATOR, Role.ADMIN, Role.SCHOOL_HEAD)
_MOST_PEOPLE = 50


@router.get("")
@page()
def protection(desk: Desk) -> Response:
    lines = setting(desk.connection, desk.district_id, SETTING)
    own = from_setting(lines.value)
    readers = setting(desk.connection, desk.district_id, URGENT_READERS)
    shown = list(own or usual_lines())
    roles = readers.value["roles"].split(",") if "roles" in readers.value else sorted(DISTRICT_ROLES)
    return desk.show(
        "settings/protection.html",
        lines=[*shown, *[HelpLine("", "")] * min(3, MOST - len(shown))],
        own=bool(own),
        lines_seen=lines.version,
        longest=LONGEST,
        roles=[(role.value, words.of(role), role.value in roles) for role in _ROLES],
        accounts=", ".join(_accounts(desk, readers.value.get("people", "").split(","))),
        readers_seen=readers.version,
        may_change_readers=desk.caller.role in ADMIN_ONLY,
    )


@router.post("/numbers")
@page()
def keep_numbers(desk: Desk) -> Response:
    form = desk.form
    columns = (form.texts("number", longest=30), form.texts("name", longest=LONGEST), form.texts("what_for", longest=LONGEST))
    lines = [HelpLine(*(text.strip() for text in row)) for row in zip(*columns, strict=False)]
    lines = [line for line in lines if line != HelpLine("", "")]
    if len(lines) > MOST or not all(line.is_whole for line in lines):
        raise Refused("wrong_value", "help_lines")
    return _kept(desk, SETTING, to_setting(lines))


@router.post("/readers")
@page(ADMIN_ONLY)
def keep_readers(desk: Desk) -> Response:
    roles = [role.value for role in _ROLES if role.value in desk.form.texts("role")]
    named = list(dict.fromkeys(filter(None, (part.strip() for part in desk.form.text("accounts").split(",")))))
    people = _people(desk, named)
    if not roles and not people:
        raise Refused("wrong_value", "urgent_readers")
    return _kept(desk, URGENT_READERS, {"roles": ",".join(roles), "people": ",".join(people)})


def _people(desk: Desk, accounts: list[str]) -> list[str]:
    """Their ids. Raises Refused where one is nobody, or a partner."""
    account, person = tables.account, record_tables.person
    same = (account.c.district_id == person.c.district_id) & (account.c.person_id == person.c.id)
    query = select(account.c.account, account.c.person_id, person.c.role).select_from(account.join(person, same))
    query = query.where(account.c.district_id == desk.district_id, account.c.account.in_(accounts))
    found = {row.account: row for row in desk.connection.execute(query)}
    if len(accounts) > _MOST_PEOPLE or found.keys() != set(accounts) or any(row.role == Role.PARTNER for row in found.values()):
        raise Refused("wrong_value", "accounts")
    return [found[account].person_id for account in accounts]


def _accounts(desk: Desk, people: list[str]) -> list[str]:
    table = tables.account
    query = select(table.c.account).where(table.c.district_id == desk.district_id, table.c.person_id.in_(people))
    return sorted(desk.connection.scalars(query))


def _kept(desk: Desk, name: str, values: dict[str, str]) -> Response:
    put_setting(desk.connection, desk.district_id, name, values, desk.form.number("seen"))
    desk.note(Action.REFERENCE_CHANGED, f"setting:{name}", values)
    return desk.go(PATH, _("Saved. Laptops get it at their next sync."))
