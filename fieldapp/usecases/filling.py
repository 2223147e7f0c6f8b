"""Filling the district's forms: a draft that is saved at every answer and stays on its version, and its end as a fact for the district."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from fieldapp.domain.child import Child
from fieldapp.domain.form import Form, FormAbout
from fieldapp.domain.identifiers import CaseId, PhotoId, SubmissionId, new_id
from fieldapp.domain.payloads import ChildEdited, PhotoAdded, SubmissionRecorded
from fieldapp.domain.photo import Photo, hashes_named_in, naming_only
from fieldapp.domain.submission import Submission
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.errors import StoreError
from fieldapp.forms import Problem, Session
from fieldapp.forms.numbering import numbered
from fieldapp.forms.sensitive import is_sensitive
from fieldapp.records.forms import form_version, heads_in_use
from fieldapp.records.reference import school_names, sees_sensitive
from fieldapp.store import drafts, form_drafts, photos
from fieldapp.store.case_facts import case_and_child, is_here
from fieldapp.store.changes import Changes
from fieldapp.store.departures import refuse_if_departed
from fieldapp.store.engine import Store
from fieldapp.store.form_drafts import FormDraft
from fieldapp.store.recording import Act, record_in
from fieldapp.usecases.form_fields import card_values, harm_signs, proposed, risks
from fieldapp.usecases.forms_read import read_form
from fieldapp.usecases.school_forms import may_fill, may_write_about


class FormIncomplete(Exception):
    """What must still be mended before the form can be finished; the draft is kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(f"{problem.where}:{problem.code}" for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A copy that is being filled. `session` belongs to whoever shows it; what it says is kept by `save`. `school_name` is ''
    where it is not about a school."""

    draft: FormDraft
    form: Form
    session: Session
    shows_sensitive: bool
    school_name: str = ""


class Filling:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def open(self, form_id: str, case_id: str) -> OpenForm:
        """The copy that was begun about this child, on the version on which it was begun; or a new one, which is stored at its first
        save. Raises store.not_here; store.handed_over or store.merged where nothing is begun and nothing new may be."""
        with self._store.reading() as connection:
            _case, child = case_and_child(connection, self._store.district_id, case_id)
            draft = form_drafts.find(connection, form_id, case_id, "")
            if draft is None:
                refuse_if_departed(connection, self._store.district_id, case_id)
            form = self._form(connection, form_id, draft)
            sees = self._sees_sensitive(connection)
        draft = self._agreeing(draft) if draft else None
        session = self._session(form, draft, child)
        return OpenForm(draft or self._draft(form, session, case_id=case_id), form, session, sees)

    def open_about_school(self, form_id: str, school_code: str) -> OpenForm:
        """The same about a school. Raises store.not_here where this form or this school is not this person's."""
        identity = self._store.identity
        with self._store.reading() as connection:
            draft = form_drafts.find(connection, form_id, "", school_code)
            form = self._form(connection, form_id, draft)
            name = school_names(connection, identity.district_id, [school_code]).get(school_code, "")
            sees = self._sees_sensitive(connection)
        about_school = form.about is FormAbout.SCHOOL and bool(name)
        if draft is None and not (about_school and may_write_about(identity, school_code) and may_fill(identity, form)):
            raise StoreError("store.not_here")
        draft = self._agreeing(draft) if draft else None
        session = self._session(form, draft, None)
        return OpenForm(draft or self._draft(form, session, school_code=school_code), form, session, sees, name)

    def save(self, draft: FormDraft, xml: str, page: int) -> Changes:
        """Keep the answers as they now are. Cheap: it is called at every answer. Raises store.not_here for a case that has left."""
        kept = replace(draft, xml=xml, page=page, saved_at=self._now())
        photos.drop_unused(self._store, self._store.insist(lambda connection: self._saved(connection, kept)))
        return _changes(draft)

    def discard(self, draft: FormDraft) -> Changes:
        with self._store.writing() as connection:
            pictures = drafts.remove_photos_of_form(connection, draft.id)
            form_drafts.remove(connection, draft.id)
        photos.drop_unused(self._store, pictures)
        return _changes(draft)

    def finish(self, draft_id: str, also: Iterable[str] = ()) -> Changes:
        """Turn the draft into a fact, with its pictures, and its answers about the card into an edit of it, in one transaction. `also` are
        cases of children of the same house, for which the same answers stand. Raises FormIncomplete, and then nothing has changed;
        store.not_here where there is no draft or a case has left."""
        changes, left_over = self._store.insist(lambda connection: self._finished(connection, draft_id, tuple(also)))
        photos.drop_unused(self._store, left_over)
        self._store.announce(changes)
        return changes

    def _form(self, connection: Connection, form_id: str, draft: FormDraft | None) -> Form:
        """That on which the draft was begun, or on which new copies are begun."""
        district_id = self._store.district_id
        if draft is not None:
            return _require(form_version(connection, district_id, draft.form_id, draft.form_version))
        head = next((one for one in heads_in_use(connection, district_id) if one.form_id == form_id), None)
        return _require(form_version(connection, district_id, form_id, head.form_version) if head else None)

    def _draft(self, form: Form, session: Session, case_id: str = "", school_code: str = "") -> FormDraft:
        return FormDraft(new_id(), form.form_id, form.form_version, case_id, school_code, session.to_xml(), 0, self._now())

    def _session(self, form: Form, draft: FormDraft | None, child: Child | None) -> Session:
        definition = read_form(form)
        if draft is not None:
            return Session.from_xml(definition, draft.xml, clock=self._now, timezone=THAI_TIME)
        session = Session(definition, clock=self._now, timezone=THAI_TIME, metadata={"username": self._store.identity.account})
        for path, value in (proposed(definition, child) if child else {}).items():
            session.set(path, value)
        return session

    def _sees_sensitive(self, connection: Connection) -> bool:
        """Whoever does not is not asked, and what they were not asked does not keep them from finishing."""
        return sees_sensitive(connection, self._store.district_id, self._store.identity.role)

    def _agreeing(self, draft: FormDraft) -> FormDraft:
        """Pictures and answers as one: what no answer names is there since the program was killed before it did; what is named and not
        there was in a file that was damaged, and must not count as answered."""
        with self._store.reading() as connection:
            pictures = frozenset(one.photo.sha256 for one in drafts.photos_of(connection, draft.id))
        if stray := pictures - hashes_named_in(draft.xml):
            with self._store.writing() as connection:
                drafts.remove_photos_of_form(connection, draft.id, stray)
            photos.drop_unused(self._store, stray)
        return replace(draft, xml=naming_only(draft.xml, pictures))

    def _saved(self, connection: Connection, draft: FormDraft) -> frozenset[str]:
        """Pictures that an answer named and none names any more go with it; their hashes."""
        if draft.case_id and not is_here(connection, self._store.district_id, draft.case_id):
            raise StoreError("store.not_here")
        gone: frozenset[str] = frozenset()
        if drafts.photos_of(connection, draft.id) and (before := form_drafts.read(connection, draft.id)):
            cleared = hashes_named_in(before.xml) - hashes_named_in(draft.xml)
            gone = drafts.remove_photos_of_form(connection, draft.id, cleared)
        form_drafts.write(connection, draft)
        return gone

    def _finished(self, connection: Connection, draft_id: str, also: tuple[str, ...]) -> tuple[Changes, frozenset[str]]:
        """What changed, and pictures that may be used no more."""
        store, now = self._store, self._now()
        draft = form_drafts.read(connection, draft_id)
        if draft is None:
            raise StoreError("store.not_here")
        form = _require(form_version(connection, store.district_id, draft.form_id, draft.form_version))
        session = Session.from_xml(read_form(form), draft.xml, clock=self._now, timezone=THAI_TIME)
        shown = self._sees_sensitive(connection)
        if problems := [one for one in session.validate() if shown or not is_sensitive(session.definition, one.where)]:
            raise FormIncomplete(problems)
        xml = session.finalize()
        named = hashes_named_in(xml)
        pictures = [one.photo for one in drafts.photos_of(connection, draft.id) if one.photo.sha256 in named]
        acts = (
            self._about_school(form, draft, session, xml, pictures)
            if draft.school_code
            else self._about_children(connection, form, draft, session, xml, pictures, also)
        )
        left_over = drafts.remove_photos_of_form(connection, draft.id) - named
        form_drafts.remove(connection, draft.id)
        return record_in(connection, store.identity, acts, now), left_over

    def _about_school(self, form: Form, draft: FormDraft, session: Session, xml: str, pictures: Sequence[Photo]) -> list[Act]:
        submission = self._submission(form, draft.id, xml, harm_signs(session), school_code=draft.school_code)
        return _with_pictures(submission, pictures)

    def _about_children(
        self,
        connection: Connection,
        form: Form,
        draft: FormDraft,
        session: Session,
        xml: str,
        pictures: Sequence[Photo],
        also: tuple[str, ...],
    ) -> list[Act]:
        """One copy for each, and what it says of their cards."""
        household = draft.id if form.about is FormAbout.HOUSEHOLD else None
        acts: list[Act] = []
        for number, case_id in ((draft.id, draft.case_id), *((new_id(), case_id) for case_id in also if case_id != draft.case_id)):
            case, child = case_and_child(connection, self._store.district_id, case_id)
            about = {"case_id": CaseId(case.id), "child_id": child.id, "household_id": household, "risks": risks(session)}
            submission = self._submission(form, number, xml, harm_signs(session), **about)
            acts += _with_pictures(submission, pictures)
            if values := card_values(session, child):
                seen = {name: event_id for name, event_id in child.field_events.items() if name in values}
                acts.append(Act(ChildEdited(values, seen), child.id, child.version))
        return acts

    def _submission(self, form: Form, number: str, xml: str, urgent: tuple[str, ...], **about: Any) -> Submission:
        return Submission(
            id=SubmissionId(number),
            form_id=form.form_id,
            form_version=form.form_version,
            filled_on=self._now().date(),
            by=self._store.identity.person_id,
            xml=numbered(xml, f"uuid:{number}"),
            urgent=urgent,
            **{"case_id": None, "child_id": None, **about},
        )


def _with_pictures(submission: Submission, pictures: Sequence[Photo]) -> list[Act]:
    """Each copy has photos of its own, of the same bytes."""
    acts = [Act(SubmissionRecorded(submission), submission.id)]
    for photo in pictures:
        photo_id = photo.id if submission.id == photo.submission_id else PhotoId(new_id())
        own = replace(photo, id=photo_id, submission_id=submission.id, case_id=submission.case_id)
        acts.append(Act(PhotoAdded(own), own.id))
    return acts


def _changes(draft: FormDraft) -> Changes:
    """The draft's number becomes the submission's."""
    return Changes(cases=frozenset({draft.case_id} - {""}), submissions=frozenset({draft.id}))


def _require(form: Form | None) -> Form:
    if form is None:
        raise StoreError("store.not_here")
    return form
