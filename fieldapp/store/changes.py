"""What a write touched, so that each open screen can ask whether it must refresh. Ids only; it knows no screen and no table."""

from dataclasses import dataclass

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the records that changed. `outbox`: what waits to be sent changed; `reference`: people, schools, causes, settings or lists;
    `papers`: sheets that wait to be sorted, or what was printed to be signed; `all`: more than can be named, read everything again."""

    cases: frozenset[str] = NONE
    children: frozenset[str] = NONE
    visits: frozenset[str] = NONE
    photos: frozenset[str] = NONE
    follow_ups: frozenset[str] = NONE
    submissions: frozenset[str] = NONE
    care: frozenset[str] = NONE
    outbox: bool = False
    reference: bool = False
    papers: bool = False
    all: bool = False

    def touches_case(self, case_id: str) -> bool:
        return self.all or case_id in self.cases

    def __bool__(self) -> bool:
        named = (self.cases, self.children, self.visits, self.photos, self.follow_ups, self.submissions, self.care)
        return self.all or self.outbox or self.reference or self.papers or any(named)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            cases=self.cases | other.cases,
            children=self.children | other.children,
            visits=self.visits | other.visits,
            photos=self.photos | other.photos,
            follow_ups=self.follow_ups | other.follow_ups,
            submissions=self.submissions | other.submissions,
            care=self.care | other.care,
            outbox=self.outbox or other.outbox,
            reference=self.reference or other.reference,
            papers=self.papers or other.papers,
            all=self.all or other.all,
        )
