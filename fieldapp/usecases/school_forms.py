"""The forms that are filled about a school: for which schools, which forms, and how each stands.

A teacher and a head write about their own school, the district's people about any. A form that says `app:by="district"` is theirs alone.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.form import Form, FormAbout
from fieldapp.domain.reference import Role
from fieldapp.records.copies import copies_of_school
from fieldapp.records.forms import FormHead, form_version, head_of_version, heads_in_use
from fieldapp.records.reference import active_school_names, school_names
from fieldapp.store import form_drafts
from fieldapp.store.engine import Store
from fieldapp.store.form_drafts import FormDraft
from fieldapp.store.identity import Identity
from fieldapp.usecases.form_lines import FormLine, lines_of
from fieldapp.usecases.forms_read import read_form

_OF_SCHOOLS = frozenset({Role.TEACHER, Role.SCHOOL_HEAD})
_BY, _DISTRICT = "app:by", "district"


@dataclass(frozen=True, slots=True)
class BegunAboutSchool:
    """A draft of this computer."""

    form_id: str
    title: str
    school_code: str
    school_name: str
    saved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class SchoolView:
    """`schools` (code -> name) are those to choose from, by name: empty where there is no choice. `school_code` is '' while none is chosen;
    `elsewhere` are drafts about other schools, the last saved first."""

    schools: dict[str, str]
    school_code: str
    school_name: str
    forms: tuple[FormLine, ...]
    elsewhere: tuple[BegunAboutSchool, ...]


class SchoolForms:
    def __init__(self, store: Store) -> None:
        self._store = store

    def view(self, school_code: str = "") -> SchoolView:
        """As it stands with this school. A school that is not this person's to write about is not shown: theirs is."""
        identity = self._store.identity
        district_id = identity.district_id
        with self._store.reading() as connection:
            schools = active_school_names(connection, district_id) if identity.of_district else {}
            begun = form_drafts.begun_about_schools(connection)
            code = school_code if identity.of_district else own_school(identity)
            names = school_names(connection, district_id, [code, *(draft.school_code for draft in begun)])
            return SchoolView(
                schools,
                code if code in names else "",
                names.get(code, ""),
                self._forms(connection, code) if code in names else (),
                tuple(self._begun(connection, draft, names) for draft in begun if draft.school_code != code),
            )

    def _forms(self, connection: Connection, school_code: str) -> tuple[FormLine, ...]:
        identity = self._store.identity
        district_id = identity.district_id
        heads = [head for head in heads_in_use(connection, district_id) if head.about is FormAbout.SCHOOL and self._mine(connection, head)]
        filled = copies_of_school(connection, district_id, school_code)
        return lines_of(connection, district_id, heads, form_drafts.begun(connection, "", school_code), filled)

    def _mine(self, connection: Connection, head: FormHead) -> bool:
        form = form_version(connection, self._store.district_id, head.form_id, head.form_version)
        return form is not None and may_fill(self._store.identity, form)

    def _begun(self, connection: Connection, draft: FormDraft, names: dict[str, str]) -> BegunAboutSchool:
        head = head_of_version(connection, self._store.district_id, draft.form_id, draft.form_version)
        title, school = head.title if head else draft.form_id, names.get(draft.school_code, draft.school_code)
        return BegunAboutSchool(draft.form_id, title, draft.school_code, school, draft.saved_at)


def own_school(identity: Identity) -> str:
    """The school about which this person writes as one of it, '' for none."""
    return identity.school_code if identity.role in _OF_SCHOOLS else ""


def may_write_about(identity: Identity, school_code: str) -> bool:
    return bool(school_code) and (identity.of_district or school_code == own_school(identity))


def may_fill(identity: Identity, form: Form) -> bool:
    """Whether a new copy about a school is theirs to fill."""
    root = read_form(form).top.children[0]
    return identity.of_district or (root.attributes or {}).get(_BY) != _DISTRICT
