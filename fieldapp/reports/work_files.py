"""The report of work as a spreadsheet: a sheet for the figures, one for each table, and the children only where they were asked for."""

from collections.abc import Iterator

from fieldapp import phrases
from fieldapp.reports import work_rows
from fieldapp.reports.spreadsheet import Sheet, workbook
from fieldapp.reports.work_figures import WorkReport
from fieldapp.texts import _


def as_xlsx(report: WorkReport, heading: tuple[str, ...], *, names: bool = False) -> bytes:
    """`heading` are the lines above the figures: what it is, whose it is. `names`: with a sheet of the children not visited yet."""
    above = (*heading, *as_of_lines(report))
    return workbook((*_figures(report, above), *_tables(report, above), *(_children(report, above) if names else ())))


def as_of_lines(report: WorkReport) -> tuple[str, ...]:
    """As of when, of which days, and of whom: on paper the figures stand without the screen that they come from."""
    period = work_rows.days_of(report.period)
    return (
        _("As of {day}").format(day=phrases.day(report.period.last)),
        _("Visits, forms, photos and follow-ups done: {period}").format(period=period),
        _("Counted: the children on this laptop now, with place and class as their cards have them now. Not the figures of the district."),
    )


def _figures(report: WorkReport, above: tuple[str, ...]) -> Iterator[Sheet]:
    rows: list[tuple[str, str, int, int]] = []
    for row in (*work_rows.headline(report.all), *work_rows.lists(report.all)):
        rows.append((_("Overview"), row.caption, row.count, row.unconfirmed))
    for section in work_rows.sections(report):
        rows += [(section.title, row.caption, row.count, row.unconfirmed) for row in section.rows]
    header = (_("Part"), _("Figure"), _("Count"), _("of these not confirmed by the district yet"))
    yield Sheet(_("Figures"), header, rows, (*above, work_rows.confirmed_words(report)))


def _tables(report: WorkReport, above: tuple[str, ...]) -> Iterator[Sheet]:
    header = tuple(_(one) for one in work_rows.GROUP_HEAD)
    for title, rows in work_rows.tables_of(report):
        yield Sheet(title, (title, *header), [(name, *work_rows.group_cells(group)) for name, group in rows], above)


def _children(report: WorkReport, above: tuple[str, ...]) -> Iterator[Sheet]:
    rows = [(phrases.full_name(one), one.days) for one in report.waiters]
    yield Sheet(_("Not visited yet"), (_("Child"), _("Days waiting")), rows, above)
