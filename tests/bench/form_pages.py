"""The pages of the longest of the district's own forms, each built for the first time and laid out; beside each as many bare widgets of
Qt's of the same kinds."""

import datetime as dt

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldapp.forms import FormDefinition, Session
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.theme.style import apply_theme
from fieldapp.server.forms import shipped
from fieldapp.server.forms.converting import to_xform
from tests.bench.measure import percentile, seconds_of, tell

FORM = "home_visit"
_SIZE = (1278, 708)


def run() -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    instrument = shipped.instrument(FORM)
    assert instrument is not None
    lists = {name: text.encode() for name, text in instrument.attachments.items()}
    definition = FormDefinition.from_xml(to_xform(instrument.data).xform, lists)
    view = FormView(FormBridge(Session(definition)), dt.date(2026, 11, 22))
    view.resize(*_SIZE)
    view.show()
    app.processEvents()
    # The first page of all also loads what every page needs.
    view.blocks(0)
    times, bare, widgets = [], [], 0
    for number in range(1, view.pages):
        times.append(1000 * seconds_of(lambda number=number: _open(app, view, number)))
        kinds = [_kind(widget) for widget in view.blocks(number).findChildren(QWidget)]
        widgets = max(widgets, len(kinds))
        bare.append(1000 * seconds_of(lambda kinds=kinds: _bare(app, kinds)))
    tell(
        f"form_page_built_{FORM}_ms",
        ours=percentile(times, 0.5),
        limit=percentile(bare, 0.5),
        budget="<= 30 ms a page",
        worst_ms=round(max(times), 1),
        pages=len(times),
        most_widgets=widgets,
    )


def _open(app: QApplication, view: FormView, number: int) -> None:
    view.open_page(number)
    app.processEvents()


def _kind(widget: QWidget) -> type[QWidget]:
    return QPushButton if isinstance(widget, QAbstractButton) else QLineEdit if isinstance(widget, QLineEdit) else QLabel


def _bare(app: QApplication, kinds: list[type[QWidget]]) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    for kind in kinds:
        column.addWidget(kind())
    page.resize(*_SIZE)
    page.show()
    app.processEvents()
    page.close()
