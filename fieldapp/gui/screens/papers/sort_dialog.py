"""Whose a sheet is: by the short text under its code, or by looking at it and choosing the child and what was printed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.event import EventRefused
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.papers import wording
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.search_field import SearchField
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import ChildRow, ListFilter
from fieldapp.usecases.papers.filing import FiledByHand, LooseSheet
from fieldapp.usecases.papers.printing import CasePapers

if TYPE_CHECKING:
    from fieldapp.client import Client

_PICTURE = QSize(400, 560)
_FOUND = 30
# To be met with a finger.
_LINE = QSize(0, 44)
_REST_MS = 150


class SortDialog(QDialog):
    """`filed` carries what is said of it and the Changes."""

    filed = Signal(str, object)

    def __init__(self, sheet: LooseSheet, client: "Client", tasks: Tasks, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._client = client
        self._tasks = tasks
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Whose sheet is this?"))
        self._picture = QLabel()
        self._picture.setFixedSize(_PICTURE.boundedTo(QSize(_PICTURE.width(), room_for(self) - 2 * space(5))))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setAccessibleName(_("Picture of the sheet"))
        self.message = Message()
        self.code = QLineEdit(sheet.code)
        self.code.setPlaceholderText("FA1:…")
        self.code.setMaxLength(120)
        self.by_code = buttons.small(_("File by this code"))
        self.by_code.clicked.connect(self._file_by_code)
        self.search = SearchField(_("Search a child by name"))
        self.children_found = QListWidget()
        self.children_found.setAccessibleName(_("Children"))
        # One line each at least: on a low screen that is all there is room for.
        self.children_found.setMinimumHeight(_LINE.height())
        self.papers = QListWidget()
        self.papers.setAccessibleName(_("What was printed"))
        self.papers.setMinimumHeight(_LINE.height())
        for choices in (self.children_found, self.papers):
            choices.setProperty("role", "picks")
        self.keep = buttons.primary(_("File it here"))
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._file_as)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look_up)
        self.search.textChanged.connect(self._rest.start)
        self.children_found.currentItemChanged.connect(self._on_child)
        self.papers.currentItemChanged.connect(lambda item, _before: self.keep.setEnabled(item is not None))
        self._lay_out()
        thumbnails.picture(self, sheet.sha256, self._show_picture)
        self._look_up()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(space(5), space(3), space(5), space(3))
        row.setSpacing(space(5))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(space(2))
        side.addWidget(Text(_("Whose sheet is this?"), Role.TITLE))
        side.addWidget(Text(wording.reason(self._sheet.reason), Role.MUTED, wrap=True))
        side.addWidget(self.message)
        typed = QHBoxLayout()
        typed.addWidget(Field(_("Type the short text under its code"), self.code), 1)
        typed.addWidget(self.by_code, 0, Qt.AlignmentFlag.AlignBottom)
        side.addLayout(typed)
        side.addWidget(Text(_("Or choose the child and what was printed"), Role.STRONG))
        side.addWidget(self.search)
        side.addWidget(self.children_found, 3)
        side.addWidget(self.papers, 2)
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = buttons.plain(_("Cancel"))
        leave.clicked.connect(self.reject)
        foot.addWidget(leave)
        foot.addWidget(self.keep)
        side.addLayout(foot)
        row.addLayout(side, 1)
        self.resize(960, min(680, room_for(self)))

    def _look_up(self) -> None:
        wanted = ListFilter(text=self.search.text().strip())
        self._tasks.run(self, lambda: self._client.children.page(wanted, 0, _FOUND), self._show_children, self.message.show_error)

    def _show_children(self, rows: tuple[ChildRow, ...]) -> None:
        self.children_found.clear()
        self.papers.clear()
        for row in rows:
            place = phrases.place_short(row.moo, row.tambon_code, row.village)
            item = QListWidgetItem(" · ".join(part for part in (phrases.full_name(row), place) if part))
            item.setData(Qt.ItemDataRole.UserRole, row.case_id)
            item.setSizeHint(_LINE)
            self.children_found.addItem(item)

    def _on_child(self, item: QListWidgetItem | None, _before: object) -> None:
        self.papers.clear()
        if item is None:
            return
        case_id: str = item.data(Qt.ItemDataRole.UserRole)
        self._tasks.run(self, lambda: self._client.prints.of_case(case_id), self._show_papers, self.message.show_error)

    def _show_papers(self, papers: CasePapers) -> None:
        self.papers.clear()
        for line in papers.lines:
            self._add_paper(f"{wording.title(line)} · {phrases.day(line.on)}", line.of_kind, line.of)
            if line.of_kind is PaperOf.LETTER:
                self._add_paper(f"{wording.paper(PaperOf.SLIP)}: {line.title} · {phrases.day(line.on)}", PaperOf.SLIP, line.of)
        if not papers.lines:
            item = QListWidgetItem(_("Nothing of this child can be signed on paper."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setSizeHint(_LINE)
            self.papers.addItem(item)

    def _add_paper(self, text: str, of_kind: PaperOf, of: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, (of_kind.value, of))
        item.setSizeHint(_LINE)
        self.papers.addItem(item)

    def _file_by_code(self) -> None:
        typed = self.code.text()
        self._tasks.run(self, lambda: self._client.papers.file_by_code(self._sheet.id, typed), self._on_done, self._on_refused, Lane.PHOTOS)

    def _file_as(self) -> None:
        item = self.papers.currentItem()
        if item is None:
            return
        kind, of = item.data(Qt.ItemDataRole.UserRole)
        file_as = self._client.papers.file_as
        self._tasks.run(self, lambda: file_as(self._sheet.id, PaperOf(kind), of), self._on_done, self.message.show_error, Lane.PHOTOS)

    def _on_done(self, done: FiledByHand) -> None:
        one = done.filed
        self.filed.emit(f"{one.child_name} · {wording.paper(one.of_kind)} · {wording.filed(one)}", done.changes)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, EventRefused) and error.code.startswith("paper."):
            code = error.code.removeprefix("paper.")
            self.message.show_warning(wording.reason(code), wording.what_next(code) or _("Compare it with the sheet, sign by sign."))
        else:
            self.message.show_error(error)

    def _show_picture(self, data: bytes | None) -> None:
        picture = QPixmap()
        if data and picture.loadFromData(data):
            ratio = self.devicePixelRatioF()
            scaled = picture.scaled(
                self._picture.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            scaled.setDevicePixelRatio(ratio)
            self._picture.setPixmap(scaled)
        else:
            self._picture.setText(_("This picture cannot be shown. It may be on another device."))
            self._picture.setWordWrap(True)
