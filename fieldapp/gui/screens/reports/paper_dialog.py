"""The report as it will be on paper: to look at, to print, to save as PDF or spreadsheet. Names only where the person asks for them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.letters.pdf import as_pdf
from fieldapp.gui.letters.preview import HEIGHT, WIDTH, SheetsPreview
from fieldapp.gui.letters.where import write_paper
from fieldapp.gui.letters.work_report import Headed, set_work
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.reports.work_figures import WorkReport
from fieldapp.texts import _

AskWhere = Callable[[QWidget, str], Path | None]


class PaperDialog(QDialog):
    """`ask_where` asks for the file, given its ending; None where the person left it."""

    def __init__(self, report: WorkReport, headed: Headed, parent: QWidget | None = None, ask_where: AskWhere | None = None) -> None:
        super().__init__(parent)
        self._report, self._headed = report, headed
        self._ask_where = ask_where or self._ask_for_file
        self.setWindowTitle(_("Report on paper"))
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(6), space(5))
        column.setSpacing(space(3))
        self.message = Message()
        self.names = QCheckBox(_("With the names of the children not visited yet"))
        self.names.setMinimumHeight(40)
        self.caution = Text("", wrap=True)
        self._preview = SheetsPreview(_("Report on paper"))
        column.addWidget(Text(_("Report on paper"), Role.TITLE))
        column.addWidget(self.names)
        column.addWidget(self.caution)
        column.addWidget(self.message)
        column.addWidget(self._preview, 1)
        column.addLayout(self._foot())
        self.names.toggled.connect(lambda _on: self._set())
        self.resize(WIDTH, min(HEIGHT, room_for(self)))
        self._set()

    def pdf(self) -> bytes:
        return as_pdf(self.sheets, "รายงานการติดตาม")

    def xlsx(self) -> bytes:
        # The spreadsheet library is heavy and wanted here only.
        from fieldapp.reports.work_files import as_xlsx

        return as_xlsx(self._report, self._headed.lines(), names=self.names.isChecked())

    def save(self, ending: str) -> None:
        path = self._ask_where(self, ending)
        if path is None:
            return
        holds = _("Delete the file when it is printed.") if self.names.isChecked() else _("The file holds figures only, no child's name.")
        write_paper(path, self.pdf() if ending == ".pdf" else self.xlsx(), self.message, holds)

    def print(self) -> None:
        # Qt's printing is loaded when somebody prints.
        from fieldapp.gui.letters.printing import ask_and_print

        ask_and_print(self.sheets, self)

    def _set(self) -> None:
        named = self.names.isChecked()
        self.sheets = set_work(self._report, self._headed, names=named, thai_digits=bool(self._digits.value()))
        self.caution.setText(
            _("The file is not encrypted and names children. Save it only where others cannot read it.")
            if named
            else _("Figures only, no child's name.")
        )
        self._preview.show_sheets(self.sheets)

    def _foot(self) -> QHBoxLayout:
        self._digits = ChipGroup(self)
        foot = QHBoxLayout()
        for thai, said in ((False, "1 2 3"), (True, "๑ ๒ ๓")):
            chip = Chip(said)
            chip.setAccessibleName(_("Thai digits") if thai else _("Arabic digits"))
            self._digits.add(thai, chip)
            foot.addWidget(chip)
        self._digits.set_value(False)
        self._digits.chosen.connect(lambda _thai: self._set())
        foot.addStretch(1)
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            (_("Close"), self.reject),
            (_("Print"), self.print),
            (_("Save as Excel"), lambda: self.save(".xlsx")),
        )
        for text, act in acts:
            button = buttons.plain(text)
            button.clicked.connect(act)
            foot.addWidget(button)
        self.save_pdf = buttons.primary(_("Save as PDF"), "printer")
        self.save_pdf.clicked.connect(lambda: self.save(".pdf"))
        foot.addWidget(self.save_pdf)
        return foot

    def _ask_for_file(self, parent: QWidget, ending: str) -> Path | None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        day = phrases.typed_day(self._report.period.last).replace("/", "-")
        proposed = str(Path(folder) / (_("work {day}").format(day=day) + ending))
        title = _("Save as PDF") if ending == ".pdf" else _("Save as Excel")
        chosen, _filter = QFileDialog.getSaveFileName(parent, title, proposed, f"*{ending}")
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)
