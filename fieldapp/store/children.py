"""The lines of the list that are shown, read from the file by case id."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, union

from fieldapp.domain.child import Sex
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import PartialDate, Precision
from fieldapp.records.chunks import chunks
from fieldapp.records.tables import case, child
from fieldapp.store.departures import Whereto, whereto
from fieldapp.store.listing import ChildRow
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.store.transfers import WAITING

_COLUMNS = (
    case.c.id,
    case.c.child_id,
    child.c.title,
    child.c.given_name,
    child.c.family_name,
    child.c.birth_on,
    child.c.birth_precision,
    child.c.sex,
    child.c.house_no,
    child.c.moo,
    child.c.village,
    child.c.tambon_code,
    case.c.list_type,
    case.c.state,
    case.c.state_on,
    case.c.due_on,
    case.c.school_code,
    case.c.assignee_id,
    case.c.last_visit_on,
)
_QUERY = select(*_COLUMNS).join(child, (child.c.district_id == case.c.district_id) & (child.c.id == case.c.child_id))


def child_rows(connection: Connection, district_id: str, case_ids: Sequence[str]) -> tuple[ChildRow, ...]:
    """One row a case, in the order of the ids; ids of cases that are no longer here are left out."""
    unsent = unsent_ids(connection)
    left = whereto(connection)
    found: dict[str, ChildRow] = {}
    for chunk in chunks(case_ids):
        query = _QUERY.where(case.c.district_id == district_id, case.c.id.in_(chunk))
        for row in connection.execute(query).mappings():
            found[row["id"]] = _row(row, unsent, left.get(row["id"]))
    return tuple(found[case_id] for case_id in case_ids if case_id in found)


def unsent_ids(connection: Connection) -> frozenset[str]:
    """Ids of the cases and children for which something waits: an event without an answer, or a photo not yet received."""
    waiting = union(
        select(outbox.c.case_id).where(outbox.c.status.is_(None)),
        select(outbox.c.child_id).where(outbox.c.status.is_(None)),
        select(photo_transfer.c.case_id).where(photo_transfer.c.state == WAITING),
    )
    return frozenset(connection.execute(waiting).scalars()) - {""}


def _row(row: Mapping[Any, Any], unsent: frozenset[str], left: Whereto | None) -> ChildRow:
    birth_on = row["birth_on"]
    return ChildRow(
        case_id=row["id"],
        child_id=row["child_id"],
        title=row["title"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        birth=PartialDate(birth_on, Precision(row["birth_precision"] or Precision.DAY)) if birth_on else None,
        sex=Sex(row["sex"] or Sex.UNKNOWN),
        house_no=row["house_no"],
        moo=row["moo"],
        village=row["village"],
        tambon_code=row["tambon_code"],
        list_type=ListType(row["list_type"]),
        state=CaseState(row["state"]),
        state_on=row["state_on"],
        due_on=row["due_on"],
        school_code=row["school_code"],
        assignee_id=row["assignee_id"],
        last_visit_on=row["last_visit_on"],
        unsent=row["id"] in unsent or row["child_id"] in unsent,
        handed_over=left is not None,
        merged=bool(left and left.merged_into),
    )
