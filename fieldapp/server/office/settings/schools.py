"""The schools: list, one school, many at once from a spreadsheet, all of them into one."""

from fastapi import APIRouter, Response

from fieldapp.domain.reference import School
from fieldapp.reports.places import place_name, tambon_codes
from fieldapp.reports.spreadsheet import Sheet, workbook
from fieldapp.server.audit import Action
from fieldapp.server.district_data import reading, schools
from fieldapp.server.office import sheets
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.problems import Refused
from fieldapp.texts import _, mark

router = APIRouter(prefix="/settings/schools")

PATH = "/office/settings/schools"
COLUMNS = {
    "code": ("รหัสโรงเรียน", "School code"),
    "name": ("ชื่อโรงเรียน", "School name"),
    "tambon_code": ("รหัสตำบล", "Tambon code"),
    "network": ("กลุ่มเครือข่าย", "School cluster"),
    "active": ("เปิดอยู่", "Open"),
}
WRONG = {
    "code": mark("a school code has 8 digits"),
    "name": mark("the name is missing"),
    "tambon_code": mark("no such tambon code"),
    "network": mark("the cluster's name is too long"),
    "twice": mark("this code stands above already"),
}


@router.get("")
@page()
def all_schools(desk: Desk) -> Response:
    return desk.show("settings/schools.html", schools=reading.schools(desk.connection, desk.district_id))


@router.get("/xlsx")
@page()
def school_spreadsheet(desk: Desk) -> Response:
    """In the layout that can be read in again."""
    rows = [
        (school.code, school.name, school.tambon_code, school.network, "ใช่" if school.active else "ปิด")
        for school in reading.schools(desk.connection, desk.district_id)
    ]
    return spreadsheet(workbook([Sheet(_("Schools"), [names[0] for names in COLUMNS.values()], rows)]), "schools")


@router.get("/new")
@page()
def new_school(desk: Desk) -> Response:
    return _form(desk, School("", ""), 0)


@router.post("/import")
@page()
def preview(desk: Desk) -> Response:
    given = sheets.uploaded(desk, "file", COLUMNS)
    rows = schools.check(given, reading.schools(desk.connection, desk.district_id))
    return desk.show("settings/schools_preview.html", rows=rows, carried=sheets.carried, said=_said)


@router.post("/accept")
@page()
def accept(desk: Desk) -> Response:
    taken = schools.take(desk.connection, desk.district_id, sheets.brought_back(desk, "row", COLUMNS))
    desk.note_each(Action.REFERENCE_CHANGED, [f"school:{school.code}" for school in taken])
    return desk.go(PATH, _("{count} schools were added or changed.").format(count=len(taken)))


@router.get("/{code}")
@page()
def one_school(desk: Desk, code: str) -> Response:
    found = {school.code: school for school in reading.schools(desk.connection, desk.district_id)}.get(code)
    if found is None:
        raise Refused("unknown_record", "code")
    return _form(desk, found, found.version)


@router.post("")
@page()
def keep_school(desk: Desk) -> Response:
    form = desk.form
    seen = form.number("seen") or 0
    school = School(form.text("code"), form.text("name"), form.text("tambon_code"), form.text("network"), form.ticked("active"))
    wrong = schools.wrong_fields(school)
    if wrong:
        return _form(desk, school, seen, _said(wrong), 422)
    schools.put_school(desk.connection, desk.district_id, school, seen)
    desk.note(Action.REFERENCE_CHANGED, f"school:{school.code}")
    return desk.go(PATH, _("Saved. Laptops get it at their next sync."))


def _form(desk: Desk, school: School, seen: int, said: str = "", status: int = 200) -> Response:
    places = [(code, f"{place_name(code)} · {place_name(code[:4])} ({code})") for code in tambon_codes()]
    return desk.show("settings/school.html", status=status, school=school, seen=seen, said=said, places=places)


def _said(wrong: tuple[str, ...]) -> str:
    return ", ".join(_(WRONG[field]) for field in wrong)
