"""The forms that can be filled about a child or a school, and how each stands."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.form import FormAbout
from fieldapp.records.copies import Copies, copies_of_case
from fieldapp.records.forms import FormHead, head_of_version, heads_in_use
from fieldapp.store import form_drafts


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form that can be filled. `begun` while a draft lies here; `filled`: how many copies there are, the last of
    `filled_on`."""

    form_id: str
    title: str
    about: FormAbout
    begun: bool
    filled: int
    filled_on: dt.date | None


def form_lines(connection: Connection, district_id: str, case_id: str) -> tuple[FormLine, ...]:
    """In the district's order; behind them what was begun on a form that is used no more."""
    heads = [head for head in heads_in_use(connection, district_id) if head.about is not FormAbout.SCHOOL]
    begun = form_drafts.begun(connection, case_id, "")
    return lines_of(connection, district_id, heads, begun, copies_of_case(connection, district_id, case_id))


def lines_of(
    connection: Connection, district_id: str, heads: Sequence[FormHead], begun: Mapping[str, str], filled: Copies
) -> tuple[FormLine, ...]:
    """`begun`: form_id -> the version on which a draft was begun."""
    here = {head.form_id for head in heads}
    old = [head_of_version(connection, district_id, form_id, version) for form_id, version in begun.items() if form_id not in here]
    return tuple(_line(head, head.form_id in begun, filled.get(head.form_id, ())) for head in (*heads, *filter(None, old)))


def _line(head: FormHead, begun: bool, filled_on: tuple[dt.date, ...]) -> FormLine:
    return FormLine(head.form_id, head.title, head.about, begun, len(filled_on), max(filled_on, default=None))
