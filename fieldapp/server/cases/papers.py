"""Papers that came back signed, as the office sees them: of a case or of one record, each beside what its record says now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.care.paper import Paper, PaperOf
from fieldapp.records import tables
from fieldapp.records.papers import as_of, papers_of, papers_of_case
from fieldapp.records.reference import person_names
from fieldapp.reports.paper_versions import says_now

# Where the record that was signed is to be read.
_PAGES = {
    PaperOf.FORM: "/office/forms/filled/",
    PaperOf.LETTER: "/office/referrals/",
    PaperOf.SLIP: "/office/referrals/",
    PaperOf.CONSENT: "/office/cases/",
}


@dataclass(frozen=True, slots=True)
class PaperShown:
    """`outdated`: it was signed under something else than the record says now. `here`: its picture is. `page`: where its record is to be
    read. `sensitive`: what is on it is not for every role."""

    paper: Paper
    outdated: bool
    here: bool
    by_name: str
    page: str
    sensitive: bool


def of_case(connection: Connection, district_id: str, case_id: str) -> tuple[PaperShown, ...]:
    """In the order in which they came."""
    return _shown(connection, district_id, papers_of_case(connection, district_id, case_id))


def of_record(connection: Connection, district_id: str, of: str, *of_kinds: PaperOf) -> tuple[PaperShown, ...]:
    return _shown(connection, district_id, papers_of(connection, district_id, [of], of_kinds))


def _shown(connection: Connection, district_id: str, papers: Sequence[Paper]) -> tuple[PaperShown, ...]:
    if not papers:
        return ()
    photo = tables.photo
    query = select(photo.c.paper_id).where(photo.c.district_id == district_id, photo.c.paper_id.in_([paper.id for paper in papers]))
    here = set(connection.execute(query.where(photo.c.stored)).scalars())
    names = person_names(connection, district_id, {paper.by for paper in papers})
    now = {(paper.of_kind, paper.of): says_now(connection, district_id, paper.of_kind, paper.of) for paper in papers}
    found = []
    for paper in papers:
        says = now[paper.of_kind, paper.of]
        outdated = paper.outdated if says is None else says.superseded or as_of(paper, says.record.id, says.version).outdated
        page = _PAGES[paper.of_kind] + (paper.case_id if paper.of_kind is PaperOf.CONSENT else paper.of) if says else ""
        sensitive = paper.of_kind is not PaperOf.CONSENT
        found.append(PaperShown(paper, outdated, paper.id in here, names.get(paper.by, ""), page, sensitive))
    return tuple(found)
