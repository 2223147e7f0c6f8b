"""The ladder by school, place, sex, grade, disability, level or person, as a page, as a spreadsheet, and as it may be published."""

from collections.abc import Sequence

from fastapi import APIRouter, Response

from fieldapp import phrases, words
from fieldapp.domain.child import Sex
from fieldapp.domain.ladder import Bucket
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.visit import ReturnLevel
from fieldapp.reports import public_figures
from fieldapp.reports.breakdown import BreakdownRow, By, breakdown
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.reports.spreadsheet import Sheet, workbook
from fieldapp.server.office.case_address import address
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import day_of, member_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.problems import Refused
from fieldapp.texts import _, mark

router = APIRouter(prefix="/reports/by")

CAPTIONS = {
    By.AMPHOE: mark("Amphoe"),
    By.TAMBON: mark("Tambon"),
    By.SCHOOL: mark("School"),
    By.ASSIGNEE: mark("Assigned to"),
    By.SEX: mark("Sex"),
    By.GRADE: mark("Last grade"),
    By.DISABILITY: mark("Disability"),
    By.LEVEL: mark("Level returned to"),
}
# Figures that name no person.
_PUBLIC = (By.AMPHOE, By.TAMBON, By.SEX, By.LEVEL)


@router.get("/{by}")
@page()
def by_page(desk: Desk, by: By, as_of: str = "", list_type: str = "") -> Response:
    wanted = _wanted(desk, as_of, list_type)
    rows = breakdown(desk.connection, desk.district_id, wanted, by)
    return desk.show(
        "reports/by.html",
        by=by,
        captions=[(one.value, _(caption)) for one, caption in CAPTIONS.items()],
        rows=[(row, _name(by, row)) for row in rows],
        totals={bucket: sum(row.buckets[bucket] for row in rows) for bucket in Bucket},
        as_of=wanted.as_of,
        list_type=list_type,
        list_types=list(OBEC_LISTS),
        bucket=Bucket,
        public=by in _PUBLIC,
        cases_at=address,
    )


@router.get("/{by}/xlsx")
@page()
def by_spreadsheet(desk: Desk, by: By, as_of: str = "", list_type: str = "") -> Response:
    wanted = _wanted(desk, as_of, list_type)
    rows = breakdown(desk.connection, desk.district_id, wanted, by)
    header = (_(CAPTIONS[by]), _("Listed"), _("Traced"), *(words.of(bucket) for bucket in Bucket))
    lines: list[Sequence[str | int]] = [
        (_name(by, row), row.total, row.traced, *(row.buckets[bucket] for bucket in Bucket)) for row in rows
    ]
    return spreadsheet(workbook([Sheet(_(CAPTIONS[by]), header, lines, _above(wanted))]), f"by-{by.value}")


@router.get("/{by}/public")
@page()
def for_publication(desk: Desk, by: By, as_of: str = "", list_type: str = "") -> Response:
    """Without names, and without cells so small that they tell of one child."""
    wanted = _wanted(desk, as_of, list_type)
    rows = breakdown(desk.connection, desk.district_id, wanted, by if by in _PUBLIC else By.AMPHOE)
    table = public_figures.public_table(rows, list(Bucket))
    names = [*(_name(by, row) for row in rows), _("Total")]
    header = (_(CAPTIONS[by]), *(words.of(bucket) for bucket in table.buckets), _("Listed"))
    lines = [(name, *(_shown(count) for count in counts)) for name, counts in zip(names, table.counts, strict=True)]
    above = (*_above(wanted), _("“*” stands for a figure that is not published, so that no child can be recognised."))
    return spreadsheet(workbook([Sheet(_("For publication"), header, lines, above)]), f"public-{by.value}")


def _wanted(desk: Desk, as_of: str, list_type: str) -> CaseFilter:
    day = day_of(as_of, "as_of", desk.today) or desk.today
    return CaseFilter(as_of=day, list_types=(_obec_list(list_type),) if list_type else OBEC_LISTS)


def _obec_list(text: str) -> ListType:
    """Raises Refused wrong_value also for a list that is not reported to OBEC."""
    found = member_of(ListType, text, "list_type")
    if found not in OBEC_LISTS:
        raise Refused("wrong_value", "list_type")
    return found


def _above(wanted: CaseFilter) -> Sequence[str]:
    assert wanted.as_of is not None
    which = _("Both lists") if wanted.list_types == OBEC_LISTS else words.of(wanted.list_types[0])
    return (_("As of {date}").format(date=phrases.long_day(wanted.as_of, weekday=False)), which)


def _name(by: By, row: BreakdownRow) -> str:
    if not row.key:
        return _("Not known")
    if by is By.SEX:
        return words.of(Sex(row.key))
    if by is By.LEVEL:
        return words.of(ReturnLevel(row.key))
    return row.name or row.key


def _shown(count: int | None) -> int | str:
    return "*" if count is None else count
