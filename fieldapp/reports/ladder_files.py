"""The ladder report as text for a terminal, as JSON for machines, and as a spreadsheet. It must not know a database."""

import json
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from fieldapp.domain import thai_dates
from fieldapp.domain.ladder import Bucket, Ladder, Share, Total
from fieldapp.reports import ladder_rows
from fieldapp.reports.ladder import LadderReport
from fieldapp.reports.ladder_rows import Line
from fieldapp.reports.spreadsheet import append, display_width, saved
from fieldapp.texts import _, language

_GAP = "   "
_JSON_BUCKETS = (Bucket.RETURNED, Bucket.NOT_RETURNED, Bucket.WANTS_RETURN, Bucket.NOT_FOUND)


def as_text(report: LadderReport) -> str:
    """The report as a table with aligned columns, then the ranked causes."""
    body = [["", *ladder_rows.list_captions(), ""], *(_text_cells(line) for line in ladder_rows.lines(report))]
    widths = [max(display_width(row[place]) for row in body) for place in range(len(body[0]))]
    printed = [ladder_rows.title(), f"{_as_of(report)} · {ladder_rows.rounding_text(report.rounding)}", ""]
    for row in body:
        cells = [
            _padded(row[0], widths[0]),
            *(_padded(cell, width, right=True) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)),
        ]
        printed.append(_GAP.join([*cells, row[-1]]).rstrip())
    for group in ladder_rows.causes(report):
        printed += ["", group.caption, *(f"  {rank}. {name}{_GAP}{count:,}" for rank, name, count in group.lines)]
    return "\n".join(printed) + "\n"


def as_json(report: LadderReport) -> str:
    """The report for machines: stable keys, percentages as text with the name of their base."""
    figures: dict[str, Any] = {ladder.list_type.value: _json_figures(report, ladder) for ladder in report.ladders}
    whole = {
        "as_of": report.as_of.isoformat(),
        "rounding": report.rounding.value,
        "preset": report.preset,
        "lists": figures,
        "total": _json_figures(report, report.total),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_xlsx(report: LadderReport) -> bytes:
    """The report as a spreadsheet with numbers as numbers."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _("Ladder")
    append(sheet, [ladder_rows.title()], bold=True)
    append(sheet, [_as_of(report)])
    append(sheet, [ladder_rows.rounding_text(report.rounding)])
    sheet.append([])
    header: list[Any] = [""]
    for caption in ladder_rows.list_captions():
        header += [caption, _("Percent")]
    append(sheet, [*header, _("Percent of what")], bold=True)
    for line in ladder_rows.lines(report):
        append(sheet, _xlsx_cells(line))
        sheet.cell(sheet.max_row, 1).alignment = Alignment(indent=line.level)
    for group in ladder_rows.causes(report):
        sheet.append([])
        append(sheet, [group.caption, _("Cases"), _("Rank")], bold=True)
        for rank, name, count in group.lines:
            append(sheet, [name, count, rank])
    sheet.column_dimensions["A"].width = 44
    for column in "BCDEFGH":
        sheet.column_dimensions[column].width = 15
    return saved(book)


def _as_of(report: LadderReport) -> str:
    date = thai_dates.long(report.as_of) if language() == "th" else report.as_of.isoformat()
    return _("As of {date}").format(date=date)


def _text_cells(line: Line) -> list[str]:
    caption = "  " * line.level + line.caption
    if not line.percents:
        return [caption, *(f"{count:,}{'':>10}" for count in line.counts), ""]
    percents = ["–" if percent is None else f"{percent} %" for percent in line.percents]
    return [caption, *(f"{count:,}{percent:>10}" for count, percent in zip(line.counts, percents, strict=True)), line.base]


def _padded(text: str, width: int, *, right: bool = False) -> str:
    room = " " * (width - display_width(text))
    return room + text if right else text + room


def _json_figures(report: LadderReport, figures: Ladder | Total) -> dict[str, Any]:
    def percent(share: Share) -> dict[str, str | None]:
        value = share.percent(report.rounding)
        return {"value": None if value is None else str(value), "base": share.base_name}

    return {
        "listed": figures.listed,
        "traced": figures.traced,
        "in_progress": figures.in_progress,
        **{bucket.value: figures.buckets[bucket] for bucket in _JSON_BUCKETS},
        "percent": {
            "traced": percent(figures.traced_share),
            "in_progress": percent(figures.in_progress_share),
            **{bucket.value: percent(figures.share(bucket)) for bucket in _JSON_BUCKETS},
        },
        "causes": [{"code": cause.code, "name": report.cause_name(cause.code), "count": cause.count} for cause in figures.causes],
    }


def _xlsx_cells(line: Line) -> list[Any]:
    cells: list[Any] = [line.caption]
    for place, count in enumerate(line.counts):
        cells += [count, line.percents[place] if line.percents else None]
    return [*cells, line.base]
