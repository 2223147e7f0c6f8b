"""The pages of the longest of the district's own forms, each built for the first time and laid out; beside each as many bare widgets of
Qt's of the same kinds. And the page with the ten people of a house; beside it a bare field for each cell of their table."""

import datetime as dt

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldapp.forms import FormDefinition, Session
from fieldapp.gui.forms.bridge import FormBridge
from fieldapp.gui.forms.form_view import FormView
from fieldapp.gui.forms.paging import pages
from fieldapp.gui.theme.style import apply_theme
from fieldapp.server.forms import shipped
from fieldapp.server.forms.converting import to_xform
from tests.bench.measure import percentile, seconds_of, tell

FORM = "home_visit"
_SIZE = (1278, 708)
_MEMBER, _MEMBERS, _CELLS = "/data/member", 10, 9
_TIMES = 5


def run() -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    instrument = shipped.instrument(FORM)
    assert instrument is not None
    lists = {name: text.encode() for name, text in instrument.attachments.items()}
    definition = FormDefinition.from_xml(to_xform(instrument.data).xform, lists)
    view = _shown(app, Session(definition))
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
    _run_members(app)


def _run_members(app: QApplication) -> None:
    instrument = shipped.instrument("household")
    assert instrument is not None
    definition = FormDefinition.from_xml(to_xform(instrument.data).xform)
    times = []
    for _time in range(_TIMES):
        session = Session(definition)
        session.set("/data/people/needs_income", "yes")
        for number in range(1, _MEMBERS + 1):
            if number > 1:
                session.add_repeat(_MEMBER)
            for name, answer in {"member_relation": "บิดา", "age": "40", "has_income": "yes", "income_wage": "3000"}.items():
                session.set(f"{_MEMBER}[{number}]/{name}", answer)
        view = _shown(app, session)
        page = next(number for number, one in enumerate(pages(definition)) if one.path == _MEMBER)
        times.append(1000 * seconds_of(lambda view=view, page=page: _open(app, view, page)))
        widgets = len(view.blocks(page).findChildren(QWidget))
        view.close()
    cells: list[type[QWidget]] = [QLineEdit] * (_MEMBERS * _CELLS)
    tell(
        f"form_page_built_{_MEMBERS}_members_ms",
        ours=percentile(times, 0.5),
        limit=percentile([1000 * seconds_of(lambda: _bare(app, cells)) for _time in range(_TIMES)], 0.5),
        budget="<= 30 ms a page",
        worst_ms=round(max(times), 1),
        widgets=widgets,
    )


def _shown(app: QApplication, session: Session) -> FormView:
    view = FormView(FormBridge(session), dt.date(2026, 11, 22))
    view.resize(*_SIZE)
    view.show()
    app.processEvents()
    # The first page of all also loads what every page needs.
    view.blocks(0)
    return view


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
