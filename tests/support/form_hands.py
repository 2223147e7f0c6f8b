"""A teacher's hands on a form in the real window: what is asked is answered by clicks and keys, page by page, to its end.

What is to be answered is said by question; what is not said gets something that fits its kind.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from fieldapp.forms import Session
from fieldapp.gui.demo.hands import click, rest, write
from fieldapp.gui.forms.blocks import Blocks, GroupBlock, RepeatBlock
from fieldapp.gui.forms.choice_table import ChoiceTable
from fieldapp.gui.forms.editors.chosen import ListAnswer, TilesAnswer
from fieldapp.gui.forms.editors.editor import Editor
from fieldapp.gui.forms.editors.long_list import LongListAnswer
from fieldapp.gui.forms.editors.moments import DayAnswer
from fieldapp.gui.forms.editors.simple import TickAnswer
from fieldapp.gui.forms.editors.typed import BoxAnswer, LineAnswer, NumberAnswer
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.forms.members import Line
from fieldapp.gui.screens.form.screen import FormScreen

Answers = Mapping[str, str]
Look = Callable[[str, QWidget | None], None]

# What is typed where nothing is said.
_WORDS, _NUMBER, _DAY = "ตัวอย่างคำตอบ", "1", "1/6/2569"
_FEW = 2


class FormHands:
    """`look` is called with a name for each page when it has been answered, and with what opened over one. A question's answers in the
    instances of a repeat are written `name[2]`."""

    def __init__(self, screen: FormScreen, answers: Answers, look: Look) -> None:
        assert screen.view is not None
        self._screen, self._answers, self._look = screen, answers, look
        self._view: FormView = screen.view
        self.pages = 0

    @property
    def _session(self) -> Session:
        return self._view.bridge.session

    def fill(self) -> None:
        """To the page where the form is finished, which stays open."""
        while self._view.next.isVisible():
            self.pages += 1
            self._answer(self._view.blocks(self._view.page))
            self._settle()
            self._look(f"{self.pages:02d}", None)
            click(self._view.next)
            self._settle()
        self._look("end", None)

    def missing(self) -> list[str]:
        return [f"{problem.where} {problem.code}" for problem in self._session.validate()]

    def finish(self) -> None:
        click(self._view.finish)
        self._settle()

    def _answer(self, blocks: Blocks) -> None:
        for part in blocks.parts:
            if isinstance(part, ChoiceTable):
                self._answer_table(part)
            elif isinstance(part, GroupBlock):
                self._answer(part.blocks)
            elif isinstance(part, RepeatBlock):
                self._answer_repeat(part)
            else:
                self._answer_one(part)

    def _answer_repeat(self, part: RepeatBlock) -> None:
        wanted = int(self._answers.get(part.path.rpartition("/")[2], "1"))
        while self._session.repeats(part.path) < wanted:
            click(part.add)
            self._settle()
        for line in part.findChildren(Line):
            if line.still is not None and line.still.isVisible():
                click(line.still)
                self._settle()
        for one in part.editors():
            self._answer_one(one)

    def _answer_table(self, table: ChoiceTable) -> None:
        for path, values in table.rows():
            if self._asks(path):
                value = self._said(path) or values[0]
                click(table.box(path, value))

    def _answer_one(self, one: Editor) -> None:
        if one.answer is None or not one.isVisible() or not self._asks(one.path):
            return
        options = [option.value for option in self._view.bridge.options(one.path)]
        said = self._said(one.path)
        match one.answer:
            case TilesAnswer() as tiles:
                for value in said.split() or options[:1]:
                    click(tiles.tile(value))
            case ListAnswer() as chosen:
                _choose(chosen, said or options[0])
            case LongListAnswer() as listed:
                wanted = said.split() or options[:_FEW]
                for item in listed.items():
                    if item.data(Qt.ItemDataRole.UserRole) in wanted:
                        item.setCheckState(Qt.CheckState.Checked)
            case DayAnswer() as day:
                if said or not self._session.value(one.path):
                    _type(day.day.field, said or _DAY)
            case NumberAnswer() as number:
                _type(number.field, said or _NUMBER)
            case LineAnswer() as line:
                if said or not self._session.value(one.path):
                    _type(line.field, said or _WORDS)
            case BoxAnswer() as box:
                write(box.field, said or _WORDS)
            case TickAnswer() as tick:
                click(tick.box)
        self._settle()

    def _said(self, path: str) -> str:
        name = path.rpartition("/")[2]
        place = path.rpartition("[")[2].partition("]")[0] if "[" in path else ""
        return self._answers.get(f"{name}[{place}]", self._answers.get(name, ""))

    def _asks(self, path: str) -> bool:
        return self._session.is_relevant(path) and not self._session.is_readonly(path)

    def _settle(self) -> None:
        # A layout that grew inside asks its surroundings in the next round.
        for _round in range(4):
            QApplication.processEvents()
        dialog = self._screen.findChild(QDialog)
        if dialog is not None and dialog.isVisible():
            rest(50)
            self._look(f"{self.pages:02d}-over", dialog)
            dialog.accept()
            QApplication.processEvents()


def _type(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    write(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def _choose(chosen: ListAnswer, value: str) -> None:
    """By its words, as a person types them."""
    line = chosen.box.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    write(line, chosen.box.itemText(chosen.box.findData(value)))
    completer = chosen.box.completer()
    if completer is not None and completer.popup() is not None:
        completer.popup().hide()
        line.window().activateWindow()
    QTest.keyClick(line, Qt.Key.Key_Tab)
