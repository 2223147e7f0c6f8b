"""Keeps what arriving copies answer to the questions that are counted, so that reports of thousands need not read their XML."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection

from fieldapp.domain.submission import Submission
from fieldapp.records.forms import form_version
from fieldapp.server import bulk
from fieldapp.server.forms.countable import countable, counted
from fieldapp.server.forms.tables import counted_answers


def keep(connection: Connection, district_id: str, submissions: Iterable[Submission]) -> None:
    """In the transaction that stores the copies. What was filled on a form that the district does not have counts nowhere."""
    kept = list(submissions)
    if not kept:
        return
    rows: list[bulk.Row] = []
    questions: dict[tuple[str, str], dict[str, bool]] = {}
    for one in kept:
        version = one.form_id, one.form_version
        if version not in questions:
            form = form_version(connection, district_id, *version)
            questions[version] = _countable(form.sha256, form.xform) if form else {}
        rows.append({"district_id": district_id, "submission_id": one.id, "answers": counted(one.xml, questions[version])})
    bulk.upsert(connection, counted_answers, rows)


@lru_cache(maxsize=64)
def _countable(sha256: str, xform: str) -> dict[str, bool]:
    return countable(xform)
