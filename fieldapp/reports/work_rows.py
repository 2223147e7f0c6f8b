"""The figures of work in words and in order: for the screen, the spreadsheet and the paper alike. No child's name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldapp import phrases, words
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import COUNTED, CaseState
from fieldapp.domain.visit import Outcome
from fieldapp.reports.period import Period, Span
from fieldapp.reports.work_figures import Group, Work, WorkReport
from fieldapp.texts import _, mark, ngettext

_SPANS = {Span.MONTH: mark("This month"), Span.TERM: mark("This term"), Span.SCHOOL_YEAR: mark("This school year")}
GROUP_HEAD = (mark("Children"), mark("Back in education"), mark("Not visited yet"), mark("Visits"), mark("Overdue follow-ups"))


@dataclass(frozen=True, slots=True)
class Row:
    """`unconfirmed` of `count` the district has not confirmed. `state`: the children behind the figure are those in this state."""

    caption: str
    count: int
    unconfirmed: int = 0
    state: CaseState | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`compared`: its rows are parts of one whole or alike, and a bar beside each says how much."""

    title: str
    rows: tuple[Row, ...]
    compared: bool = False


def span_name(span: Span) -> str:
    return _(_SPANS[span])


def days_of(days: Period) -> str:
    """1 – 22 พ.ย. 2569"""
    return _("{first} to {last}").format(first=phrases.day(days.first), last=phrases.day(days.last))


def sections(report: WorkReport) -> tuple[Section, ...]:
    work = report.all
    return (
        Section(_("Children by state"), tuple(_states(work)), compared=True),
        Section(_("Visits by outcome"), tuple(_outcomes(work)), compared=True),
        Section(_("Visits per week"), tuple(Row(phrases.day_month(week.monday), week.visits) for week in report.weeks), compared=True),
        Section(_("Follow-ups, forms and referrals"), tuple(_deeds(work))),
        Section(_("Children in need of help"), tuple(_need(report))),
    )


def headline(work: Work) -> tuple[Row, ...]:
    """What is asked first."""
    return (
        Row(_("Children"), work.children, work.unconfirmed_children),
        Row(_("Visits"), work.visits, work.unconfirmed_visits),
        Row(words.of(CaseState.RETURNED), work.in_state(CaseState.RETURNED), state=CaseState.RETURNED),
        Row(_("Not visited yet"), work.not_visited),
    )


def lists(work: Work) -> tuple[Row, ...]:
    return tuple(Row(words.of(one), work.on_list(one)) for one in ListType if work.on_list(one))


def group_cells(group: Group) -> tuple[int, ...]:
    """Below GROUP_HEAD."""
    work = group.work
    return (work.children, work.in_state(CaseState.RETURNED), work.not_visited, work.visits, work.follow_ups_overdue)


def teacher_name(group: Group) -> str:
    return group.name or (_("Name not known") if group.key else _("Nobody yet"))


def village_name(group: Group) -> str:
    return phrases.place_short(group.moo, group.key, group.name) or _("Place not known")


def grade_name(group: Group) -> str:
    return group.key or _("Class not known")


def tables_of(report: WorkReport) -> tuple[tuple[str, tuple[tuple[str, Group], ...]], ...]:
    """Title and rows of each table that has any."""
    found = (
        (_("By teacher"), tuple((teacher_name(group), group) for group in report.teachers)),
        (_("By village"), tuple((village_name(group), group) for group in report.villages)),
        (_("By class"), tuple((grade_name(group), group) for group in report.grades)),
    )
    return tuple(one for one in found if one[1])


def confirmed_words(report: WorkReport) -> str:
    """What of these figures the district has not confirmed. That it has confirmed all is said only where nothing at all is waiting."""
    work = report.all
    counts = (
        (work.unconfirmed_visits, ngettext("{count} visit", "{count} visits", work.unconfirmed_visits)),
        (work.unconfirmed_forms, ngettext("{count} form", "{count} forms", work.unconfirmed_forms)),
        (work.unconfirmed_photos, ngettext("{count} photo", "{count} photos", work.unconfirmed_photos)),
        (work.unconfirmed_follow_ups, ngettext("{count} follow-up", "{count} follow-ups", work.unconfirmed_follow_ups)),
        (work.unconfirmed_children, ngettext("the state of {count} child", "the states of {count} children", work.unconfirmed_children)),
    )
    waiting = " · ".join(said.format(count=f"{count:,}") for count, said in counts if count)
    if waiting:
        return _("Counted here, but not confirmed by the district yet: {what}").format(what=waiting)
    if report.all_confirmed:
        return _("The district has confirmed everything that is counted here.")
    return _("Some of what was done on this laptop is not confirmed by the district yet.")


def _states(work: Work) -> Iterator[Row]:
    for state in COUNTED:
        if count := work.in_state(state):
            yield Row(words.of(state), count, state=state)


def _outcomes(work: Work) -> Iterator[Row]:
    known: Sequence[Outcome | None] = (*Outcome, None)
    counts: Mapping[Outcome | None, int] = work.outcomes
    for outcome in known:
        if count := counts.get(outcome, 0):
            yield Row(words.of(outcome) if outcome else _("No outcome noted"), count)


def _deeds(work: Work) -> Iterator[Row]:
    yield Row(_("Follow-ups still to come"), work.follow_ups_due)
    yield Row(_("Overdue follow-ups"), work.follow_ups_overdue)
    yield Row(_("Follow-ups done"), work.follow_ups_done)
    yield Row(_("Forms filled"), work.forms, work.unconfirmed_forms)
    yield Row(_("Photos of visits"), work.photos, work.unconfirmed_photos)
    yield Row(_("Referrals"), work.referrals)
    yield Row(_("of these, not answered yet"), work.referrals_open)
    yield Row(_("of these, answered"), work.referrals_answered)


def _need(report: WorkReport) -> Iterator[Row]:
    first = report.first_help
    yield Row(_("Children with a risk that stands"), report.all.at_risk)
    yield Row(_("Found in need of help"), first.found)
    yield Row(_("of these, helped since"), first.helped)
    if first.median_days is not None:
        yield Row(_("Days until the first help (median)"), first.median_days)
    if first.longest_days is not None:
        yield Row(_("Days until the first help (longest)"), first.longest_days)
