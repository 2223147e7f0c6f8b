"""Pictures of a phone on the table, in heaps by visit: what is proposed, what a person moved, chose or said of a camera's clock. Holds no
file and no store; nothing is taken in by it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldapp.domain.phone.clock import Suggestion, offset_from, suggest
from fieldapp.domain.phone.placing import Proposal, propose, real_time
from fieldapp.domain.photo import PhotoKind
from fieldapp.usecases.phone_pictures import Choice, PhonePicture, Standing
from fieldapp.usecases.phone_visits import PhoneVisit

_FAR_FUTURE = dt.datetime.max.replace(tzinfo=dt.UTC)
# What a phone's clock may run ahead without anybody calling it wrong.
_AHEAD = dt.timedelta(minutes=10)
_LONG_AGO = dt.timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Item:
    """`at`: when it was taken, with its camera's clock set right. `chosen`: it is taken in when the person says so. `by_hand`: the person
    put it here."""

    picture: PhonePicture
    at: dt.datetime | None
    kind: PhotoKind
    chosen: bool
    by_hand: bool
    proposal: Proposal | None

    @property
    def key(self) -> str:
        return self.picture.sha256

    @property
    def sure(self) -> bool:
        return self.by_hand or (self.proposal is not None and self.proposal.sure)


@dataclass(frozen=True, slots=True)
class Heap:
    """The pictures of one visit in the order of time; `visit` None: those that nothing was found for."""

    visit: PhoneVisit | None
    items: tuple[Item, ...]


class Sorting:
    def __init__(self) -> None:
        self._visits: dict[str, PhoneVisit] = {}
        self._pictures: dict[str, PhonePicture] = {}
        self._moved: dict[str, str] = {}
        self._kinds: dict[str, PhotoKind] = {}
        self._chosen: dict[str, bool] = {}
        self._proposals: dict[str, Proposal] = {}
        self.offsets: dict[str, dt.timedelta] = {}

    def lay_out(self, visits: Sequence[PhoneVisit], pictures: Iterable[PhonePicture]) -> None:
        """These visits and pictures, in place of those before. What the person said of a picture that is still here stands. The same
        bytes from two places are one picture."""
        self._visits = {visit.visit_id: visit for visit in visits}
        self._pictures = {}
        for picture in pictures:
            self._pictures.setdefault(picture.sha256, picture)
        self._moved = {key: visit_id for key, visit_id in self._moved.items() if visit_id in self._visits}
        self._propose()

    @property
    def visits(self) -> tuple[PhoneVisit, ...]:
        return tuple(self._visits.values())

    def heaps(self) -> tuple[Heap, ...]:
        """Of the last day first, within a day as it went; those without a visit last."""
        kinds = {visit_id: self._kinds_of(visit_id) for visit_id in self._visits}
        found = [
            Heap(visit, tuple(self._item(one, kinds[visit.visit_id].get(one.sha256, PhotoKind.OTHER)) for one in mine))
            for visit in sorted(self._visits.values(), key=_newest_day_first)
            if (mine := self._of(visit.visit_id))
        ]
        left = self._of("")
        if left:
            found.append(Heap(None, tuple(self._item(one, self._kinds.get(one.sha256, PhotoKind.OTHER)) for one in left)))
        return tuple(found)

    def standing(self, standing: Standing) -> tuple[PhonePicture, ...]:
        return tuple(one for one in self._pictures.values() if one.standing is standing)

    def choices(self) -> tuple[Choice, ...]:
        """What is taken in when the person says so, in the order in which it is shown."""
        return tuple(
            Choice(item.picture, heap.visit, item.kind, item.at if item.picture.taken.exact else None)
            for heap in self.heaps()
            for item in heap.items
            if heap.visit is not None and item.chosen
        )

    def choose(self, keys: Iterable[str], *, chosen: bool) -> None:
        self._chosen |= dict.fromkeys(keys, chosen)

    def move(self, keys: Iterable[str], visit_id: str) -> None:
        """To another visit, and chosen with it; '' puts them with those that belong to none."""
        keys = list(keys)
        self._moved |= dict.fromkeys(keys, visit_id)
        self._chosen |= dict.fromkeys(keys, bool(visit_id))

    def set_kind(self, keys: Iterable[str], kind: PhotoKind) -> None:
        self._kinds |= dict.fromkeys(keys, kind)

    def taken_at(self, key: str, visit_id: str) -> None:
        """This picture was taken at this visit: the clock of its camera is set by it, and its other pictures are proposed anew."""
        picture = self._pictures[key].taken
        offset = offset_from(picture, self._visits[visit_id].stay)
        if offset is not None:
            self.set_clock(picture.camera, offset)
        self.move([key], visit_id)

    def set_clock(self, camera: str, offset: dt.timedelta) -> None:
        """`offset`: what to add to the camera's time; nothing for as it is."""
        if offset:
            self.offsets[camera] = offset
        else:
            self.offsets.pop(camera, None)
        self._propose()

    def suggestions(self) -> tuple[Suggestion, ...]:
        """For cameras about whose clock the person has said nothing yet."""
        found = suggest([one.taken for one in self._new()], [visit.stay for visit in self._visits.values()])
        return tuple(one for one in found if one.camera not in self.offsets)

    def doubtful(self, now: dt.datetime) -> tuple[str, ...]:
        """Cameras whose pictures bear a time that is still to come, or long past; and nothing has set their clock yet."""
        wrong = {
            one.taken.camera
            for one in self._new()
            if one.taken.exact and one.taken.at and not now - _LONG_AGO <= one.taken.at <= now + _AHEAD
        }
        return tuple(sorted(wrong - self.offsets.keys()))

    def _new(self) -> list[PhonePicture]:
        return [one for one in self._pictures.values() if one.standing is Standing.NEW]

    def _propose(self) -> None:
        stays = [visit.stay for visit in self._visits.values()]
        self._proposals = propose([one.taken for one in self._new()], stays, self.offsets)

    def _place_of(self, key: str) -> str:
        if key in self._moved:
            return self._moved[key]
        return self._proposals[key].visit_id if key in self._proposals else ""

    def _of(self, visit_id: str) -> list[PhonePicture]:
        mine = [one for one in self._new() if self._place_of(one.sha256) == visit_id]
        return sorted(mine, key=lambda one: (real_time(one.taken, self.offsets) or _FAR_FUTURE, one.path.name))

    def _kinds_of(self, visit_id: str) -> Mapping[str, PhotoKind]:
        """As the person said, and else what the form still asks for of this visit, in the order of time; of those first that are chosen."""
        mine = [one.sha256 for one in self._of(visit_id)]
        said = {key: self._kinds[key] for key in mine if key in self._kinds}
        wanted = [kind for kind in self._visits[visit_id].wanted if kind not in said.values()]
        left = sorted((key for key in mine if key not in said), key=lambda key: not self._is_chosen(key))
        return said | dict(zip(left, wanted, strict=False))

    def _item(self, picture: PhonePicture, kind: PhotoKind) -> Item:
        key = picture.sha256
        at = real_time(picture.taken, self.offsets)
        return Item(picture, at, kind, self._is_chosen(key), key in self._moved, self._proposals.get(key))

    def _is_chosen(self, key: str) -> bool:
        """As the person said; before that what is sure, but nothing where the guardian said no to photos."""
        proposal = self._proposals.get(key)
        return self._chosen.get(key, proposal is not None and proposal.sure and not self._visits[proposal.visit_id].refused)


def _newest_day_first(visit: PhoneVisit) -> tuple[int, bool, str]:
    return -visit.stay.on.toordinal(), visit.stay.begun is None, str(visit.stay.begun)
