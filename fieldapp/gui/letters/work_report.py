"""The report of work set on A4: what, whose and as of which day, figures with their bars, tables, page numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fieldapp import phrases
from fieldapp.gui.letters.ink import PAGE_HEIGHT, Sheet, letter_font
from fieldapp.gui.letters.setting import BOTTOM, LEFT, RIGHT, TOP, Setter
from fieldapp.reports import work_rows
from fieldapp.reports.work_figures import Group, WorkReport
from fieldapp.reports.work_files import as_of_lines
from fieldapp.texts import _, ngettext, speaking

_MM = 720 / 25.4
_CAPTION_RIGHT = LEFT + 75 * _MM
_COUNT_RIGHT = RIGHT
_BAR_LEFT, _BAR_RIGHT = _CAPTION_RIGHT + 4 * _MM, RIGHT - 20 * _MM
_COLUMN = 19 * _MM
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True, slots=True)
class Headed:
    """What stands on top: `school` may be '', `of_school` where it is the school's and not one person's work."""

    school: str
    person: str
    of_school: bool

    def lines(self) -> tuple[str, ...]:
        title = _("Report of my school's work") if self.of_school else _("Report of my work")
        return tuple(line for line in (title, self.school, _("Reported by {name}").format(name=self.person)) if line)


def set_work(report: WorkReport, headed: Headed, *, names: bool = False, thai_digits: bool = False) -> list[Sheet]:
    """`names`: with the children not visited yet. On paper everything is in Thai."""
    with speaking("th"):
        paper = _Paper((lambda text: text.translate(_THAI_DIGITS)) if thai_digits else str)
        paper.head(headed.lines(), as_of_lines(report))
        paper.plain(work_rows.confirmed_words(report))
        paper.section(work_rows.Section(_("Overview"), (*work_rows.headline(report.all), *work_rows.lists(report.all))))
        for section in work_rows.sections(report):
            paper.section(section)
        for title, rows in work_rows.tables_of(report):
            paper.table(title, rows)
        if names:
            paper.children(report)
        paper.number_pages()
        return paper.setter.sheets


class _Paper:
    def __init__(self, written: Callable[[str], str]) -> None:
        self.setter = Setter()
        self._written = written
        self._line = self.setter.height(letter_font())

    def head(self, lines: Sequence[str], as_of: Sequence[str]) -> None:
        self.setter.centre(self._written(lines[0]), letter_font(1.35, bold=True))
        for line in lines[1:]:
            self.setter.paragraph(self._written(line), letter_font())
        for line in as_of:
            self.plain(line)

    def plain(self, text: str) -> None:
        self.setter.paragraph(self._written(text), letter_font(0.9))

    def section(self, section: work_rows.Section) -> None:
        self._title(section.title)
        if not section.rows:
            self.plain(_("Nothing in this time."))
        most = max((row.count for row in section.rows), default=0)
        for row in section.rows:
            self.setter.room(self._line * 2)
            self._count(row.count, _COUNT_RIGHT)
            if section.compared and row.count:
                self.setter.bar(_BAR_LEFT, (_BAR_RIGHT - _BAR_LEFT) * row.count / most)
            caption = row.caption
            if row.unconfirmed:
                caption += " " + _("({count} not confirmed)").format(count=f"{row.unconfirmed:,}")
            right = _CAPTION_RIGHT if section.compared else _BAR_RIGHT
            self.setter.paragraph(self._written(caption), letter_font(), right=right)

    def table(self, title: str, rows: Sequence[tuple[str, Group]]) -> None:
        self._table_head(title)
        name_right = RIGHT - _COLUMN * len(work_rows.GROUP_HEAD) - 2 * _MM
        for name, group in rows:
            if self.setter.y + 2 * self._line > BOTTOM:
                self.setter.turn()
                self._table_head(title)
            for number, count in enumerate(reversed(work_rows.group_cells(group))):
                self._count(count, RIGHT - number * _COLUMN)
            self.setter.paragraph(self._written(name), letter_font(), right=name_right)

    def children(self, report: WorkReport) -> None:
        self._title(_("Not visited yet, waiting longest"))
        for one in report.waiters:
            self.setter.room(self._line)
            days = ngettext("{count} day", "{count} days", one.days).format(count=f"{one.days:,}")
            self.setter.end_at(self._written(days), letter_font(), RIGHT)
            self.setter.paragraph(self._written(phrases.full_name(one)), letter_font(), right=_BAR_RIGHT)

    def number_pages(self) -> None:
        font = letter_font(0.85)
        sheets = self.setter.sheets
        foot = Setter()
        for number, sheet in enumerate(sheets, start=1):
            foot.sheets = [sheet]
            foot.y = (BOTTOM + PAGE_HEIGHT) / 2 - foot.height(font) / 2
            said = _("Page {number} of {count}").format(number=number, count=len(sheets))
            foot.say(self._written(said), font, (LEFT + RIGHT) / 2 - foot.width(said, font) / 2)

    def _title(self, title: str) -> None:
        self.setter.room(self._line * 4)
        if self.setter.y > TOP:
            self.setter.gap(0.6)
        self.setter.paragraph(self._written(title), letter_font(bold=True))

    def _table_head(self, title: str) -> None:
        """Names of columns wrap: each begins on the line that the title has left."""
        small = letter_font(0.75)
        self._title(title)
        top, lowest = self.setter.y, self.setter.y
        for number, caption in enumerate(reversed(work_rows.GROUP_HEAD)):
            self.setter.y = top
            right = RIGHT - number * _COLUMN
            self.setter.paragraph(_(caption), small, x=right - _COLUMN + 3 * _MM, right=right)
            lowest = max(lowest, self.setter.y)
        self.setter.y = lowest - self._line * 0.8
        self.setter.rule(LEFT, RIGHT, dotted=False)
        self.setter.y = lowest + self._line * 0.2

    def _count(self, count: int, right: float) -> None:
        self.setter.end_at(self._written(f"{count:,}"), letter_font(), right)
