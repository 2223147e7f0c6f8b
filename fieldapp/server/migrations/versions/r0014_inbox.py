"""What an entry of the inbox is about, and with which other one it goes along; what was said of likely duplicates."""

import sqlalchemy as sa
from alembic import op

revision = "0014_inbox"
down_revision = "0013_teams"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("record_id", sa.Text()))
    op.add_column("inbox", sa.Column("belongs_to", sa.Text()))
    op.create_index("inbox_by_record", "inbox", ["district_id", "record_id"])
    op.create_index("inbox_by_case", "inbox", ["district_id", "case_id"])
    op.create_index("inbox_by_event", "inbox", ["district_id", "event_id"])
    op.execute("UPDATE inbox SET record_id = body->>'record' WHERE kind = 'held'")
    # Photos whose visit is held too.
    op.execute(
        """
        UPDATE inbox SET belongs_to = visit.record_id
        FROM event, event AS visit
        WHERE inbox.kind = 'held' AND event.district_id = inbox.district_id AND event.id = inbox.event_id AND event.kind = 'photo.added'
        AND visit.district_id = event.district_id AND visit.record_id = event.body::json->'payload'->'photo'->>'visit_id'
        AND visit.kind = 'visit.recorded' AND visit.status = 'held'
        """
    )
    op.create_table(
        "twin_verdict",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("first_id", sa.Text(), nullable=False),
        sa.Column("second_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("merges", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "first_id", "second_id"),
    )
