"""The year's plan, supervision, support, evaluations, improvements, lessons, and the answers of schools."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011_the_year"
down_revision = "0010_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _register(
        "year_activity",
        *_texts("name", "area", "owner"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("target", sa.Integer()),
        *_texts("unit", "budget", "status"),
        sa.Column("done_on", sa.Date()),
        *_texts("note"),
    )
    _register(
        "year_supervision",
        sa.Column("on_date", sa.Date(), nullable=False),
        *_texts("school_code", "who", "seen", "advice"),
        sa.Column("follow_up_on", sa.Date()),
        sa.Column("followed_up_on", sa.Date()),
    )
    _register(
        "year_support",
        sa.Column("on_date", sa.Date(), nullable=False),
        *_texts("what", "for_whom", "who"),
        sa.Column("people", sa.Integer()),
        *_texts("result"),
    )
    _register(
        "year_evaluation",
        sa.Column("on_date", sa.Date(), nullable=False),
        *_texts("stage", "figure_name"),
        sa.Column("target", sa.Integer()),
        *_texts("target_in", "remark"),
        sa.Column("figure", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
    )
    _register(
        "year_improvement",
        *_texts("what", "why", "decided_by"),
        sa.Column("until_on", sa.Date()),
        sa.Column("done_on", sa.Date()),
        *_texts("result"),
    )
    _register("year_lesson", sa.Column("on_date", sa.Date(), nullable=False), *_texts("title", "school_code", "text"))
    op.create_table(
        "year_school_answer",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("school_code", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("on_date", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "school_year", "school_code", "question"),
    )


def _register(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        *columns,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("removed_by", sa.Text()),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index(f"{name}_by_year", name, ["district_id", "school_year"])


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
