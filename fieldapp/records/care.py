"""The care of cases as it lies in a database: facts with their steps. For the laptop's card, the office's pages and reports alike."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, select

from fieldapp.domain.care.consent import Consent, ConsentPurpose, ConsentState, latest_word, may_show_photos
from fieldapp.domain.care.facts import CareState, CareStep, MainFact, standing
from fieldapp.domain.care.goal import Goal
from fieldapp.domain.care.paper import Paper
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.care.risk import Risk
from fieldapp.domain.care.support import Support
from fieldapp.domain.care.transfer import Transfer
from fieldapp.records import rows
from fieldapp.records.chunks import chunks

M = TypeVar("M", bound=MainFact)


@dataclass(frozen=True, slots=True)
class Stood:
    """A fact with its steps, oldest first, and where it stands by them."""

    fact: MainFact
    steps: tuple[CareStep, ...]
    state: CareState


@dataclass(frozen=True, slots=True)
class Care:
    """Of one or more cases, each kind newest first, without what a later fact supersedes."""

    facts: tuple[Stood, ...]

    def of(self, cls: type[M]) -> tuple[tuple[M, Stood], ...]:
        """Those of one kind, each with where it stands."""
        return tuple((one.fact, one) for one in self.facts if isinstance(one.fact, cls))


def care_of(
    connection: Connection,
    district_id: str,
    case_ids: Collection[str],
    kinds: tuple[type[MainFact], ...] = (Risk, Support, Goal, Referral, Consent, Transfer, Paper),
) -> Care:
    """A query for each kind and one for the steps a chunk, however many cases."""
    facts: list[MainFact] = []
    steps: dict[str, list[CareStep]] = {}
    for ids in chunks(sorted(case_ids)):
        for cls in kinds:
            facts += _read(connection, district_id, cls, ids)
        for step in _read(connection, district_id, CareStep, ids):
            steps.setdefault(step.of, []).append(step)
    superseded = {getattr(fact, "supersedes", None) for fact in facts}
    stood = [_stood(fact, steps.get(fact.id, ())) for fact in facts if fact.id not in superseded]
    return Care(tuple(sorted(stood, key=lambda one: (one.fact.on, one.fact.id), reverse=True)))


def photos_refused(connection: Connection, district_id: str, case_id: str) -> Consent | None:
    """The word by which photos were refused, or a consent that was withdrawn since; None where the latest word is a yes, or nobody was
    asked."""
    care = care_of(connection, district_id, [case_id], (Consent,))
    word = latest_word(((consent, ConsentState(stood.state)) for consent, stood in care.of(Consent)), ConsentPurpose.PHOTOS)
    return word[0] if word and word[1] is not ConsentState.GIVEN else None


def photos_may_be_shown(connection: Connection, district_id: str, case_id: str) -> bool:
    """Whether somebody consented for the child of this case (`may_show_photos`)."""
    care = care_of(connection, district_id, [case_id], (Consent,))
    return may_show_photos((consent, ConsentState(stood.state)) for consent, stood in care.of(Consent))


def _read(connection: Connection, district_id: str, cls: type[rows.F], case_ids: Sequence[str]) -> list[rows.F]:
    table = rows.table_of_care(cls)
    query = select(table).where(table.c.district_id == district_id, table.c.case_id.in_(case_ids)).order_by(table.c.on_date, table.c.id)
    return [rows.care_from(cls, row) for row in connection.execute(query).mappings()]


def _stood(fact: MainFact, steps: Iterable[CareStep]) -> Stood:
    own = tuple(steps)
    return Stood(fact, own, standing(fact, own))
