"""Which editor a question gets: by the kind of its control, the type of its answer and its appearance, as XLSForm means them."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from fieldapp.forms.xform.model import Bind, Control, Kind
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.editors.chosen import ListAnswer, TilesAnswer
from fieldapp.gui.forms.editors.editor import AnswerWidget, Editor
from fieldapp.gui.forms.editors.long_list import LongListAnswer
from fieldapp.gui.forms.editors.moments import DayAnswer, TimeAnswer
from fieldapp.gui.forms.editors.part_days import PartDayAnswer
from fieldapp.gui.forms.editors.picture import PictureAnswer
from fieldapp.gui.forms.editors.places import PlaceAnswer
from fieldapp.gui.forms.editors.signature import SignatureAnswer
from fieldapp.gui.forms.editors.simple import NotHere, OrderAnswer, ScaleAnswer, TickAnswer
from fieldapp.gui.forms.editors.typed import BoxAnswer, DigitsAnswer, LineAnswer, NumberAnswer
from fieldapp.texts import _

_LIST_APPEARANCES = ("minimal", "autocomplete", "search", "quick")
# More choices than this are searched, whatever the form says.
_MOST_TILES = 24
_NUMBERS = frozenset({"int", "decimal"})
# Sounds and films are far larger than a village's line carries.
_NEVER_TAKEN = ("audio/", "video/")
_DRAWN = frozenset({"signature", "draw"})


def editor(bridge: FormBridge, control: Control, path: str, today: dt.date, parent: QWidget) -> Editor:
    """For the question of this control at this exact path."""
    return Editor(bridge, path, answer_widget(bridge, control, path, today), parent)


def cell(bridge: FormBridge, control: Control, path: str, today: dt.date, parent: QWidget) -> Editor:
    """For a table, whose head has the words: as narrow as the column is."""
    answer = ListAnswer(narrow=True) if control.kind == "select1" else answer_widget(bridge, control, path, today)
    if isinstance(answer, NumberAnswer):
        answer.be_narrow()
    return Editor(bridge, path, answer, parent, bare=True)


def answer_widget(bridge: FormBridge, control: Control, path: str, today: dt.date) -> AnswerWidget | None:
    bind = bridge.place(control.path).bind
    match control.kind:
        case "select1":
            return _one_of(bridge, control, path)
        case "select":
            return LongListAnswer() if len(bridge.options(path)) > _MOST_TILES else TilesAnswer(several=True)
        case "rank":
            return OrderAnswer()
        case "trigger":
            return TickAnswer()
        case "range":
            given = control.attributes
            return ScaleAnswer(given.get("start", "0"), given.get("end", "10"), given.get("step", "1"))
        case "upload":
            return _attached(bridge, control)
        case "input" | "secret":
            return _typed(control, bind, today)
        case _:
            return NotHere(_("This program cannot ask this question. Answer it on paper."))


def _one_of(bridge: FormBridge, control: Control, path: str) -> AnswerWidget:
    asked = any(word in control.appearance for word in _LIST_APPEARANCES)
    return ListAnswer() if asked or len(bridge.options(path)) > _MOST_TILES else TilesAnswer(several=False)


def _attached(bridge: FormBridge, control: Control) -> AnswerWidget:
    media = control.attributes.get("mediatype", "image/*")
    if bridge.attachments is None or media.startswith(_NEVER_TAKEN):
        return NotHere(_("This program cannot ask this question. Answer it on paper."))
    if _DRAWN & set(control.appearance.split()):
        return SignatureAnswer(bridge.attachments)
    return PictureAnswer(bridge.attachments, of_files=not media.startswith("image/"))


def _typed(control: Control, bind: Bind, today: dt.date) -> AnswerWidget | None:
    if bind.type in _NUMBERS:
        return NumberAnswer()
    match bind.type:
        case "date":
            looks = control.appearance.split()
            return PartDayAnswer(today, month="month-year" in looks) if {"month-year", "year"} & set(looks) else DayAnswer(today)
        case "dateTime":
            return DayAnswer(today, with_time=True)
        case "time":
            return TimeAnswer()
        case "geopoint":
            return PlaceAnswer()
        case "string" if _is_note(bind):
            return None
        case "geotrace" | "geoshape" | "barcode" | "binary":
            return NotHere(_("This program cannot ask this question. Answer it on paper."))
    if "numbers" in control.appearance.split():
        return DigitsAnswer()
    return BoxAnswer() if "multiline" in control.appearance else LineAnswer()


def _is_note(bind: Bind) -> bool:
    """Words to read: what XLSForm calls a note is a text that nobody can answer."""
    rule = bind.rules.get(Kind.READONLY)
    return rule is not None and rule.source.strip() in ("true()", "'yes'") and Kind.CALCULATE not in bind.rules
