"""Exports of the three web sites are received like lists: from which site, and which risks each row tells of."""

import sqlalchemy as sa
from alembic import op

revision = "0023_risk_lists"
down_revision = "0022_household_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("list_import", sa.Column("risk_source", sa.Text(), nullable=False, server_default=""))
    op.add_column("list_row", sa.Column("risks", sa.JSON(), nullable=True))
