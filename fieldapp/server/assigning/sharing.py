"""From a choice to a plan: all to one, each village to its own, or shared out among those of a team who carry."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fieldapp.server.assigning.chosen import Chosen, Village, by_village
from fieldapp.server.assigning.plans import NOBODY_PROPOSED, Move, move_of
from fieldapp.server.assigning.targets import PERSON, SCHOOL, TEAM, Carrier, Targets

Found = tuple[str, Move | str]


def to_one(cases: Iterable[Chosen], targets: Targets, code: str, due_on: dt.date | None, today: dt.date) -> Iterator[Found]:
    """All to a person, a school or a team. Raises Refused wrong_value for a target that cannot be chosen."""
    kind, key = targets.chosen(code)
    if kind == TEAM:
        yield from _among(list(cases), targets.carriers_of(targets.teams[key], today), due_on)
        return
    for case in cases:
        yield case.case_id, _move(case, targets, kind, key, due_on)


def by_villages(cases: Iterable[Chosen], targets: Targets, codes: Mapping[Village, str], due_on: dt.date | None) -> Iterator[Found]:
    """Each village to the person or school chosen for it; the others stay as they are."""
    chosen = {village: targets.chosen(code) for village, code in codes.items() if code}
    for case in cases:
        to = chosen.get(case.village)
        yield case.case_id, _move(case, targets, *to, due_on) if to else NOBODY_PROPOSED


def _among(cases: Sequence[Chosen], carriers: Sequence[Carrier], due_on: dt.date | None) -> Iterator[Found]:
    """Villages stay whole, so that nobody goes where another one of the team goes as well; who carries least is next."""
    load = {carrier.id: carrier.open for carrier in carriers}
    by_id = {carrier.id: carrier for carrier in carriers}
    for in_village in by_village(cases).values():
        least = min(load, key=lambda person_id: (load[person_id], by_id[person_id].name))
        for case in in_village:
            load[least] += 1
            yield case.case_id, move_of(case, least, by_id[least].school_code or None, due_on)


def _move(case: Chosen, targets: Targets, kind: str, key: str, due_on: dt.date | None) -> Move | str:
    if kind == PERSON:
        return move_of(case, key, targets.carriers[key].school_code or None, due_on)
    assert kind == SCHOOL, kind
    return move_of(case, None, key, due_on)
