"""Who could take the children of a village: who goes there already, who once did, the school that is nearest by its tambon. Each with
its reason. Distances are not known: no school has a position."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, select

from fieldapp.domain.states import CaseState
from fieldapp.records import tables
from fieldapp.server.assigning.chosen import Chosen, Village
from fieldapp.server.assigning.targets import PERSON, SCHOOL, Targets

_case, _child, _step, _school = tables.case, tables.child, tables.case_step, tables.school
_MOST = 4


class Reason(StrEnum):
    """In the order in which they count."""

    CARRIES_IN_VILLAGE = "carries_in_village"
    ONCE_IN_VILLAGE = "once_in_village"
    SCHOOL_OF_VILLAGE = "school_of_village"
    CARRIES_IN_TAMBON = "carries_in_tambon"
    SCHOOL_IN_TAMBON = "school_in_tambon"
    SCHOOL_OF_TAMBON = "school_of_tambon"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`code` is a target; `count` are the children that the reason is about (0: it is about none)."""

    code: str
    name: str
    reason: Reason
    count: int = 0


def proposals(
    connection: Connection, district_id: str, villages: Mapping[Village, Sequence[Chosen]], targets: Targets
) -> dict[Village, tuple[Proposal, ...]]:
    """For each village, best first; three queries, however many villages. A village without a tambon gets none."""
    tambons = sorted({tambon for tambon, _ in villages if tambon})
    around = _Around(connection, district_id, tambons, [case for cases in villages.values() for case in cases])
    return {village: _best(around.offers(village, cases), targets) for village, cases in villages.items()}


def _best(offers: Iterable[tuple[Reason, str, str, int]], targets: Targets) -> tuple[Proposal, ...]:
    found: dict[str, Proposal] = {}
    order = list(Reason)
    for reason, kind, key, count in sorted(offers, key=lambda offer: (order.index(offer[0]), -offer[3], offer[2])):
        carrier = targets.carriers.get(key) if kind == PERSON else None
        name = carrier.name if carrier else targets.schools.get(key, "") if kind == SCHOOL else ""
        if name and f"{kind}:{key}" not in found:
            found[f"{kind}:{key}"] = Proposal(f"{kind}:{key}", name, reason, count)
    return tuple(found.values())[:_MOST]


class _Around:
    """What is known of the tambons in question, apart from the chosen cases themselves."""

    def __init__(self, connection: Connection, district_id: str, tambons: list[str], chosen: Sequence[Chosen]) -> None:
        self._carried: Counter[tuple[Village, str]] = Counter()
        self._of_school: Counter[tuple[Village, str]] = Counter()
        self._once: Counter[tuple[Village, str]] = Counter()
        self._schools: dict[str, list[str]] = {}
        child_of_case = (_child.c.district_id == _case.c.district_id) & (_child.c.id == _case.c.child_id)
        case_of_step = (_case.c.district_id == _step.c.district_id) & (_case.c.id == _step.c.case_id)
        here = (_case.c.district_id == district_id) & _child.c.tambon_code.in_(tambons)
        others = (
            select(_child.c.tambon_code, _child.c.moo, _case.c.assignee_id, _case.c.school_code, func.count().label("cases"))
            .select_from(_case.join(_child, child_of_case))
            .where(here)
            .group_by(_child.c.tambon_code, _child.c.moo, _case.c.assignee_id, _case.c.school_code)
        )
        for row in connection.execute(others):
            self._count((row.tambon_code, row.moo), row.assignee_id, row.school_code, row.cases)
        for case in chosen:
            self._count(case.village, case.assignee_id, case.school_code, -1)
        once = (
            select(_child.c.tambon_code, _child.c.moo, _step.c.person_id, func.count(_step.c.case_id.distinct()).label("cases"))
            .select_from(_step.join(_case, case_of_step).join(_child, child_of_case))
            .where(here, _step.c.state == CaseState.ASSIGNED, _step.c.person_id.is_not(None))
            .group_by(_child.c.tambon_code, _child.c.moo, _step.c.person_id)
        )
        for row in connection.execute(once):
            self._once[(row.tambon_code, row.moo), row.person_id] = row.cases
        schools = select(_school.c.tambon_code, _school.c.code).where(
            _school.c.district_id == district_id, _school.c.active, _school.c.tambon_code.in_(tambons)
        )
        for row in connection.execute(schools.order_by(_school.c.code)):
            self._schools.setdefault(row.tambon_code, []).append(row.code)

    def _count(self, village: Village, person_id: str | None, school_code: str | None, count: int) -> None:
        if person_id:
            self._carried[village, person_id] += count
        if school_code:
            self._of_school[village, school_code] += count

    def offers(self, village: Village, cases: Sequence[Chosen]) -> Iterable[tuple[Reason, str, str, int]]:
        tambon, moo = village
        if not tambon:
            return
        # Who is to hand them on is not who they are proposed to.
        having = {case.assignee_id for case in cases if case.assignee_id}
        for counted, kind, near, far, givers in (
            (self._carried, PERSON, Reason.CARRIES_IN_VILLAGE, Reason.CARRIES_IN_TAMBON, having),
            (self._of_school, SCHOOL, Reason.SCHOOL_OF_VILLAGE, Reason.SCHOOL_OF_TAMBON, set()),
        ):
            of_tambon: Counter[str] = Counter()
            for (where, key), count in counted.items():
                if where[0] == tambon and count > 0 and key not in givers:
                    of_tambon[key] += count
                    if where == village and moo:
                        yield near, kind, key, count
            for key, count in of_tambon.items():
                yield far, kind, key, count
        for (where, key), count in self._once.items():
            if where == village and moo and key not in having:
                yield Reason.ONCE_IN_VILLAGE, PERSON, key, count
        for code in self._schools.get(tambon, ()):
            yield Reason.SCHOOL_IN_TAMBON, SCHOOL, code, 0
