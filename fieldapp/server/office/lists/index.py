"""Received lists: all of them, the upload of a new one, and which of its columns is what."""

from dataclasses import replace

from fastapi import APIRouter, Response

from fieldapp import words
from fieldapp.domain.care.risk import RiskSource
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.errors import ListError
from fieldapp.server.lists import browsing, staging, work
from fieldapp.server.lists.browsing import Import
from fieldapp.server.lists.fields import OF_RISKS, Field
from fieldapp.server.lists.header import find_header
from fieldapp.server.lists.importer import ListFile, proposed_mapping
from fieldapp.server.lists.layout import layout_of
from fieldapp.server.lists.reader import read_sheets
from fieldapp.server.lists.words import field_words
from fieldapp.server.lists.work import Office
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import member_of
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/lists")

PATH = "/office/lists"
# Enough to find the header and to see what the columns hold.
_FIRST_ROWS = 240
_SAMPLED = 40
_SITES = (RiskSource.POVERTY_SITE, RiskSource.SCREENING_SITE, RiskSource.CARE_SITE)


@router.get("")
@page()
def lists(desk: Desk) -> Response:
    found = browsing.imports(desk.connection, desk.district_id)
    return desk.show("lists/index.html", imports=found, list_types=_kinds(), problem=None, given={})


@router.post("")
@page()
def upload(desk: Desk) -> Response:
    given = {name: desk.form.text(name, longest=100) for name in ("list_type", "round", "as_of")}
    came = desk.form.file("file")
    try:
        as_of = desk.form.day("as_of", desk.today)
        if came is None or not given["round"] or as_of is None or as_of > desk.today:
            raise ListError("list.incomplete")
        list_type, source = _kind(given["list_type"])
        name = (came.filename or "").replace("\\", "/").rsplit("/", 1)[-1][:200].replace("\x00", "")
        list_id = _begin(desk, ListFile(came.file.read(), name, list_type, given["round"], as_of, None, source))
    except ListError as error:
        found = browsing.imports(desk.connection, desk.district_id)
        return desk.show("lists/index.html", 422, imports=found, list_types=_kinds(), problem=error, given=given)
    return desk.go(f"{PATH}/{list_id}/columns")


@router.get("/{list_id}/columns")
@page()
def columns(desk: Desk, list_id: str) -> Response:
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    _require_open(begun)
    return desk.show("lists/columns.html", begun=begun, columns=begun.layout.columns(begun.mapping), fields=_fields(begun), problem="")


@router.post("/{list_id}/columns")
@page()
def map_columns(desk: Desk, list_id: str) -> Response:
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    _require_open(begun)
    mapping: dict[str, str] = {}
    for column in begun.layout.columns({}):
        field = desk.form.text(column.letter)
        if not field:
            continue
        if field in mapping and field == Field.RISK_ASPECT:
            mapping[field] += f",{column.letter}"
            continue
        if field in mapping:
            return _not_mapped(desk, begun, _("Two columns cannot both be “{field}”.").format(field=field_words(Field(field))))
        mapping[member_of(Field, field, column.letter).value] = column.letter
    if Field.GIVEN_NAME not in mapping and Field.FULL_NAME not in mapping:
        return _not_mapped(desk, begun, _("Say which column holds the name."))
    if begun.risk_source and not {Field.RISK_ASPECT, Field.RISK_REASON, Field.RISK_LEVEL} & set(mapping):
        return _not_mapped(desk, begun, _("Say which column tells of the risk: its aspects, its reason or its level."))
    if not work.start(office_of(desk), list_id, "check", {"mapping": mapping}):
        return desk.go(f"{PATH}/{list_id}/columns", _("Another list is being worked on. Try again when it is done."))
    return desk.go(f"{PATH}/{list_id}")


def office_of(desk: Desk) -> Office:
    return Office(desk.server.engine, desk.district_id, desk.caller.person_id, desk.server.clock)


def _begin(desk: Desk, file: ListFile) -> str:
    """Look at the first rows, and keep the file for the rest. Raises ListError."""
    connection, district_id = desk.connection, desk.district_id
    staging.refuse_repeat(connection, district_id, file.sha256)
    sheet, header = find_header(read_sheets(file.data, first=_FIRST_ROWS))
    rows = [row for row in sheet.rows if row.number > header.last_row]
    try:
        mapping = proposed_mapping(connection, district_id, header, rows, risks=file.risk_source is not None).to_json()
    except ListError:  # a person will say which column is the name
        mapping = {}
    list_id = new_id()
    proposed = replace(file, mapping=mapping)
    layout = layout_of(header, rows[:_SAMPLED])
    staging.begin(connection, district_id, list_id, proposed, layout, desk.caller.person_id, desk.now, sheet=sheet.name, keep_file=True)
    return list_id


def _not_mapped(desk: Desk, begun: Import, problem: str) -> Response:
    said: dict[str, list[str]] = {}
    for column in begun.layout.columns({}):
        said.setdefault(desk.form.text(column.letter), []).append(column.letter)
    said.pop("", None)
    mapping = {field: ",".join(letters) if field == Field.RISK_ASPECT else letters[0] for field, letters in said.items()}
    return desk.show("lists/columns.html", 422, begun=begun, columns=begun.layout.columns(mapping), fields=_fields(begun), problem=problem)


def _fields(begun: Import) -> list[tuple[str, str]]:
    """What a column can be, in words."""
    usable = [field for field in Field if begun.risk_source or field not in OF_RISKS]
    return [("", _("– not used –")), *((field.value, field_words(field, at_school=begun.risk_source is not None)) for field in usable)]


def _kinds() -> list[tuple[str, str]]:
    """What can be uploaded: OBEC's lists, and the exports of the three web sites."""
    return [(one.value, words.of(one)) for one in (*OBEC_LISTS, *_SITES)]


def _kind(text: str) -> tuple[ListType, RiskSource | None]:
    """Raises Refused wrong_value for what cannot be uploaded."""
    if text in _SITES:
        return ListType.AT_RISK, RiskSource(text)
    if text not in OBEC_LISTS:
        raise Refused("wrong_value", "list_type")
    return ListType(text), None


def _require_open(begun: Import) -> None:
    if begun.state not in ("mapping", "checked"):
        raise Refused("mismatch", "list")
