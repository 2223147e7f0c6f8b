"""Recording a visit: a draft that is saved at every change, and its end as facts that go to the district."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.domain.child import Child
from fieldapp.domain.compulsory_age import Eligibility
from fieldapp.domain.reference import Cause
from fieldapp.domain.visit import Problem, Visit
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.usecases.children import ChildRow
from fieldapp.usecases.photos import DraftPhoto


class VisitIncomplete(Exception):
    """What must still be mended before the visit can be finished; the draft is kept."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(f"{problem.field}:{problem.code}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Draft:
    """`previous` is the child's latest finished visit; `saved_at` is None until the first save."""

    visit: Visit
    row: ChildRow
    child: Child
    eligibility: Eligibility
    photos: tuple[DraftPhoto, ...]
    previous: Visit | None
    saved_at: dt.datetime | None


class Visits:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def draft(self, case_id: str) -> Draft:
        raise NotImplementedError

    def save(self, visit: Visit) -> Changes:
        raise NotImplementedError

    def discard(self, case_id: str) -> Changes:
        raise NotImplementedError

    def finish(self, case_id: str) -> Changes:
        raise NotImplementedError

    def causes(self) -> tuple[Cause, ...]:
        raise NotImplementedError

    def drafts(self) -> tuple[str, ...]:
        raise NotImplementedError
