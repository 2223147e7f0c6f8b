"""All cases of a profile in memory, one slim entry each, in Thai order of names: what filters, sorts, counts and searches the list.

Twenty thousand entries take a few megabytes and are read in a moment; in exchange every filter, any offset and a substring search
cost a few milliseconds, which no index of SQLite gives. The lines that are shown are read from the file: see `store.children`.

A case that was handed over and is here only until something is sent can be found, by its name or in the whole list, but is no one's work
here any more: no count and no filter has it.
"""

import datetime as dt
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.store.changes import Changes
from fieldapp.store.collecting import collecting_paused
from fieldapp.store.departures import departed
from fieldapp.store.engine import Store
from fieldapp.store.listing import ListFilter, VillageCount
from fieldapp.store.roll_entries import Entry, read_entries, read_search_texts
from fieldapp.store.roll_order import order_of
from fieldapp.store.search import SearchText, words_of

# More changed cases than this are not worth reading one by one.
_FEW = 200
_KEPT_ANSWERS = 6


class Roll:
    """Of one store. Any thread may use it; changes that are announced by the store are taken in at the next question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._entries: list[Entry] = []
        self._departed: frozenset[str] = frozenset()
        self._texts: SearchText | None = None
        self._ordinals: dict[str, int] | None = None
        self._answers: OrderedDict[object, Sequence[int]] = OrderedDict()
        self._stale = True
        self._touched: set[str] = set()
        store.subscribe(self._take_notice)

    def matching(self, wanted: ListFilter, today: dt.date) -> Sequence[str]:
        """Ids of all matching cases in the order asked for."""
        with self._lock:
            entries = self._fresh()
            return _Ids(entries, self._matching(wanted, today))

    def position(self, wanted: ListFilter, today: dt.date, case_id: str) -> int | None:
        """The place of a case in the list asked for, None where it is not in it."""
        with self._lock:
            self._fresh()
            ordinal = self._ordinal_of().get(case_id)
            matching = self._matching(wanted, today)
            return matching.index(ordinal) if ordinal is not None and ordinal in matching else None

    def due(self, person_id: str, through: dt.date) -> list[Entry]:
        """The cases of a person that still owe an answer by that day."""
        iso = through.isoformat()
        with self._lock:
            return [
                entry
                for entry in self._mine()
                if entry.due_on and entry.due_on <= iso and entry.assignee_id == person_id and owes_answer(entry.state)
            ]

    def entries(self, case_ids: Iterable[str]) -> list[Entry]:
        """Those of the cases that are here."""
        with self._lock:
            entries, ordinals = self._fresh(), self._ordinal_of()
            return [entries[ordinals[case_id]] for case_id in case_ids if case_id in ordinals]

    def same_house(self, case_id: str) -> list[str]:
        """Cases of other children at the same address; none where the address is not known down to the house."""
        with self._lock:
            for one in self.entries([case_id]):
                if one.tambon_code and one.house_no:
                    return [entry.case_id for entry in self._entries if _lives_with(entry, one)]
        return []

    def total(self) -> int:
        with self._lock:
            return len(self._mine())

    def handed_over(self) -> int:
        """How many are here only until something of them is sent."""
        with self._lock:
            return len(self._fresh()) - len(self._mine())

    def counts(self, today: dt.date) -> tuple[Counter[CaseState], Counter[ListType], int]:
        """By state, by list, and how many are overdue."""
        with self._lock:
            entries = self._mine()
            iso = today.isoformat()
            overdue = sum(1 for entry in entries if entry.due_on and entry.due_on < iso and owes_answer(entry.state))
            return Counter(entry.state for entry in entries), Counter(entry.list_type for entry in entries), overdue

    def villages(self) -> tuple[VillageCount, ...]:
        """In the order of codes and numbers, each with the name that most of its children's cards give it."""
        with self._lock:
            spellings = Counter((entry.tambon_code, entry.moo, entry.village) for entry in self._mine())
        names: dict[tuple[str, str], Counter[str]] = {}
        for (tambon_code, moo, village), count in spellings.items():
            names.setdefault((tambon_code, moo), Counter())[village] = count
        found = []
        for (tambon_code, moo), spelled in names.items():
            named = Counter({name: count for name, count in spelled.items() if name})
            name = named.most_common(1)[0][0] if named else ""
            found.append(VillageCount(tambon_code, moo, name, spelled.total()))
        return tuple(sorted(found, key=lambda village: (village.tambon_code, len(village.moo), village.moo)))

    def by_school(self) -> Counter[str]:
        with self._lock:
            return Counter(entry.school_code for entry in self._mine() if entry.school_code)

    def _matching(self, wanted: ListFilter, today: dt.date) -> Sequence[int]:
        key = (wanted, today)
        found = self._answers.get(key)
        if found is None:
            found = self._select(wanted, today)
            self._answers[key] = found
            while len(self._answers) > _KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return found

    def _select(self, wanted: ListFilter, today: dt.date) -> Sequence[int]:
        ordinals: Iterable[int] = self._found(wanted.text)
        tests = list(_tests(wanted, today))
        if tests and self._departed:
            tests.insert(0, lambda entry: entry.case_id not in self._departed)
        for test in tests:
            entries = self._entries
            ordinals = [ordinal for ordinal in ordinals if test(entries[ordinal])]
        return order_of(self._entries, list(ordinals), wanted.sort, descending=wanted.descending)

    def _found(self, typed: str) -> Sequence[int]:
        words = words_of(typed)
        return self._search_text().find(words) if words else range(len(self._entries))

    def _take_notice(self, changes: Changes) -> None:
        with self._lock:
            if changes.all or changes.children:
                self._stale = True
            self._touched |= changes.cases

    def _mine(self) -> list[Entry]:
        """Without those that were handed over."""
        entries = self._fresh()
        return [entry for entry in entries if entry.case_id not in self._departed] if self._departed else entries

    def _fresh(self) -> list[Entry]:
        if not self._stale and self._touched:
            self._reread()
        if self._stale:
            self._read_all()
        return self._entries

    def _read_all(self) -> None:
        with self._store.reading() as connection, collecting_paused():
            self._entries = read_entries(connection)
            self._departed = departed(connection)
        self._forget()

    def _reread(self) -> None:
        """Cases changed, children did not: entries are exchanged where they stand. Cases that came or went mean reading all again."""
        if len(self._touched) > _FEW:
            self._stale = True
            return
        ordinals = self._ordinal_of()
        with self._store.reading() as connection:
            entries = read_entries(connection, self._touched)
            self._departed = departed(connection)
        if {entry.case_id for entry in entries} != self._touched or any(entry.case_id not in ordinals for entry in entries):
            self._stale = True
            return
        for entry in entries:
            self._entries[ordinals[entry.case_id]] = entry
        self._touched = set()
        self._answers.clear()

    def _forget(self) -> None:
        self._texts = self._ordinals = None
        self._answers.clear()
        self._touched = set()
        self._stale = False

    def _ordinal_of(self) -> dict[str, int]:
        if self._ordinals is None:
            self._ordinals = {entry.case_id: ordinal for ordinal, entry in enumerate(self._entries)}
        return self._ordinals

    def _search_text(self) -> SearchText:
        if self._texts is None:
            with self._store.reading() as connection:
                text_of = read_search_texts(connection)
            # A child that came with a sync after the entries were read is not among them; the next question reads both anew.
            self._texts = SearchText([text_of.get(entry.child_id, "") for entry in self._entries])
        return self._texts


