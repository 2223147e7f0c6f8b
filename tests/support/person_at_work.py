"""What runs in a process of its own: a teacher who visits one child after the other, with notes, photos and next dates, until the process
dies. Each thing is said only after its use case has returned, which is when the screen shows it as done."""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from fieldapp import client
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome, Visit
from fieldapp.usecases.children import ListFilter
from tests.support.mortal import Say, die_at_step
from tests.support.pictures import a_jpeg
from tests.support.profiles import PASSPHRASE, settings_for


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft of this case was saved with this note."""

    case_id: str
    note: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo was taken into the draft of this case."""

    case_id: str
    photo_id: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A visit was finished, with these photos."""

    case_id: str
    visit_id: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """A child's card was given this village."""

    child_id: str
    village: str


def answered(visit: Visit) -> Visit:
    """With all that a visit needs, and a next date."""
    return replace(visit, met=(Met.GRANDPARENT,), outcome=Outcome.WANTS_RETURN, next_on=visit.visited_on + dt.timedelta(7))


def work(say: Say, data: Path, profile_id: str, die_at: int | None) -> None:
    opened = client.unlock(settings_for(data), profile_id, PASSPHRASE)
    rows = opened.children.page(ListFilter(), 0, 100)
    pictures = [a_jpeg(320 + 16 * number, 240) for number in range(4)]
    die_at_step(die_at)
    say("ready")
    for number in count():
        row = rows[number % len(rows)]
        visit = opened.visits.draft(row.case_id).visit
        for size in range(1, 4):
            visit = replace(visit, note=f"บันทึก {number} " + "ก" * size)
            opened.visits.save(visit)
            say(Drafted(row.case_id, visit.note))
        photos = []
        for picture in pictures[: number % 3]:
            photos.append(opened.photos.add(visit.id, row.case_id, picture, PhotoKind.OUTSIDE).photo.id)
            say(Taken(row.case_id, photos[-1]))
        opened.visits.save(answered(visit))
        opened.visits.finish(row.case_id)
        say(Finished(row.case_id, visit.id, tuple(photos)))
        child = opened.children.card(row.case_id).child
        opened.children.edit(child, {"village": f"บ้าน {number}"})
        say(Edited(child.id, f"บ้าน {number}"))
