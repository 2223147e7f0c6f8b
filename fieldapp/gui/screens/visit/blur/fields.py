"""The fields of a picture that are to be blurred, as a person lays them: one is chosen, each step can be taken back. Pure; knows no
widget. Measures are shares of the picture's width and height."""

from dataclasses import dataclass, replace

from fieldapp.usecases.blurring import Region

# A new one lies in the middle, about as large as a face in a picture of a few people.
_NEW_HEIGHT = 0.28
_SMALLEST = 0.02


@dataclass(frozen=True, slots=True)
class _State:
    regions: tuple[Region, ...] = ()
    chosen: int = -1


class Fields:
    """`shape` is the picture's width divided by its height, so that a new oval is one of a face."""

    def __init__(self, shape: float = 4 / 3, *, oval: bool = True) -> None:
        self._shape = shape
        self._now = _State()
        self._before: list[_State] = []
        self.oval = oval

    @property
    def regions(self) -> tuple[Region, ...]:
        return self._now.regions

    @property
    def chosen(self) -> Region | None:
        return self._now.regions[self._now.chosen] if self._now.chosen >= 0 else None

    @property
    def place(self) -> int:
        """Which one is chosen, from 1; 0 where none is."""
        return self._now.chosen + 1

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def add(self, region: Region | None = None) -> None:
        """This one, or one in the middle; it is chosen."""
        width = min(_NEW_HEIGHT * 0.8 / self._shape, 1.0)
        fresh = region or Region((1 - width) / 2, (1 - _NEW_HEIGHT) / 2, width, _NEW_HEIGHT, self.oval)
        self._step(_State((*self.regions, inside(fresh)), len(self.regions)))

    def change(self, region: Region, *, same_step: bool = False) -> None:
        """Put in the place of the chosen one. `same_step`: part of a drag that began before."""
        if self._now.chosen < 0:
            return
        regions = list(self.regions)
        regions[self._now.chosen] = inside(region)
        after = _State(tuple(regions), self._now.chosen)
        if same_step:
            self._now = after
        else:
            self._step(after)

    def move(self, right: float, down: float) -> None:
        if self.chosen:
            self.change(replace(self.chosen, left=self.chosen.left + right, top=self.chosen.top + down))

    def grow(self, wider: float, higher: float) -> None:
        if self.chosen:
            self.change(replace(self.chosen, width=self.chosen.width + wider, height=self.chosen.height + higher))

    def set_oval(self, oval: bool) -> None:
        """The shape of the chosen one, and of those that come."""
        self.oval = oval
        if self.chosen and self.chosen.oval is not oval:
            self.change(replace(self.chosen, oval=oval))

    def remove(self) -> None:
        if self._now.chosen >= 0:
            left = tuple(one for place, one in enumerate(self.regions) if place != self._now.chosen)
            self._step(_State(left, len(left) - 1))

    def choose(self, place: int) -> None:
        """From 0; -1: none."""
        self._now = replace(self._now, chosen=place)

    def choose_next(self) -> None:
        if self.regions:
            self.choose((self._now.chosen + 1) % len(self.regions))

    def at(self, x: float, y: float) -> int:
        """Which field lies there, the uppermost; -1 where none does."""
        hits = [
            place
            for place, one in enumerate(self.regions)
            if one.left <= x <= one.left + one.width and one.top <= y <= one.top + one.height
        ]
        return hits[-1] if hits else -1

    def undo(self) -> None:
        if self._before:
            self._now = self._before.pop()

    def _step(self, after: _State) -> None:
        self._before.append(self._now)
        self._now = after


def inside(region: Region) -> Region:
    """The same, not smaller than can be seen and within the picture."""
    width, height = min(max(region.width, _SMALLEST), 1.0), min(max(region.height, _SMALLEST), 1.0)
    left, top = min(max(region.left, 0.0), 1.0 - width), min(max(region.top, 0.0), 1.0 - height)
    return Region(left, top, width, height, region.oval)
