"""Use cases over plain Python lists, for pictures and for screens whose subject is not what the store answers."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.reference import Cause
from fieldapp.domain.visit import Position, Visit, problems
from fieldapp.help_lines import usual_lines
from fieldapp.usecases.caring import CaseCare
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import Card, ChildRow, ListCounts, ListFilter, VillageCount
from fieldapp.usecases.photos import DraftPhoto
from fieldapp.usecases.referrals_read import CaseReferrals
from fieldapp.usecases.visits import Draft, VisitIncomplete
from tests.support import views

NOW = dt.datetime(2026, 11, 22, 10, 31, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@dataclass
class StubChildren:
    rows: Sequence[ChildRow] = ()
    cards: dict[str, Card] = field(default_factory=dict)
    edits: list[tuple[str, int, Mapping[str, Any]]] = field(default_factory=list)
    error: Exception | None = None

    def _found(self, wanted: ListFilter) -> list[ChildRow]:
        if self.error:
            raise self.error
        return [
            row
            for row in self.rows
            if wanted.text in f"{row.given_name} {row.family_name}"
            and wanted.state in (None, row.state)
            and wanted.list_type in (None, row.list_type)
            and wanted.village in (None, (row.tambon_code, row.moo))
            and not (wanted.overdue and not (row.due_on and row.due_on < views.TODAY))
        ]

    def count(self, wanted: ListFilter) -> int:
        return len(self._found(wanted))

    def page(self, wanted: ListFilter, offset: int, limit: int) -> tuple[ChildRow, ...]:
        return tuple(self._found(wanted)[offset : offset + limit])

    def position(self, wanted: ListFilter, case_id: str) -> int | None:
        return next((place for place, row in enumerate(self._found(wanted)) if row.case_id == case_id), None)

    def counts(self) -> ListCounts:
        villages = Counter((row.tambon_code, row.moo, row.village) for row in self.rows)
        return ListCounts(
            total=len(self.rows),
            by_state=Counter(row.state for row in self.rows),
            by_list_type=Counter(row.list_type for row in self.rows),
            overdue=sum(bool(row.due_on and row.due_on < views.TODAY) for row in self.rows),
            villages=tuple(VillageCount(*key, count) for key, count in villages.items()),
            schools=(("46030001", "โรงเรียนบ้านนาคู", len(self.rows)),),
        )

    def card(self, case_id: str) -> Card:
        if case_id in self.cards:
            return self.cards[case_id]
        return views.card(next(row for row in self.rows if row.case_id == case_id))

    def edit(self, child_id: str, base_version: int, values: Mapping[str, Any]) -> Changes:
        self.edits.append((child_id, base_version, values))
        return Changes(children=frozenset({child_id}), outbox=True)


@dataclass
class StubVisits:
    """Keeps one draft. `fails` is raised by the next saves."""

    kept: Draft = field(default_factory=views.draft)
    saves: list[Visit] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    fails: Exception | None = None

    def draft(self, case_id: str) -> Draft:
        return self.kept

    def save(self, visit: Visit) -> Changes:
        if self.fails:
            raise self.fails
        self.saves.append(visit)
        self.kept = replace(self.kept, visit=visit, saved_at=NOW)
        return Changes(visits=frozenset({visit.id}))

    def discard(self, case_id: str) -> Changes:
        self.kept = views.draft()
        return Changes(cases=frozenset({case_id}))

    def handed_over(self, case_id: str) -> None:
        """Never."""

    def pick_up(self, case_id: str) -> tuple[DraftPhoto, ...]:
        """Nothing leaves here, and nothing comes from elsewhere."""
        return self.kept.photos

    def put_down(self, case_id: str) -> None:
        """Nothing leaves here."""

    def finish(self, case_id: str) -> Changes:
        found = problems(self.kept.visit, views.TODAY)
        if found:
            raise VisitIncomplete(found)
        self.finished.append(case_id)
        return Changes(cases=frozenset({case_id}), outbox=True)

    def causes(self) -> tuple[Cause, ...]:
        named = (
            "ผู้ปกครองมีรายได้น้อย", "ย้ายถิ่นบ่อย รับจ้างทั่วไป", "ไม่มีแรงจูงใจ ไม่อยากเรียน", "สร้างครอบครัว", "สุขภาพ",
            "ความพิการ", "การเดินทาง", "ปัญหาครอบครัว", "อื่น ๆ",
        )  # fmt: skip
        return tuple(Cause(f"cause-{place}", name, position=place) for place, name in enumerate(named, start=1))

    def drafts(self) -> tuple[str, ...]:
        return ()


@dataclass
class StubPhotos:
    """Pictures by hash; `refuses` is raised by the next `add`."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    added: list[Path | bytes] = field(default_factory=list)
    kinds: dict[str, PhotoKind] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    offers: Position | None = None
    refuses: Exception | None = None

    def add(self, visit_id: str, case_id: str, source: Path | bytes, kind: PhotoKind, taken_at: dt.datetime | None = None) -> DraftPhoto:
        if self.refuses:
            raise self.refuses
        self.added.append(source)
        made = views.photo(f"photo-{len(self.added)}", visit_id=visit_id, case_id=case_id, kind=kind)
        self.pictures[made.sha256] = source if isinstance(source, bytes) else source.read_bytes()
        return DraftPhoto(made, self.offers)

    def remove(self, photo_id: str) -> None:
        self.removed.append(photo_id)

    def set_kind(self, photo_id: str, kind: PhotoKind) -> None:
        self.kinds[photo_id] = kind

    def original_ending(self, sha256: str) -> str | None:
        return None

    def thumbnail(self, sha256: str) -> bytes | None:
        return self.pictures.get(sha256)

    def picture(self, sha256: str) -> bytes | None:
        return self.pictures.get(sha256)


@dataclass
class StubFollowUps:
    planned: list[tuple[str, dt.date, str]] = field(default_factory=list)
    closed: list[tuple[str, FollowUpState]] = field(default_factory=list)

    def plan(self, case_id: str, due_on: dt.date, note: str) -> Changes:
        self.planned.append((case_id, due_on, note))
        return Changes(cases=frozenset({case_id}), outbox=True)

    def close(self, follow_up_id: str, state: FollowUpState) -> Changes:
        self.closed.append((follow_up_id, state))
        return Changes(follow_ups=frozenset({follow_up_id}), outbox=True)


@dataclass
class StubReferring:
    """Nobody was referred to anybody."""

    def of_case(self, case_id: str) -> CaseReferrals:
        return CaseReferrals(case_id, (), (), (), {}, None, sees_sensitive=False, editable=False)


class StubCaring:
    """Nothing was done for anybody."""

    def of_case(self, case_id: str) -> CaseCare:
        return CaseCare(case_id, 0, None, (), (), (), (), (), 0, 0, (), hides_risks=False, editable=False)


def stub_client(rows: Sequence[ChildRow] = ()) -> Any:
    """What a screen needs of a client."""
    beside = {
        "visits": StubVisits(),
        "photos": StubPhotos(),
        "follow_ups": StubFollowUps(),
        "referring": StubReferring(),
        "caring": StubCaring(),
        "preferences": SimpleNamespace(camera=lambda: ""),
        "help_lines": SimpleNamespace(known=usual_lines()),
    }
    return SimpleNamespace(children=StubChildren(rows), **beside)
