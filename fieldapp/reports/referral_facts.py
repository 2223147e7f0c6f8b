"""What a letter of referral may tell, read from a database: the laptop's or the district's."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Connection, select

from fieldapp import phrases, words
from fieldapp.domain import national_id
from fieldapp.domain.care.consent import Consent, ConsentState
from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.referral import Referral, ReferralKind, ReferralState, Shared
from fieldapp.domain.care.risk import Risk, RiskState
from fieldapp.domain.care.sharing import may_share, sharing_consent
from fieldapp.domain.care.support import Support, SupportState
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import CareId
from fieldapp.domain.reference import Role
from fieldapp.records import tables
from fieldapp.records.care import Care, care_of
from fieldapp.records.of_case import visits_of_case
from fieldapp.records.reference import agencies, person_names, school_names
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.referral_letter import Letter, Told, letter
from fieldapp.texts import _, speaking


def read_letter(
    connection: Connection, district_id: str, referral_id: str, *, sees_sensitive: bool, thai_digits: bool = False, district_name: str = ""
) -> Letter | None:
    """None where the referral is not there, or another draft has taken its place. A consent that was withdrawn since takes away what was
    ticked on it. `district_name` stands for the office where the child has no school."""
    records = SqlRecords(connection, district_id)
    referral = records.care(CareKind.REFERRAL, CareId(referral_id))
    case = records.case(referral.case_id) if referral else None
    child = records.child(case.child_id) if case else None
    if not isinstance(referral, Referral) or case is None or child is None:
        return None
    care = care_of(connection, district_id, [case.id])
    stood = next((stood for one, stood in care.of(Referral) if one.id == referral.id), None)
    if stood is None:
        return None
    with speaking("th"):
        told = _told(connection, district_id, referral, case, child, care, sees_sensitive, district_name)
    signed = [step.on for step in stood.steps if step.state == ReferralState.SIGNED]
    return letter(referral, told, max(signed, default=None), thai_digits=thai_digits)


def _told(
    connection: Connection,
    district_id: str,
    referral: Referral,
    case: Case,
    child: Child,
    care: Care,
    sees_sensitive: bool,
    district_name: str,
) -> Told:
    consent = sharing_consent((one, ConsentState(stood.state)) for one, stood in care.of(Consent))
    allowed = may_share(referral.kind, consent[1] if consent else None, sees_sensitive=sees_sensitive) & set(referral.shares)
    school_code = case.school_code or ""
    names = school_names(connection, district_id, {school_code, child.last_school_code})
    school = names.get(school_code, "")
    known = {agency.id: agency.name for agency in agencies(connection, district_id)}
    values = _values(connection, district_id, child, case, care, names.get(child.last_school_code, ""))
    return Told(
        child=child.full_name,
        receiver=known.get(referral.agency_id or "", "") or referral.receiver,
        office=school or district_name,
        sender=person_names(connection, district_id, [referral.by]).get(referral.by, ""),
        head=_head_of(connection, district_id, school_code) if school_code else "",
        head_post=_("Director of {school}").format(school=school) if school else _("Director of the education area"),
        values={one: said for one, said in values if one in allowed and said[1]},
        consent=consent if referral.kind is ReferralKind.EXTERNAL else None,
    )


def _values(
    connection: Connection, district_id: str, child: Child, case: Case, care: Care, last_school: str
) -> Iterator[tuple[Shared, tuple[str, str]]]:
    yield Shared.NATIONAL_ID, (_("ID number"), national_id.printed(child.national_id) if child.national_id else "")
    yield Shared.BIRTH, (_("Born"), phrases.partial(child.birth) if child.birth else "")
    yield Shared.ADDRESS, (_("Address"), phrases.place(child.house_no, child.moo, child.tambon_code, child.village))
    relation = f" ({child.guardian_relation})" if child.guardian_relation else ""
    yield Shared.GUARDIAN, (_("Guardian"), child.guardian_name + relation if child.guardian_name else "")
    yield Shared.PHONE, (_("Telephone"), child.guardian_phone)
    school = " ".join(part for part in (child.last_school_name or last_school, child.last_grade) if part)
    yield Shared.SCHOOL, (_("Last school and grade"), school)
    yield Shared.VISITS, (_("Home visits"), _visits(connection, district_id, case.id))
    risks = (risk for risk, stood in care.of(Risk) if stood.state is RiskState.OPEN)
    said = (f"{words.risk_reason(risk.reason)} ({words.of(risk.level)})" for risk in risks)
    yield Shared.SCREENING, (_("Screening"), " · ".join(dict.fromkeys(said)))
    yield Shared.DISABILITY, (_("Disability"), child.disability)
    given = (support for support, stood in care.of(Support) if stood.state is SupportState.GIVEN)
    yield Shared.SUPPORT, (_("Help given so far"), " · ".join(_help(one) for one in given))


def _help(support: Support) -> str:
    by = f" ({support.giver})" if support.giver else ""
    return f"{support.what}{by} {_day(support.on)}"


def _visits(connection: Connection, district_id: str, case_id: str) -> str:
    """How many, and what the last one found; not who was met and what was said."""
    visits = visits_of_case(connection, district_id, case_id)
    corrected = {visit.supersedes for visit in visits}
    standing = [visit for visit in visits if visit.id not in corrected]
    if not standing:
        return ""
    last = standing[-1]
    outcome = words.of(last.outcome) if last.outcome else "–"
    return _("{count} visits, the last on {day}: {outcome}").format(count=len(standing), day=_day(last.visited_on), outcome=outcome)


def _head_of(connection: Connection, district_id: str, school_code: str) -> str:
    """'' where there is none, or more than one."""
    person = tables.person
    of_school = (person.c.school_code == school_code, person.c.role == Role.SCHOOL_HEAD.value, person.c.active)
    found = connection.execute(select(person.c.name).where(person.c.district_id == district_id, *of_school)).scalars().all()
    return found[0] if len(found) == 1 else ""


def _day(on: dt.date) -> str:
    return phrases.day(on)
