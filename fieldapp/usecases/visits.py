"""Recording a visit: a draft that is saved at every change, and its end as facts that go to the district."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from fieldapp.domain.care.consent import Consent
from fieldapp.domain.child import Child
from fieldapp.domain.compulsory_age import Eligibility, Rule, eligibility
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import PhotoAdded, VisitRecorded
from fieldapp.domain.reference import Cause
from fieldapp.domain.visit import Problem, Visit, problems
from fieldapp.errors import StoreError
from fieldapp.records.care import photos_refused
from fieldapp.records.of_case import visits_of_case
from fieldapp.records.reference import active_causes, age_rule
from fieldapp.store import drafts, photos, pictures_seen
from fieldapp.store.case_facts import case_and_child, is_here
from fieldapp.store.changes import Changes
from fieldapp.store.children import child_rows
from fieldapp.store.departures import refuse_if_departed
from fieldapp.store.drafts import DraftPhoto
from fieldapp.store.engine import Store
from fieldapp.store.listing import ChildRow
from fieldapp.store.recording import Act, record_in
from fieldapp.usecases.drafting import begun_visit, fresh_visit
from fieldapp.usecases.finishing import in_its_place, promises
from fieldapp.usecases.handed_over import HandedOver, handed_over


class VisitIncomplete(Exception):
    """What must still be mended before the visit can be finished; the draft is kept."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(f"{problem.field}:{problem.code}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Draft:
    """`previous` is the child's latest finished visit; `saved_at` is None until the first save. `handed_over`: the case went to someone
    else after this was begun. `photos_refused`: the word that says no to photos, if that is the latest."""

    visit: Visit
    row: ChildRow
    child: Child
    eligibility: Eligibility
    photos: tuple[DraftPhoto, ...]
    previous: Visit | None
    saved_at: dt.datetime | None
    handed_over: HandedOver | None = None
    photos_refused: Consent | None = None


class Visits:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def draft(self, case_id: str) -> Draft:
        """The visit that was begun for this case, or a new one, which is stored at its first save. Until `put_down` the case stays here
        even if a sync learns that it has left. Raises store.not_here; store.handed_over or store.merged where nothing is begun and nothing
        new may be."""
        district_id = self._store.district_id
        self._store.in_hand |= {case_id}
        try:
            return self._draft(district_id, case_id)
        except StoreError:
            self.put_down(case_id)
            raise

    def pick_up(self, case_id: str) -> tuple[DraftPhoto, ...]:
        """Its page, which was closed, is open again. Returns the photos of its draft: some may have been taken in elsewhere. Raises
        store.not_here where the case left meanwhile."""
        self._store.in_hand |= {case_id}
        with self._store.reading() as connection:
            if not is_here(connection, self._store.district_id, case_id):
                self.put_down(case_id)
                raise StoreError("store.not_here")
            begun = begun_visit(connection, case_id)
            return drafts.photos_of(connection, begun.id) if begun else ()

    def put_down(self, case_id: str) -> None:
        """Its page is closed."""
        self._store.in_hand -= {case_id}

    def _draft(self, district_id: str, case_id: str) -> Draft:
        with self._store.reading() as connection:
            case, child = case_and_child(connection, district_id, case_id)
            begun = drafts.read_draft(connection, case_id)
            if begun is None:
                refuse_if_departed(connection, district_id, case_id)
            visit = begun[0] if begun else fresh_visit(self._store.identity, new_id(), case_id, case.child_id, self._now())
            return Draft(
                visit=visit,
                row=child_rows(connection, district_id, [case_id])[0],
                child=child,
                eligibility=_eligibility(child, visit, age_rule(connection, district_id)),
                photos=drafts.photos_of(connection, visit.id),
                previous=_latest(visits_of_case(connection, district_id, case_id)),
                saved_at=begun[1] if begun else None,
                handed_over=handed_over(connection, district_id, case),
                photos_refused=photos_refused(connection, district_id, case_id),
            )

    def handed_over(self, case_id: str) -> HandedOver | None:
        """Whether the case of an open page is someone else's by now."""
        district_id = self._store.district_id
        with self._store.reading() as connection:
            return handed_over(connection, district_id, case_and_child(connection, district_id, case_id)[0])

    def save(self, visit: Visit) -> Changes:
        """Keep the draft as it now is. Cheap: it is called at every change. Raises store.not_here for a case that has left."""
        self._store.insist(lambda connection: self._saved(connection, visit))
        return Changes(cases=frozenset({visit.case_id}))

    def discard(self, case_id: str) -> Changes:
        with self._store.writing() as connection:
            visit = begun_visit(connection, case_id)
            pictures = drafts.photos_of(connection, visit.id) if visit else ()
            drafts.delete_draft(connection, case_id)
            pictures_seen.forget_photos(connection, [one.photo.id for one in pictures])
        self.put_down(case_id)
        photos.drop_unused(self._store, [one.photo.sha256 for one in pictures])
        return Changes(cases=frozenset({case_id}))

    def finish(self, case_id: str) -> Changes:
        """Turn the draft into facts, in one transaction: the visit, its photos, and the follow-up where a next date was set. Raises
        VisitIncomplete, and then nothing has changed; store.not_here where there is no draft or the case has left."""
        changes, left_over = self._store.insist(lambda connection: self._finished(connection, case_id, self._now()))
        photos.drop_unused(self._store, left_over)
        self.put_down(case_id)
        self._store.announce(changes)
        return changes

    def causes(self) -> tuple[Cause, ...]:
        """Those that the district uses now, in its order."""
        with self._store.reading() as connection:
            return active_causes(connection, self._store.district_id)

    def drafts(self) -> tuple[str, ...]:
        """Cases with a visit that is begun and not finished, the last saved first."""
        with self._store.reading() as connection:
            return drafts.drafted_cases(connection)

    def _saved(self, connection: Connection, visit: Visit) -> None:
        # A draft whose case is gone could be neither shown nor finished.
        if not is_here(connection, self._store.district_id, visit.case_id):
            raise StoreError("store.not_here")
        drafts.write_draft(connection, visit, self._now())

    def _finished(self, connection: Connection, case_id: str, now: dt.datetime) -> tuple[Changes, frozenset[str]]:
        """What changed, and pictures that may be used no more."""
        draft = begun_visit(connection, case_id)
        if draft is None:
            raise StoreError("store.not_here")
        _, child = case_and_child(connection, self._store.district_id, case_id)
        status = _eligibility(child, draft, age_rule(connection, self._store.district_id)).status
        visit = replace(draft, by=self._store.person_id, age_status=status)
        if missing := problems(visit, now.date()):
            raise VisitIncomplete(missing)
        place = in_its_place(connection, self._store.district_id, visit, [one.photo for one in drafts.photos_of(connection, visit.id)])
        acts = [Act(VisitRecorded(place.visit), place.visit.id), *(Act(PhotoAdded(photo), photo.id) for photo in place.photos)]
        acts += promises(connection, self._store.identity, place, now.date())
        changes = record_in(connection, self._store.identity, acts, now)
        drafts.delete_draft(connection, case_id)
        return changes, place.left_over


def _eligibility(child: Child, visit: Visit, rule: Rule) -> Eligibility:
    return eligibility(child.birth, visit.visited_on, finished_grade_9=child.finished_grade_9, rule=rule)


def _latest(visits: tuple[Visit, ...]) -> Visit | None:
    superseded = {visit.supersedes for visit in visits}
    return next((visit for visit in reversed(visits) if visit.id not in superseded), None)
