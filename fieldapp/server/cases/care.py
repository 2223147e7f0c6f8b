"""The care of one child on one page, by the five aspects of the care system (domain §1.2 K1–K5).

All cases of the child together, but for those whose list was taken back. A fixed number of queries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.care.consent import Consent
from fieldapp.domain.care.goal import CareAspect, Goal
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.care.risk import Risk, RiskState
from fieldapp.domain.care.support import Support, SupportArea, SupportState
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.reference import Agency
from fieldapp.domain.states import CaseState
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records import rows, tables
from fieldapp.records.care import Care, Stood, care_of
from fieldapp.records.forms import form_titles
from fieldapp.records.reference import person_names, school_names
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.district_data import reading
from fieldapp.server.problems import Refused

# By these a child becomes known; the other forms about a child screen it.
_KNOWING = frozenset({"home_visit", "household", "tracing", "follow_up"})


@dataclass(frozen=True, slots=True)
class CareFile:
    """Everything newest first, without visits and forms that another one corrects."""

    case: Case
    child: Child
    visits: tuple[Visit, ...]
    forms: tuple[Submission, ...]
    form_titles: Mapping[str, str]
    care: Care
    people: Mapping[str, str]
    schools: Mapping[str, str]
    agencies: Mapping[str, str]

    @property
    def knowing(self) -> tuple[Submission, ...]:
        return tuple(one for one in self.forms if one.form_id in _KNOWING)

    @property
    def screenings(self) -> tuple[Submission, ...]:
        return tuple(one for one in self.forms if one.form_id not in _KNOWING)

    @property
    def risks(self) -> tuple[tuple[Risk, Stood], ...]:
        """Those that stand first."""
        return tuple(sorted(self.care.of(Risk), key=lambda pair: pair[1].state is not RiskState.OPEN))

    @property
    def goals(self) -> tuple[tuple[Goal, Stood], ...]:
        return self.care.of(Goal)

    def goals_of(self, aspect: CareAspect) -> tuple[tuple[Goal, Stood], ...]:
        return tuple(pair for pair in self.goals if pair[0].aspect is aspect)

    def supports_of(self, aspect: CareAspect) -> tuple[tuple[Support, Stood], ...]:
        """Those that serve a goal of promoting stand there; all others help."""
        promoting = {goal.id for goal, _stood in self.goals_of(CareAspect.PROMOTE)}
        wanted = aspect is CareAspect.PROMOTE
        return tuple(pair for pair in self.care.of(Support) if (pair[0].goal_id in promoting) is wanted)

    @property
    def areas(self) -> tuple[tuple[SupportArea, int, int], ...]:
        """Of the help that was given and not taken back: area, how often, how many baht."""
        given = [support for support, stood in self.supports_of(CareAspect.HELP) if stood.state is not SupportState.TAKEN_BACK]
        counted = [(area, [one.cost_baht or 0 for one in given if one.area is area]) for area in SupportArea]
        return tuple((area, len(costs), sum(costs)) for area, costs in counted if costs)

    @property
    def referrals(self) -> tuple[tuple[Referral, Stood], ...]:
        return self.care.of(Referral)

    @property
    def transfers(self) -> tuple[tuple[Transfer, Stood], ...]:
        return self.care.of(Transfer)

    @property
    def consents(self) -> tuple[tuple[Consent, Stood], ...]:
        return self.care.of(Consent)

    def goal_name(self, goal_id: str | None) -> str:
        return next((goal.goal for goal, _stood in self.goals if goal.id == goal_id), "")


def read_care(connection: Connection, district_id: str, case_id: str) -> CareFile:
    """Raises Refused unknown_record."""
    records = SqlRecords(connection, district_id)
    case = records.case(CaseId(case_id))
    child = records.child(case.child_id) if case else None
    if case is None or child is None:
        raise Refused("unknown_record", "case_id")
    case_ids = _cases_of(connection, district_id, case)
    visits, forms = _visits(connection, district_id, case_ids), _forms(connection, district_id, case_ids)
    care = care_of(connection, district_id, case_ids)
    people = {visit.by for visit in visits} | {form.by for form in forms} | set(_people(care))
    schools = {transfer.to_school or "" for transfer, _stood in care.of(Transfer)} | {case.school_code or ""}
    agencies: Iterable[Agency] = reading.agencies(connection, district_id)
    return CareFile(
        case=case,
        child=child,
        visits=visits,
        forms=forms,
        form_titles=form_titles(connection, district_id),
        care=care,
        people=person_names(connection, district_id, people),
        schools=school_names(connection, district_id, schools),
        agencies={agency.id: agency.name for agency in agencies},
    )


def _cases_of(connection: Connection, district_id: str, case: Case) -> list[str]:
    table = tables.case
    query = select(table.c.id).where(
        table.c.district_id == district_id, table.c.child_id == case.child_id, table.c.state != CaseState.WITHDRAWN
    )
    return sorted({case.id, *connection.scalars(query)})


def _visits(connection: Connection, district_id: str, case_ids: list[str]) -> tuple[Visit, ...]:
    table = tables.visit
    query = select(table).where(table.c.district_id == district_id, table.c.case_id.in_(case_ids))
    found = [rows.visit_from(row) for row in connection.execute(query.order_by(table.c.visited_on.desc(), table.c.id.desc())).mappings()]
    corrected = {visit.supersedes for visit in found}
    return tuple(visit for visit in found if visit.id not in corrected)


def _forms(connection: Connection, district_id: str, case_ids: list[str]) -> tuple[Submission, ...]:
    table = tables.submission
    query = select(table).where(table.c.district_id == district_id, table.c.case_id.in_(case_ids))
    newest = query.order_by(table.c.filled_on.desc(), table.c.id.desc())
    found = [rows.submission_from(row) for row in connection.execute(newest).mappings()]
    corrected = {form.supersedes for form in found}
    return tuple(form for form in found if form.id not in corrected)


def _people(care: Care) -> Iterable[str]:
    for stood in care.facts:
        yield stood.fact.by
        yield from (step.by for step in stood.steps)
        if isinstance(stood.fact, Goal) and stood.fact.owner_id:
            yield stood.fact.owner_id
