"""Conflicts as the windows are shown them. Invented names only."""

import datetime as dt
from typing import Any

from fieldapp.domain.conflict import Conflict, Side, conflict_id
from fieldapp.domain.identifiers import ChildId, EventId, PersonId
from fieldapp.usecases.conflicts import OpenConflict
from tests.support.views import ME
from tests.support.work_views import NOW


def a_conflict(field: str = "guardian_phone", kept: Any = "0811112222", offered: Any = "0822223333", **values: Any) -> OpenConflict:
    """Someone else's value stands since yesterday evening, mine of this morning waits."""
    conflict = Conflict(
        id=conflict_id(EventId("0193a5b2-7c11-7e40-9d0a-55b1c2d3e4f5"), field),
        child_id=ChildId("child-1"),
        field=field,
        offered=offered,
        offered_by=PersonId(ME),
        offered_at=NOW.replace(hour=8, minute=44),
        kept=kept,
        kept_event=EventId("0193a5b2-7c11-7e40-9d0a-55b1c2d3e4f6"),
        kept_by=PersonId("person-head"),
        kept_at=NOW.replace(hour=19, minute=12) - dt.timedelta(days=1),
    )
    shown = {
        "case_id": "case-1",
        "child_name": "ด.ช. ธนกร พิมพ์สวัสดิ์",
        "kept_by_name": "ผอ.วิชัย อุทรักษ์",
        "offered_by_name": "ครูสมหญิง",
        "may_decide": True,
        "mine": frozenset({Side.OFFERED}),
        **values,
    }
    return OpenConflict(conflict, **shown)
