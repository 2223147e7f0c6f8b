"""Small forms for tests: written as XForm XML by hand, or as a table in Markdown that pyxform converts."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from pyxform.xls2xform import convert

from fieldapp.forms import FormDefinition, Session

BANGKOK = ZoneInfo("Asia/Bangkok")
TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=BANGKOK)

_FRAME = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"
 xmlns:app="urn:fieldapp"><h:head><h:title>{title}</h:title><model>{model}</model></h:head><h:body>{body}</h:body></h:html>"""


def xform(instance: str, model: str = "", body: str = "", title: str = "a form") -> str:
    """An XForm around the XML of its primary instance (one element), its binds and the like, and its controls."""
    return _FRAME.format(title=title, model=f"<instance>{instance}</instance>{model}", body=body)


@lru_cache(maxsize=64)
def xform_of(survey: str) -> str:
    """The XForm of an XLSForm written as Markdown tables. Root element: data."""
    text = convert(survey, form_name="data").xform
    assert isinstance(text, str)
    return text


def filling(form: str, attachments: dict[str, bytes] | None = None, **more: object) -> Session:
    """A new session of an XForm, or of a Markdown table, on 22 November 2026 at half past nine in Bangkok."""
    text = form if form.lstrip().startswith("<") else xform_of(form)
    given: dict[str, object] = {"clock": lambda: NOW, "timezone": BANGKOK, **more}
    return Session(FormDefinition.from_xml(text, attachments or {}), **given)  # type: ignore[arg-type]
