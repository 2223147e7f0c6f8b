"""A visit that has just been begun: what is known before anything is asked."""

import datetime as dt

from sqlalchemy import Connection

from fieldapp.domain.identifiers import CaseId, ChildId, VisitId
from fieldapp.domain.visit import Visit
from fieldapp.store.drafts import read_draft
from fieldapp.store.identity import Identity


def fresh_visit(identity: Identity, visit_id: str, case_id: str, child_id: str, now: dt.datetime) -> Visit:
    return Visit(VisitId(visit_id), CaseId(case_id), ChildId(child_id), visited_on=now.date(), by=identity.person_id)


def begun_visit(connection: Connection, case_id: str) -> Visit | None:
    found = read_draft(connection, case_id)
    return found[0] if found else None
