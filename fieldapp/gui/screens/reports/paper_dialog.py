"""The report as it will be on paper: to look at, to print, to save as PDF or spreadsheet. Names only where the person asks for them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.letters.ink import PAGE_HEIGHT, PAGE_WIDTH, draw
from fieldapp.gui.letters.pdf import as_image, as_pdf
from fieldapp.gui.letters.work_report import Headed, set_work
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.reports.work_figures import WorkReport
from fieldapp.texts import _

_SHEET = 620
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
        self._page = ScrollPage(margin=space(2), spacing=space(4))
        self.images: list[QLabel] = []
        column.addWidget(Text(_("Report on paper"), Role.TITLE))
        column.addWidget(self.names)
        column.addWidget(self.caution)
        column.addWidget(self.message)
        column.addWidget(self._page, 1)
        column.addLayout(self._foot())
        self.names.toggled.connect(lambda _on: self._set())
        self.resize(_SHEET + 110, min(820, room_for(self)))
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
        try:
            path.write_bytes(self.pdf() if ending == ".pdf" else self.xlsx())
        except OSError:
            self.message.show_warning(_("The file could not be written there."), _("Choose another place."))
            return
        named = self.names.isChecked()
        holds = _("Delete the file when it is printed.") if named else _("The file holds figures only, no child's name.")
        self.message.show_good(_("Saved: {name}").format(name=path.name), holds)

    def print_to(self, printer: QPrinter) -> None:
        painter = QPainter(printer)
        for number, sheet in enumerate(self.sheets):
            if number:
                printer.newPage()
            painter.save()
            page = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.scale(page.width() / PAGE_WIDTH, page.height() / PAGE_HEIGHT)
            draw(sheet, painter)
            painter.restore()
        painter.end()

    def _set(self) -> None:
        named = self.names.isChecked()
        self.sheets = set_work(self._report, self._headed, names=named, thai_digits=bool(self._digits.value()))
        self.caution.setText(
            _("The file is not encrypted and names children. Save it only where others cannot read it.")
            if named
            else _("Figures only, no child's name.")
        )
        for old in self.images:
            old.hide()
            old.deleteLater()
        self.images = []
        for number, sheet in enumerate(self.sheets, start=1):
            shown = QLabel()
            shown.setPixmap(QPixmap.fromImage(as_image(sheet, _SHEET, self.devicePixelRatioF())))
            shown.setAccessibleName(_("Sheet {number}").format(number=number))
            shown.setAccessibleDescription(sheet.text)
            self.images.append(shown)
            self._page.body.addWidget(shown)

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
        for text, act in ((_("Close"), self.reject), (_("Print"), self._on_print), (_("Save as Excel"), lambda: self.save(".xlsx"))):
            button = buttons.plain(text)
            button.clicked.connect(act)
            foot.addWidget(button)
        self.save_pdf = buttons.primary(_("Save as PDF"), "printer")
        self.save_pdf.clicked.connect(lambda: self.save(".pdf"))
        foot.addWidget(self.save_pdf)
        return foot

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self.print_to(printer)

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
