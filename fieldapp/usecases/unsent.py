"""How much on this laptop waits for the district."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unsent:
    """`bytes` is what the waiting records and photos weigh together."""

    visits: int
    other_events: int
    photos: int
    bytes: int

    @property
    def total(self) -> int:
        return self.visits + self.other_events + self.photos
