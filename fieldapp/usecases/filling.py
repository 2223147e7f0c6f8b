"""Filling the district's forms: a draft that is saved at every answer and stays on its version, and its end as a fact for the district."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from fieldapp.domain.child import Child
from fieldapp.domain.form import Form, FormAbout
from fieldapp.domain.identifiers import CaseId, SubmissionId, new_id
from fieldapp.domain.payloads import ChildEdited, SubmissionRecorded
from fieldapp.domain.reference import Role
from fieldapp.domain.submission import Submission
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.errors import StoreError
from fieldapp.forms import Problem, Session
from fieldapp.forms.numbering import numbered
from fieldapp.forms.sensitive import is_sensitive
from fieldapp.records.forms import form_version, heads_in_use
from fieldapp.records.reference import school_names, setting
from fieldapp.store import form_drafts
from fieldapp.store.case_facts import case_and_child, is_here
from fieldapp.store.changes import Changes
from fieldapp.store.departures import refuse_if_departed
from fieldapp.store.engine import Store
from fieldapp.store.form_drafts import FormDraft
from fieldapp.store.recording import Act, record_in
from fieldapp.usecases.form_fields import card_values, harm_signs, proposed
from fieldapp.usecases.forms_read import read_form
from fieldapp.usecases.school_forms import may_fill, may_write_about

# The setting that says who sees sensitive questions: roles with commas between.
SENSITIVE = "sensitive"
_SEES_SENSITIVE = ",".join(role.value for role in Role if role is not Role.PARTNER)


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
        session = self._session(form, draft, None)
        return OpenForm(draft or self._draft(form, session, school_code=school_code), form, session, sees, name)

    def save(self, draft: FormDraft, xml: str, page: int) -> Changes:
        """Keep the answers as they now are. Cheap: it is called at every answer. Raises store.not_here for a case that has left."""
        kept = replace(draft, xml=xml, page=page, saved_at=self._now())
        self._store.insist(lambda connection: self._saved(connection, kept))
        return _changes(draft)

    def discard(self, draft: FormDraft) -> Changes:
        with self._store.writing() as connection:
            form_drafts.remove(connection, draft.id)
        return _changes(draft)

    def finish(self, draft_id: str, also: Iterable[str] = ()) -> Changes:
        """Turn the draft into a fact, and its answers about the card into an edit of it, in one transaction. `also` are cases of children
        of the same house, for which the same answers stand. Raises FormIncomplete, and then nothing has changed; store.not_here where
        there is no draft or a case has left."""
        changes = self._store.insist(lambda connection: self._finished(connection, draft_id, tuple(also)))
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
        roles = setting(connection, self._store.district_id, SENSITIVE).get("roles", _SEES_SENSITIVE)
        return self._store.identity.role.value in roles.split(",")

    def _saved(self, connection: Connection, draft: FormDraft) -> None:
        if draft.case_id and not is_here(connection, self._store.district_id, draft.case_id):
            raise StoreError("store.not_here")
        form_drafts.write(connection, draft)

    def _finished(self, connection: Connection, draft_id: str, also: tuple[str, ...]) -> Changes:
        store, now = self._store, self._now()
        draft = form_drafts.read(connection, draft_id)
        if draft is None:
            raise StoreError("store.not_here")
        form = _require(form_version(connection, store.district_id, draft.form_id, draft.form_version))
        session = Session.from_xml(read_form(form), draft.xml, clock=self._now, timezone=THAI_TIME)
        shown = self._sees_sensitive(connection)
        if problems := [one for one in session.validate() if shown or not is_sensitive(session.definition, one.where)]:
            raise FormIncomplete(problems)
        acts = (
            [self._about_school(form, draft, session)]
            if draft.school_code
            else self._about_children(connection, form, draft, session, also)
        )
        form_drafts.remove(connection, draft.id)
        return record_in(connection, store.identity, acts, now)

    def _about_school(self, form: Form, draft: FormDraft, session: Session) -> Act:
        submission = self._submission(form, draft.id, session.finalize(), harm_signs(session), school_code=draft.school_code)
        return Act(SubmissionRecorded(submission), submission.id)

    def _about_children(self, connection: Connection, form: Form, draft: FormDraft, session: Session, also: tuple[str, ...]) -> list[Act]:
        """One copy for each, and what it says of their cards."""
        xml = session.finalize()
        household = draft.id if form.about is FormAbout.HOUSEHOLD else None
        acts: list[Act] = []
        for number, case_id in ((draft.id, draft.case_id), *((new_id(), case_id) for case_id in also if case_id != draft.case_id)):
            case, child = case_and_child(connection, self._store.district_id, case_id)
            about = {"case_id": CaseId(case.id), "child_id": child.id, "household_id": household}
            submission = self._submission(form, number, xml, harm_signs(session), **about)
            acts.append(Act(SubmissionRecorded(submission), submission.id))
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


def _changes(draft: FormDraft) -> Changes:
    """The draft's number becomes the submission's."""
    return Changes(cases=frozenset({draft.case_id} - {""}), submissions=frozenset({draft.id}))


def _require(form: Form | None) -> Form:
    if form is None:
        raise StoreError("store.not_here")
    return form