class _Ids(Sequence[str]):
    """Case ids of ordinals, made when looked at: a list shows fifty of a hundred thousand."""

    def __init__(self, entries: Sequence[Entry], ordinals: Sequence[int]) -> None:
        self._entries = entries
        self._ordinals = ordinals

    def __len__(self) -> int:
        return len(self._ordinals)

    def __getitem__(self, wanted: Any) -> Any:
        if isinstance(wanted, slice):
            return [self._entries[ordinal].case_id for ordinal in self._ordinals[wanted]]
        return self._entries[self._ordinals[wanted]].case_id


def _lives_with(entry: Entry, other: Entry) -> bool:
    return (
        entry.house_no == other.house_no
        and entry.tambon_code == other.tambon_code
        and entry.moo == other.moo
        and entry.child_id != other.child_id
    )


def _tests(wanted: ListFilter, today: dt.date) -> Iterable[Callable[[Entry], bool]]:
    if wanted.state is not None:
        yield lambda entry: entry.state is wanted.state
    if wanted.list_type is not None:
        yield lambda entry: entry.list_type is wanted.list_type
    if wanted.village is not None:
        tambon_code, moo = wanted.village
        yield lambda entry: entry.tambon_code == tambon_code and entry.moo == moo
    if wanted.school_code is not None:
        yield lambda entry: entry.school_code == wanted.school_code
    if wanted.overdue:
        iso = today.isoformat()
        yield lambda entry: bool(entry.due_on) and entry.due_on < iso and owes_answer(entry.state)
