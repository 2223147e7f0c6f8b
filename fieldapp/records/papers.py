"""Papers that came back, as they lie in a database. For the laptop's card and the office's pages alike."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, exists, select

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.paper import Paper, PaperOf, PaperState
from fieldapp.records import rows, tables

_paper, _step = tables.paper, tables.care_step
_misfiled = exists().where(
    _step.c.district_id == _paper.c.district_id,
    _step.c.of == _paper.c.id,
    _step.c.of_kind == CareKind.PAPER.value,
    _step.c.state == PaperState.MISFILED.value,
)


def papers_of(
    connection: Connection, district_id: str, of: Collection[str], of_kinds: Collection[PaperOf] = tuple(PaperOf)
) -> tuple[Paper, ...]:
    """Those that stand of any of these records, in the order in which they came."""
    query = select(_paper).where(_paper.c.district_id == district_id, _paper.c.of.in_(of), _paper.c.of_kind.in_(of_kinds), ~_misfiled)
    return tuple(rows.care_from(Paper, row) for row in connection.execute(query.order_by(_paper.c.on_date, _paper.c.id)).mappings())


def papers_of_case(connection: Connection, district_id: str, case_id: str) -> tuple[Paper, ...]:
    query = select(_paper).where(_paper.c.district_id == district_id, _paper.c.case_id == case_id, ~_misfiled)
    return tuple(rows.care_from(Paper, row) for row in connection.execute(query.order_by(_paper.c.on_date, _paper.c.id)).mappings())


def filed_picture(connection: Connection, district_id: str, sha256: str) -> Paper | None:
    """The paper that this very picture shows."""
    query = select(_paper).where(_paper.c.district_id == district_id, _paper.c.sha256 == sha256, ~_misfiled)
    row = connection.execute(query).mappings().first()
    return rows.care_from(Paper, row) if row else None


def as_of(paper: Paper, standing: str, version: str) -> Paper:
    """The paper beside its record as it is now: `standing` is the record that stands, `version` what it says."""
    return replace(paper, outdated=paper.outdated or paper.of != standing or bool(paper.version and paper.version != version))
