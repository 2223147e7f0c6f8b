"""What the stepper and the history say of a visit's parts, in a few words. Pure: from a visit to a line of text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp import phrases, words
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome, Position, Visit
from fieldapp.gui.screens.visit.answers import Part
from fieldapp.texts import _, mark, ngettext

TITLES: Mapping[Part, str] = {
    Part.MET: mark("Who was met"),
    Part.WHEREABOUTS: mark("Where the child is"),
    Part.OUTCOME: mark("Outcome, causes"),
    Part.PHOTOS: mark("Photos taken"),
    Part.NEXT_STEP: mark("Next step"),
}
_INVITATIONS: Mapping[Part, str] = {
    Part.MET: mark("Choose one or more"),
    Part.WHEREABOUTS: mark("Choose one"),
    Part.OUTCOME: mark("Choose one outcome"),
    Part.PHOTOS: mark("None yet"),
    Part.NEXT_STEP: mark("What and when"),
}


@dataclass(frozen=True, slots=True)
class PartState:
    """`done`: nothing is missing in this part. Photos are never required, so they count as done once there is one."""

    done: bool
    summary: str


def title(part: Part) -> str:
    return _(TITLES[part])


def state_of(part: Part, visit: Visit, photo_count: int, photos_missing: Sequence[PhotoKind] = ()) -> PartState:
    """Whether a part is filled, and its summary or an invitation. `photos_missing` are kinds that the form still wants."""
    text, done = _filled(part, visit, photo_count)
    if part is Part.PHOTOS and photo_count and photos_missing:
        lacks = _(", ").join(words.short(kind) for kind in photos_missing)
        text = _("{photos} · missing: {kinds}").format(photos=text, kinds=lacks)
    return PartState(done, text or _(_INVITATIONS[part]))


def _filled(part: Part, visit: Visit, photo_count: int) -> tuple[str, bool]:
    match part:
        case Part.MET:
            return met(visit), bool(visit.met)
        case Part.WHEREABOUTS:
            return (words.of(visit.whereabouts), True) if visit.whereabouts else ("", False)
        case Part.OUTCOME:
            return _outcome(visit)
        case Part.PHOTOS:
            return photos(photo_count), photo_count > 0
        case Part.NEXT_STEP:
            return _next_step(visit)


def photos(count: int) -> str:
    return ngettext("{count} photo", "{count} photos", count).format(count=count) if count else ""


def met(visit: Visit) -> str:
    return " · ".join(words.of(who) for who in visit.met)


def met_sentence(visit: Visit) -> str:
    """'met grandmother, not the child': what the history says first."""
    if not visit.met:
        return ""
    if Met.NOBODY in visit.met:
        return _("nobody was there")
    others = [words.of(who) for who in visit.met if who is not Met.CHILD]
    if Met.CHILD in visit.met:
        return _("met {people}").format(people=_listed([words.of(Met.CHILD), *others]))
    return _("met {people}, not the child").format(people=_listed(others))


def _listed(people: list[str]) -> str:
    """'child, father and mother'"""
    if len(people) < 2:
        return "".join(people)
    return _("{others} and {last}").format(others=_(", ").join(people[:-1]), last=people[-1])


def _outcome(visit: Visit) -> tuple[str, bool]:
    if visit.outcome is None:
        return "", False
    done = not (visit.outcome is Outcome.NOT_RETURNING and not visit.causes) and not (
        visit.outcome is Outcome.RETURNED and visit.return_level is None
    )
    return words.of(visit.outcome), done


def _next_step(visit: Visit) -> tuple[str, bool]:
    if visit.next_step is None:
        return "", False
    step = words.of(visit.next_step)
    return (f"{step} · {phrases.day_month(visit.next_on)}" if visit.next_on else step), True


def position(place: Position) -> str:
    """'16.70512, 104.05121': five decimals are about a metre."""
    return f"{place.latitude_e6 / 1_000_000:.5f}, {place.longitude_e6 / 1_000_000:.5f}"
