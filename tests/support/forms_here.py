"""Published forms as a laptop has them."""

import datetime as dt
from collections.abc import Mapping

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.form import Form, FormAbout
from fieldapp.server.forms.examining import examine
from tests.support.xlsforms import VISIT, Rows, xlsform


def published(sheets: Mapping[str, Rows] = VISIT, **values: object) -> Form:
    examined = examine(xlsform(sheets), {})
    assert examined.may_be_published, examined.findings
    given = {
        "form_id": examined.form_id,
        "form_version": examined.form_version,
        "title": examined.title,
        "about": FormAbout(examined.about),
        "xform": examined.xform,
        "sha256": sha256_hex(examined.xform.encode()),
        "published_at": dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
    }
    return Form(**{**given, **values})  # type: ignore[arg-type]
