"""Many people at once from a spreadsheet: its template, a look at every row, and adding them. Nothing is done before they are accepted."""

from fastapi import APIRouter, Response

from fieldapp import words
from fieldapp.domain.reference import Role
from fieldapp.reports.spreadsheet import Sheet, workbook
from fieldapp.server.access.scope import ADMIN_ONLY
from fieldapp.server.audit import Action
from fieldapp.server.district_data.reading import schools
from fieldapp.server.office import sheets
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.people.index import PATH
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.people import bulk
from fieldapp.texts import _, mark

router = APIRouter(prefix="/people/bulk")

COLUMNS = {
    "name": ("ชื่อ-นามสกุล", "Name"),
    "account": ("บัญชีผู้ใช้", "Account"),
    "role": ("บทบาท", "Role"),
    "school_code": ("รหัสโรงเรียน", "School code"),
    "expires_on": ("ใช้ได้ถึงวันที่", "May sign in until"),
}
WRONG = {
    "name": mark("the name is missing"),
    "account": mark("the account is missing"),
    "taken": mark("this account name is taken"),
    "twice": mark("this account stands above already"),
    "role": mark("no such role"),
    "school_code": mark("no such school, or none for a teacher or school head"),
    "expires_on": mark("the day cannot be read or has passed"),
}


@router.get("")
@page(ADMIN_ONLY)
def start(desk: Desk) -> Response:
    return desk.show("people/bulk.html", most=sheets.MOST_ROWS)


@router.get("/template")
@page(ADMIN_ONLY)
def template(desk: Desk) -> Response:
    """An empty table with the right headings; beside it which roles and schools there are."""
    roles = [(words.of(role), role.value) for role in Role]
    known = [(school.code, school.name) for school in schools(desk.connection, desk.district_id, active_only=True)]
    return spreadsheet(
        workbook(
            [
                Sheet(_("People"), [names[0] for names in COLUMNS.values()], []),
                Sheet(_("Roles"), [_("Role"), _("Code")], roles),
                Sheet(_("Schools"), [_("School code"), _("Name")], known),
            ]
        ),
        "people",
    )


@router.post("")
@page(ADMIN_ONLY)
def preview(desk: Desk) -> Response:
    given = sheets.uploaded(desk, "file", COLUMNS)
    rows = bulk.check(desk.connection, desk.district_id, given, desk.today)
    return desk.show("people/bulk_preview.html", rows=rows, good=[row for row in rows if not row.wrong], carried=sheets.carried, said=_said)


@router.post("/accept")
@page(ADMIN_ONLY)
def accept(desk: Desk) -> Response:
    added = bulk.take(desk.connection, desk.district_id, sheets.brought_back(desk, "row", COLUMNS), desk.today, desk.now)
    desk.note_each(Action.ACCOUNT_ADDED, [person.id for person in added])
    said = _("{count} people were added. Tick them and print their sign-in slips.").format(count=len(added))
    return desk.go(f"{PATH}?state=no_password", said)


def _said(wrong: tuple[str, ...]) -> str:
    return ", ".join(_(WRONG[name]) for name in wrong)
