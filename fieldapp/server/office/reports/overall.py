"""The overall report to OBEC (technique T7): ladder, causes, narrative, signatures; as a letter to print and as a spreadsheet."""

import datetime as dt

from fastapi import APIRouter, Response

from fieldapp.domain.ladder import Rounding
from fieldapp.domain.thai_dates import slashed
from fieldapp.records.reference import setting
from fieldapp.reports import ladder_rows
from fieldapp.reports.ladder import SETTING, LadderReport, ladder_report
from fieldapp.reports.ladder_files import as_xlsx
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import day_of, member_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.reporting import letters as report_letters
from fieldapp.server.reporting.letters import Letter
from fieldapp.texts import _

router = APIRouter(prefix="/reports/overall")

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_LONGEST_NARRATIVE = 8_000


@router.get("")
@page()
def overall(desk: Desk, as_of: str = "", rounding: str = "", digits: str = "arabic", legacy: str = "") -> Response:
    """`legacy`: the caption that the district's old report used for the traced, with its footnote."""
    report = _report(desk, as_of, rounding)
    legacy = legacy or setting(desk.connection, desk.district_id, SETTING).get("legacy_caption", "no")
    return desk.show(
        "reports/overall.html",
        report=report,
        letter=report_letters.letter_of(desk.connection, desk.district_id, report.as_of),
        lines=ladder_rows.lines(report),
        captions=ladder_rows.list_captions(),
        causes=ladder_rows.causes(report),
        roundings=list(Rounding),
        rounding_said=ladder_rows.rounding_text(report.rounding),
        digits=digits,
        legacy=legacy == "yes",
        written=_thai_digits if digits == "thai" else str,
    )


@router.post("")
@page()
def keep_letter(desk: Desk) -> Response:
    form = desk.form
    as_of = form.day("as_of", desk.today) or desk.today
    texts = {name: form.text(name) for name in Letter.__slots__ if name != "narrative"}
    letter = Letter(**texts, narrative=form.text("narrative", longest=_LONGEST_NARRATIVE))
    report_letters.keep(desk.connection, desk.district_id, as_of, letter, desk.caller.person_id, desk.now)
    return desk.go(f"/office/reports/overall?as_of={slashed(as_of)}", _("The words of the report are saved."))


@router.get("/xlsx")
@page()
def overall_spreadsheet(desk: Desk, as_of: str = "", rounding: str = "") -> Response:
    report = _report(desk, as_of, rounding)
    return spreadsheet(as_xlsx(report), f"overall-{report.as_of.isoformat()}")


def _report(desk: Desk, as_of: str, rounding: str) -> LadderReport:
    day: dt.date = day_of(as_of, "as_of", desk.today) or desk.today
    chosen = member_of(Rounding, rounding, "rounding") if rounding else None
    return ladder_report(desk.connection, desk.district_id, day, rounding=chosen)


def _thai_digits(value: object) -> str:
    return str(value).translate(_THAI_DIGITS)
