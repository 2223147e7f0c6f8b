"""Cases that left someone's scope: who is told, and where they went.

A departure says only whom it is for; where the case went is looked up when it is read. When the case moves on, those who lost it before are
told anew: their laptop may still hold it, with the name of someone who no longer has it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from fieldapp.domain.case import Case
from fieldapp.records import tables as record_tables
from fieldapp.records.chunks import chunks
from fieldapp.server import tables
from fieldapp.server.write_path.sequence import Writing

# Case, and the person or the school that lost it.
_Loss = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a case is."""

    case_id: str
    person_id: str | None
    school_code: str | None
    merged_into: str | None


def depart(lock: Writing, moved: Iterable[tuple[Case, Case]]) -> None:
    """Write down who lost the cases, each with how it stood and how it stands; who has one back is not told any more that it once left."""
    pairs = list(moved)
    # A dictionary keeps the order in which things happened.
    losses = dict.fromkeys(_taken_back(lock, [case.id for _, case in pairs]))
    for before, case in pairs:
        losses |= dict.fromkeys(_holders(before))
        if case.withdrawn:
            losses[case.id, None, None] = None  # it leaves the district's own laptops, too
    for _, case in pairs:
        for holder in _holders(case):
            losses.pop(holder, None)
    rows = [
        {"district_id": lock.district_id, "sequence": lock.next_number(), "case_id": case_id, "owner_id": owner, "school_code": school}
        for case_id, owner, school in losses
    ]
    if rows:
        lock.connection.execute(tables.departure.insert(), rows)


def whereto(connection: Connection, district_id: str, case_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Where cases are now, as fields of a wire `Change`; of a duplicate, which case goes on in its place and whose that is."""
    found: dict[str, _Place] = {}
    wanted = set(case_ids)
    while wanted:  # a case into which others were merged may itself have been merged
        found |= _read(connection, district_id, wanted)
        wanted = {place.merged_into for place in found.values() if place.merged_into} - found.keys()
    places = {}
    for case_id in case_ids:
        place = found[case_id]
        while place.merged_into:
            place = found[place.merged_into]
        merged_into = place.case_id if place.case_id != case_id else None
        fields = {"to_person": place.person_id, "to_school": place.school_code, "merged_into": merged_into}
        places[case_id] = {name: value for name, value in fields.items() if value}
    return places


def _read(connection: Connection, district_id: str, case_ids: Collection[str]) -> dict[str, _Place]:
    case = record_tables.case.c
    found: dict[str, _Place] = {}
    for ids in chunks(sorted(case_ids)):
        query = select(case.id, case.assignee_id, case.school_code, case.merged_into)
        for row in connection.execute(query.where(case.district_id == district_id, case.id.in_(ids))):
            found[row.id] = _Place(*row)
    return found


def _holders(case: Case) -> list[_Loss]:
    person: list[_Loss] = [(case.id, case.assignee_id, None)] if case.assignee_id else []
    school: list[_Loss] = [(case.id, None, case.school_code)] if case.school_code else []
    return person + school


def _taken_back(lock: Writing, case_ids: list[str]) -> list[_Loss]:
    """Remove what was told about these cases before, to be told anew."""
    table = tables.departure
    losses: list[_Loss] = []
    for ids in chunks(case_ids):
        ours = (table.c.district_id == lock.district_id) & table.c.case_id.in_(ids)
        for row in lock.connection.execute(select(table).where(ours).order_by(table.c.sequence)):
            losses.append((row.case_id, row.owner_id, row.school_code))
        lock.connection.execute(delete(table).where(ours))
    return losses
