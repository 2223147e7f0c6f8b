"""The sentences of the page of the phone's pictures. Plain values in, words out; no widget."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence

from fieldapp import phrases, words
from fieldapp.domain.phone.clock import Ground, Suggestion
from fieldapp.error_words import words_for
from fieldapp.gui.screens.phone.taking import Taking
from fieldapp.texts import _, ngettext
from fieldapp.usecases.phone_pictures import Choice, Unreadable
from fieldapp.usecases.phone_sorting import Item
from fieldapp.usecases.phone_visits import PhoneVisit

_NAMED = 3


def visit_name(visit: PhoneVisit) -> str:
    return phrases.full_name(visit.row)


def visit_time(visit: PhoneVisit, today: dt.date) -> str:
    """today 09:00–09:25, or the day alone where the hours are not known."""
    stay = visit.stay
    day = _("today") if stay.on == today else phrases.day_month(stay.on)
    if stay.begun is None or stay.end is None:
        return day
    ends = phrases.time(stay.end)
    hours = phrases.time(stay.begun) if ends == phrases.time(stay.begun) else f"{phrases.time(stay.begun)}–{ends}"
    return f"{day} {hours}"


def visit_line(visit: PhoneVisit, today: dt.date) -> str:
    """For menus."""
    return f"{visit_name(visit)} · {visit_time(visit, today)}"


def visit_note(visit: PhoneVisit, today: dt.date) -> str:
    state = _("visit finished") if visit.finished else _("visit not finished yet")
    parts = [visit_time(visit, today), phrases.place_short(visit.row.moo, visit.row.tambon_code, visit.row.village), state]
    if visit.refused:
        parts.append(_("the guardian said no to photos"))
    return " · ".join(parts)


def item_time(item: Item, today: dt.date) -> str:
    if item.at is None:
        return _("time not known")
    on = item.at.astimezone().date()
    if on == today:
        return phrases.time(item.at)
    return f"{phrases.day_month(on)} {phrases.time(item.at)}" if on.year == today.year else phrases.day(on)


def item_name(item: Item, today: dt.date) -> str:
    """For screen readers."""
    parts = [words.of(item.kind), item_time(item, today), item.picture.path.name]
    if not item.sure:
        parts.append(_("please check"))
    return ", ".join([*parts, _("picture chosen") if item.chosen else _("picture not chosen")])


def length(span: dt.timedelta) -> str:
    """2 years · 3 days · 8 hours · 2 hours 10 minutes, to the two parts that matter."""
    minutes = abs(round(span / dt.timedelta(minutes=1)))
    days, minutes = divmod(minutes, 24 * 60)
    years, days = divmod(days, 365)
    hours, minutes = divmod(minutes, 60)
    parts = [
        ngettext("{count} year", "{count} years", years).format(count=years) if years else "",
        ngettext("{count} day", "{count} days", days).format(count=days) if days else "",
        ngettext("{count} hour", "{count} hours", hours).format(count=hours) if hours else "",
        ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes) if minutes else "",
    ]
    return " ".join([part for part in parts if part][:2])


def device(camera: str) -> str:
    return camera or _("the phone")


def clock_guess(told: Suggestion) -> tuple[str, str]:
    off = _("slow") if told.offset > dt.timedelta() else _("fast")
    title = _("The clock of {device} seems to be {length} {off}.").format(device=device(told.camera), length=length(told.offset), off=off)
    reason = _("The places of the pictures say so.") if told.ground is Ground.PLACES else _("The pauses between the visits say so.")
    met = ngettext("{count} visit then has pictures.", "{count} visits then have pictures.", told.visits).format(count=told.visits)
    return title, f"{reason} {met}"


def clock_set(camera: str, offset: dt.timedelta) -> str:
    off = _("slow") if offset > dt.timedelta() else _("fast")
    return _("The clock of {device} counts as {length} {off}.").format(device=device(camera), length=length(offset), off=off)


def clock_doubt(cameras: Collection[str]) -> tuple[str, str]:
    names = ", ".join(device(camera) for camera in cameras)
    return (
        _("The clock of {device} seems to be wrong.").format(device=names),
        _("Open the menu of a picture that you know and say at which visit it was taken: the others follow."),
    )


def chosen(choices: Sequence[Choice]) -> str:
    if not choices:
        return _("Nothing is chosen yet. A tap on a picture chooses it.")
    visits = len({choice.visit.visit_id for choice in choices})
    of = ngettext("for {count} visit", "for {count} visits", visits).format(count=visits)
    return f"{pictures(len(choices))} {of}"


def pictures(count: int) -> str:
    return ngettext("{count} picture", "{count} pictures", count).format(count=count)


def result(taking: Taking) -> tuple[str, str]:
    """What was taken in, and what was not and why."""
    visits = len({choice.visit.visit_id for choice in taking.taken})
    of = ngettext("for {count} visit", "for {count} visits", visits).format(count=visits)
    title = (
        _("{pictures} taken in {of}.").format(pictures=pictures(len(taking.taken)), of=of) if taking.taken else _("Nothing was taken in.")
    )
    told = [f"{_names(names)}: {why}" for why, names in _by_reason(taking).items()]
    left = taking.total - taking.done
    if left:
        told.append(_("Stopped; {pictures} still to be taken in.").format(pictures=pictures(left)))
    if taking.taken:
        told.append(_("The pictures on the phone are as they were. They may be deleted there once the district has received the visit."))
    return title, "\n".join(told)


def unreadable(files: Sequence[Unreadable]) -> tuple[str, str]:
    title = ngettext("{count} file cannot be read.", "{count} files cannot be read.", len(files)).format(count=len(files))
    reasons: dict[str, list[str]] = {}
    for one in files:
        reasons.setdefault(words_for(one.error).happened, []).append(one.path.name)
    told = [f"{_names(names)}: {why}" for why, names in reasons.items()]
    return title, "\n".join([*told, _("The other pictures can be taken in.")])


def _by_reason(taking: Taking) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for choice, error in taking.refused:
        said = words_for(error)
        reasons.setdefault(f"{said.happened} {said.next_step}", []).append(choice.picture.path.name)
    return reasons


def _names(names: Sequence[str]) -> str:
    counted = [name if count == 1 else f"{name} ×{count}" for name, count in Counter(names).items()]
    shown, left = counted[:_NAMED], len(counted) - _NAMED
    more = " " + _("and {count} more").format(count=left) if left > 0 else ""
    return f"{', '.join(shown)}{more}"
