"""The sentences of a card: from records to words. Pure; knows no widget."""

import datetime as dt
from dataclasses import dataclass

from fieldapp import phrases, words
from fieldapp.domain import national_id
from fieldapp.domain.compulsory_age import FIRST_YEAR, AgeStatus, Eligibility, Reason
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import BUDDHIST_OFFSET, Precision
from fieldapp.gui.screens.visit.summaries import met_sentence
from fieldapp.gui.theme.tokens import STATE_TONES, Tone
from fieldapp.texts import _, ngettext
from fieldapp.usecases.children import Card, Delivery, TimelineItem
from fieldapp.usecases.handed_over import HandedOver

_DELIVERY_TONES = {
    Delivery.WAITING: Tone.WARNING,
    Delivery.RECEIVED: Tone.GOOD,
    Delivery.HELD: Tone.INFO,
    Delivery.REJECTED: Tone.DANGER,
    Delivery.CONFLICT: Tone.WARNING,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history: what, when and who in the first line; the rest below; the way to the district last."""

    what: str
    rest: str
    detail: str
    tone: Tone
    delivery: str = ""
    delivery_tone: Tone = Tone.NEUTRAL


def entry(item: TimelineItem) -> Entry:
    if item.visit is not None:
        return _visit(item)
    what = words.of(item.state)
    parts = []
    if item.step.merged_into:
        what = _("Merged into another case: the child was on the list twice")
    if item.state is CaseState.ASSIGNED and item.to_name:
        what = _("Assigned to {name}").format(name=item.to_name)
    if item.by_name:
        parts.append(_("by {name}").format(name=item.by_name))
    if item.step.due_on:
        parts.append(_("due {day}").format(day=phrases.day(item.step.due_on)))
    return Entry(what, phrases.day(item.on), " · ".join(parts), Tone.NEUTRAL, *_delivery(item))


def _visit(item: TimelineItem) -> Entry:
    visit = item.visit
    assert visit is not None
    rest = [phrases.day(item.on), met_sentence(visit)]
    detail = [words.of(visit.outcome) if visit.outcome else ""]
    detail += [visit.whereabouts_note, visit.note]
    if item.photo_count:
        detail.append(ngettext("{count} photo", "{count} photos", item.photo_count).format(count=item.photo_count))
    if visit.urgent:
        detail.insert(0, _("urgent"))
    return Entry(
        _("Home visit"),
        " · ".join(part for part in rest if part),
        " · ".join(part for part in detail if part),
        Tone.DANGER if visit.urgent else STATE_TONES[item.state],
        *_delivery(item),
    )


def _delivery(item: TimelineItem) -> tuple[str, Tone]:
    if item.delivery is None:
        return "", Tone.NEUTRAL
    said = words.of(item.delivery)
    if item.delivery is Delivery.HELD and item.code:
        said = " · ".join(part for part in (said, words.held(item.code)) if part)
    return said, _DELIVERY_TONES[item.delivery]


def handed_over(left: HandedOver) -> str:
    """To whom the case went, or with whom it goes on."""
    who = f"{left.person} ({left.school})" if left.person and left.school else ""
    who = who or left.person or left.school
    if left.merged:
        if who:
            return _("This child was on the list twice. The district has made one case of the two; it goes on with {name}.").format(
                name=who
            )
        return _("This child was on the list twice. The district has made one case of the two.")
    return _("Handed over to {name}").format(name=who) if who else _("No longer assigned to you")


def until_it_leaves(card: Card) -> str:
    """What can still be done here, and what becomes of it. Nothing for the district's staff, whose copy stays."""
    if not card.row.handed_over:
        return ""
    said = _("You can read the card. What you recorded is sent to the district with the next sync; then the child leaves this computer.")
    if card.has_draft:
        said += " " + _("The visit that you began can still be finished. The district keeps it and decides what becomes of it.")
    return said


def born(card: Card) -> str:
    """'เกิด 9 ก.ค. 2557', or what is known of it."""
    birth = card.child.birth
    if birth is None:
        return _("birth date not known")
    if birth.precision is Precision.DAY:
        return _("born {day}").format(day=phrases.partial(birth))
    return _("born {day} (day not known)").format(day=phrases.partial(birth))


def identity(card: Card, *, shown: bool) -> str:
    """The national ID or G-code, masked unless the person asked to see it."""
    number = card.child.national_id or card.child.g_code
    if not number:
        return _("no ID number")
    return national_id.printed(number) if shown else national_id.masked(number)


def id_warning(card: Card) -> str:
    number = card.child.national_id
    if number and not national_id.has_valid_check_digit(number):
        return _("The check digit of this number is not right. It may have been copied wrongly.")
    return ""


def phone(number: str, *, shown: bool) -> str:
    """'08x-xxx-x214', or the whole number as it is dialled."""
    digits = national_id.digits_of(number)
    if len(digits) < 9:
        return number if shown else "x" * max(len(number) - 2, 0) + number[-2:]
    if shown:
        return f"{digits[:-7]}-{digits[-7:-4]}-{digits[-4:]}"
    return f"{digits[:2]}x-xxx-x{digits[-3:]}"


def compulsory_age(standing: Eligibility) -> tuple[str, str]:
    """The status, and why it is so."""
    if standing.reason is Reason.NO_BIRTH_DATE:
        return _("Not known"), _("because the birth date is not known")
    if standing.reason is Reason.FINISHED_GRADE_9:
        return _("Past compulsory education"), _("because grade 9 is finished")
    why = _("counted from the year of birth {year}").format(year=_birth_year(standing)) if standing.from_on else ""
    if standing.status is AgeStatus.INSIDE and standing.through_on:
        return _("Inside until {day}").format(day=phrases.day(standing.through_on)), why
    if standing.status is AgeStatus.PAST and standing.through_on:
        return _("Past since {day}").format(day=phrases.day(standing.through_on + dt.timedelta(days=1))), why
    if standing.from_on:
        return _("Begins {day}").format(day=phrases.day(standing.from_on)), why
    return _("Not known"), ""


def guardian(card: Card) -> str:
    child = card.child
    if not child.guardian_name:
        return child.guardian_relation or _("not known")
    return f"{child.guardian_name} ({child.guardian_relation})" if child.guardian_relation else child.guardian_name


def last_school(card: Card) -> str:
    child = card.child
    school = child.last_school_name or card.schools.get(child.last_school_code, "")
    year = _("year {year}").format(year=child.last_school_year) if child.last_school_year else ""
    return " ".join(part for part in (child.last_grade, year, school) if part) or _("not known")


def received_list(card: Card) -> str:
    kind = words.of(card.row.list_type)
    return _("{kind}, round {round}").format(kind=kind, round=card.received_list.round) if card.received_list else kind


def _birth_year(standing: Eligibility) -> str:
    assert standing.from_on is not None
    year = standing.from_on.year - FIRST_YEAR
    return str(year + BUDDHIST_OFFSET if phrases.in_thai() else year)
