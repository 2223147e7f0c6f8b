"""What a line of care says: from the use case's rows to words, without a widget."""

from fieldapp import phrases, words
from fieldapp.domain.care.consent import Consent, ConsentState
from fieldapp.domain.care.facts import CareState
from fieldapp.domain.care.goal import Goal, GoalState
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskSource, RiskState
from fieldapp.domain.care.support import Support, SupportState
from fieldapp.gui.theme.tokens import Tone
from fieldapp.texts import _, ngettext
from fieldapp.usecases.caring import CareLine, CaseCare

_TONES: dict[CareState, Tone] = {
    RiskState.RESOLVED: Tone.GOOD,
    RiskState.MISTAKEN: Tone.NEUTRAL,
    SupportState.GIVEN: Tone.GOOD,
    SupportState.TAKEN_BACK: Tone.NEUTRAL,
    GoalState.OPEN: Tone.INFO,
    GoalState.REACHED: Tone.GOOD,
    GoalState.PARTLY: Tone.TEAL,
    GoalState.NOT_REACHED: Tone.WARNING,
    GoalState.DROPPED: Tone.NEUTRAL,
    ConsentState.GIVEN: Tone.GOOD,
    ConsentState.REFUSED: Tone.WARNING,
    ConsentState.WITHDRAWN: Tone.WARNING,
}


def tone(line: CareLine) -> Tone:
    if line.state is RiskState.OPEN and isinstance(line.fact, Risk):
        return Tone.DANGER if line.fact.level is RiskLevel.PROBLEM else Tone.WARNING
    return _TONES[line.state]


def state(line: CareLine) -> str:
    """A risk that stands is called by how much it is one."""
    if line.state is RiskState.OPEN and isinstance(line.fact, Risk):
        return words.of(line.fact.level)
    return words.of(line.state)


def title(line: CareLine) -> str:
    match line.fact:
        case Risk(source=RiskSource.FORM, reason=reason):
            return words.risk_reason(reason)
        case Risk(reason=reason):
            return reason
        case Support(area=area, what=what):
            return f"{words.of(area)} · {what}"
        case Goal(goal=goal):
            return goal
        case Consent(purpose=purpose):
            return words.of(purpose)
        case _:
            raise TypeError(type(line.fact).__name__)


def details(line: CareLine) -> tuple[str, ...]:
    """Lines below the title: what it says more, then when and by whom, then how it ended."""
    fact = line.fact
    said = " · ".join(part for part in (phrases.day(fact.on), line.by_name, words.of(line.delivery) if line.delivery else "") if part)
    more: str
    match fact:
        case Risk():
            more = " · ".join(part for part in (words.of(fact.source), fact.note) if part)
        case Support():
            cost = _("{baht} baht").format(baht=f"{fact.cost_baht:,}") if fact.cost_baht is not None else ""
            more = " · ".join(part for part in (fact.giver, cost, fact.result) if part)
        case Goal():
            due = _("by {day}").format(day=phrases.day(fact.due_on)) if fact.due_on else ""
            more = " · ".join(part for part in (words.of(fact.aspect), fact.measure, due) if part)
        case Consent():
            who = f"{fact.giver} ({fact.relation})" if fact.relation else fact.giver
            more = " · ".join(part for part in (who, _("signed") if fact.signature else "", fact.note) if part)
        case _:
            raise TypeError(type(fact).__name__)
    ended = " · ".join(part for part in (phrases.day(line.ended_on), words.of(line.state), line.note) if part) if line.ended_on else ""
    return tuple(part for part in (more, said, ended) if part)


def known(care: CaseCare) -> str:
    """How well the child is known: visits and forms."""
    if not care.visits:
        visits = _("not visited yet")
    else:
        visits = ngettext("visited {count} time", "visited {count} times", care.visits).format(count=care.visits)
        if care.last_visit_on:
            visits += " · " + _("last {day}").format(day=phrases.day(care.last_visit_on))
    return visits


def screened(care: CaseCare) -> str:
    if not care.forms:
        return _("no form filled yet")
    return " · ".join(f"{form.title} ({phrases.day(form.filled_on)})" if form.filled_on else form.title for form in care.forms)


def referred(care: CaseCare) -> str:
    if not care.referrals:
        return _("not referred")
    on_their_way = ngettext("{count} referral", "{count} referrals", care.referrals).format(count=care.referrals)
    return f"{on_their_way} · " + _("{count} still open").format(count=care.referrals_open)
