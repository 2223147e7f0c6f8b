"""Reports, for district staff."""

import datetime as dt

from fastapi import APIRouter, Response

from fieldapp.domain.ladder import PRESETS, Rounding
from fieldapp.domain.reference import DISTRICT_ROLES
from fieldapp.reports.ladder import ladder_report
from fieldapp.reports.ladder_files import as_json
from fieldapp.server.http.handling import Work, handler
from fieldapp.server.problems import Refused

router = APIRouter(prefix="/reports", tags=["office"])


# What `ladder_files.as_json` writes.
_TEXT, _OBJECT = {"type": "string"}, {"type": "object"}
_FIGURES = {"as_of": {**_TEXT, "format": "date"}, "rounding": _TEXT, "preset": _TEXT, "lists": _OBJECT, "total": _OBJECT}
_REPORT = {"type": "object", "required": list(_FIGURES), "properties": _FIGURES}


@router.get("/ladder", responses={200: {"description": "The report", "content": {"application/json": {"schema": _REPORT}}}})
@handler(DISTRICT_ROLES)
def ladder(work: Work, as_of: dt.date, rounding: Rounding | None = None, preset: str | None = None) -> Response:
    """The ladder of both lists as of a date, from the events as they are now."""
    if preset is not None and preset not in PRESETS:
        raise Refused("wrong_value", "preset")
    report = ladder_report(work.connection, work.district_id, as_of, rounding=rounding, preset=preset)
    return Response(as_json(report), media_type="application/json")
