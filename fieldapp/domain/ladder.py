"""The ladder report: listed = traced + in progress, traced = returned + not returned, every percentage with its base (domain §1.1)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import COUNTED, CaseState


class Bucket(StrEnum):
    RETURNED = "returned"
    NOT_RETURNED = "not_returned"
    WANTS_RETURN = "wants_return"
    NOT_FOUND = "not_found"
    IN_PROGRESS = "in_progress"


class Rounding(StrEnum):
    HALF_UP = "half-up"
    TRUNCATE = "truncate"


# Which buckets count as traced (ติดตามพบแล้ว).
TRACED = (Bucket.RETURNED, Bucket.NOT_RETURNED, Bucket.WANTS_RETURN)

# A withdrawn case has no bucket: a report that counted one would refuse.
_IN_PROGRESS_BUT: dict[CaseState, Bucket] = dict.fromkeys(COUNTED, Bucket.IN_PROGRESS)
# The district's own way (design §4): wanting to return is not yet being back, and not found is still being looked for.
DISTRICT_BUCKETS: Mapping[CaseState, Bucket] = {
    **_IN_PROGRESS_BUT,
    CaseState.RETURNED: Bucket.RETURNED,
    CaseState.NOT_RETURNED: Bucket.NOT_RETURNED,
}
# The ministry's way: traced includes those who want to return, and not found stands apart.
MINISTRY_BUCKETS: Mapping[CaseState, Bucket] = {
    **DISTRICT_BUCKETS,
    CaseState.WANTS_RETURN: Bucket.WANTS_RETURN,
    CaseState.NOT_FOUND: Bucket.NOT_FOUND,
}
PRESETS: Mapping[str, Mapping[CaseState, Bucket]] = {"district": DISTRICT_BUCKETS, "ministry": MINISTRY_BUCKETS}


class LadderDoesNotAddUp(Exception):
    """A state has no bucket, or the buckets do not sum to the listed: the report refuses rather than print a wrong figure."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `base`; `base_name` names the base beside every percentage that is printed."""

    count: int
    base: int
    base_name: str

    def percent(self, rounding: Rounding) -> Decimal | None:
        """Percentage with two decimals, None where the base is 0."""
        if self.base == 0:
            return None
        mode = ROUND_HALF_UP if rounding is Rounding.HALF_UP else ROUND_DOWN
        return (Decimal(self.count) * 100 / Decimal(self.base)).quantize(Decimal("0.01"), rounding=mode)


@dataclass(frozen=True, slots=True)
class CauseCount:
    code: str
    count: int


class _Figures:
    """What follows from the counts, of one list type or of all together."""

    __slots__ = ()
    listed: int
    buckets: Mapping[Bucket, int]

    @property
    def traced(self) -> int:
        return sum(self.buckets[bucket] for bucket in TRACED)

    @property
    def in_progress(self) -> int:
        return self.listed - self.traced

    def share(self, bucket: Bucket) -> Share:
        """Traced buckets are shares of the traced, the others of the listed."""
        return (
            Share(self.buckets[bucket], self.traced, "traced") if bucket in TRACED else Share(self.buckets[bucket], self.listed, "listed")
        )

    @property
    def traced_share(self) -> Share:
        return Share(self.traced, self.listed, "listed")

    @property
    def in_progress_share(self) -> Share:
        return Share(self.in_progress, self.listed, "listed")


@dataclass(frozen=True, slots=True)
class Ladder(_Figures):
    """The figures of one list type at one date. `causes` are the main causes of those not returned, most frequent first."""

    list_type: ListType
    listed: int
    buckets: Mapping[Bucket, int]
    causes: tuple[CauseCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Total(_Figures):
    """The figures of all list types together, at the same date."""

    listed: int
    buckets: Mapping[Bucket, int]
    causes: tuple[CauseCount, ...] = ()


def total_of(ladders: Iterable[Ladder]) -> Total:
    buckets: Counter[Bucket] = Counter(dict.fromkeys(Bucket, 0))
    causes: Counter[str] = Counter()
    listed = 0
    for ladder in ladders:
        listed += ladder.listed
        buckets.update(ladder.buckets)
        causes.update({cause.code: cause.count for cause in ladder.causes})
    return Total(listed, dict(buckets), _ranked(causes))


def build_ladder(
    list_type: ListType,
    states: Mapping[CaseState, int],
    causes: Mapping[str, int],
    buckets: Mapping[CaseState, Bucket] = DISTRICT_BUCKETS,
) -> Ladder:
    """Fold counts by state into the ladder. Raises LadderDoesNotAddUp where a state has no bucket."""
    counted: Counter[Bucket] = Counter(dict.fromkeys(Bucket, 0))
    for state, count in states.items():
        if state not in buckets:
            raise LadderDoesNotAddUp(state)
        counted[buckets[state]] += count
    ladder = Ladder(list_type, sum(states.values()), dict(counted), _ranked(causes))
    if ladder.listed != sum(ladder.buckets.values()):
        raise LadderDoesNotAddUp(list_type)
    return ladder


def _ranked(causes: Mapping[str, int]) -> tuple[CauseCount, ...]:
    """Most frequent first; equal counts by code, so that the same data always prints the same."""
    return tuple(CauseCount(code, count) for code, count in sorted(causes.items(), key=lambda item: (-item[1], item[0])))
