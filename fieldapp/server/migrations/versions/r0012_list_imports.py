"""Staged imports of received lists: the files under way, more of what is known of a row, and who looked at it. Lists that were taken before
become imports of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0012_list_imports"
down_revision = "0011_the_year"
branch_labels = None
depends_on = None

_TEXTS = ("weight", "codes", "standing", "number", "name_key", "reason")


def upgrade() -> None:
    op.create_table(
        "list_import",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("list_type", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("samples", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("job_order", sa.JSON(), nullable=False),
        sa.Column("job_stage", sa.Text(), nullable=False),
        sa.Column("job_done", sa.Integer(), nullable=False),
        sa.Column("job_total", sa.Integer(), nullable=False),
        sa.Column("job_failure", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("list_import_by_source", "list_import", ["district_id", "source_sha256"])
    op.create_table(
        "list_row_note",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("list_id", sa.Text(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "list_id", "row_number", "id"),
    )
    for name in _TEXTS:
        op.add_column("list_row", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("typed", "edits", "differences", "child"):
        op.add_column("list_row", sa.Column(name, sa.JSON(), nullable=True))
    op.add_column("list_row", sa.Column("child_id", sa.Text(), nullable=True))
    op.add_column("list_row", sa.Column("likely_id", sa.Text(), nullable=True))
    op.create_index("list_row_by_child", "list_row", ["district_id", "list_id", "child_id"])
    op.create_index("list_row_by_name", "list_row", ["district_id", "list_id", "name_key"])
    op.execute(
        """
        INSERT INTO list_import (district_id, id, state, list_type, round, as_of, source_name, source_sha256, sheet, labels, samples,
            mapping, created_at, created_by, job, job_order, job_stage, job_done, job_total, job_failure)
        SELECT district_id, id, 'taken', list_type, round, as_of, source_name, source_sha256, '', '[]', '[]', '{}', imported_at, '',
            '', '{}', '', 0, 0, '{}' FROM received_list
        """
    )
    op.execute(
        """
        UPDATE list_row SET child_id = c.child_id FROM case_ c
        WHERE c.district_id = list_row.district_id AND c.id = list_row.case_id
        """
    )
