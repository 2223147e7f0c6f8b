"""Cases that are on this laptop although they are no longer this person's: who has them now."""

from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import CaseId
from fieldapp.records.reference import person_names, school_names
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.departures import Whereto, whereto


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`person` and `school` are names, '' where not known. With `merged` the case was a duplicate, and they have the one that goes on;
    `goes_on` is that one's id where it is on this laptop too, else ''."""

    person: str
    school: str
    merged: bool = False
    goes_on: str = ""


def handed_over(connection: Connection, district_id: str, case: Case) -> HandedOver | None:
    """None for a case that is this person's to work on. The district's staff have merged cases too, and need no departure to know."""
    place = whereto(connection).get(case.id)
    records = SqlRecords(connection, district_id)
    if place is None and case.merged_into:
        survivor = records.case(case.merged_into)
        place = (
            Whereto(survivor.assignee_id or "", survivor.school_code or "", survivor.id) if survivor else Whereto("", "", case.merged_into)
        )
    if place is None:
        return None
    goes_on = records.case(CaseId(place.merged_into)) if place.merged_into else None
    return HandedOver(
        person_names(connection, district_id, [place.person_id]).get(place.person_id, ""),
        school_names(connection, district_id, [place.school_code]).get(place.school_code, ""),
        bool(place.merged_into),
        goes_on.id if goes_on else "",
    )
