"""Conflicts become records that laptops pull. Those that lay only in the inbox until now become records, too."""

import datetime as dt
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007_conflicts"
down_revision = "0006_runs"
branch_labels = None
depends_on = None

_OPEN = sa.text(
    "SELECT i.district_id, i.event_id, i.body, h.case_id, h.owner_id, h.school_code FROM inbox i"
    " JOIN head h ON h.district_id = i.district_id AND h.type = 'child' AND h.id = i.body ->> 'child_id'"
    " WHERE i.kind = 'conflict' AND i.decided_at IS NULL ORDER BY i.opened_at, i.id"
)
_CHILD = sa.text("SELECT * FROM child WHERE district_id = :district_id AND id = :id")
_MADE = sa.text("SELECT by_person, made_at FROM event WHERE district_id = :district_id AND id = :id")
_NEXT = sa.text("UPDATE district SET last_sequence = last_sequence + 1 WHERE district_id = :district_id RETURNING last_sequence")


def upgrade() -> None:
    conflict = op.create_table(
        "conflict",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("offered", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("offered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("kept_event", sa.Text(), nullable=True),
        sa.Column("kept_by", sa.Text(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_event", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("conflict_by_child", "conflict", ["district_id", "child_id"], unique=False)
    head = sa.table(
        "head", *map(sa.column, ("district_id", "type", "id", "sequence", "case_id", "owner_id", "school_code", "shared", "body"))
    )
    connection = op.get_bind()
    for row in connection.execute(_OPEN).mappings().all():
        record = _record(connection, row)
        if record is None:
            continue
        connection.execute(conflict.insert(), {"district_id": row["district_id"], **record})
        sequence = connection.execute(_NEXT, {"district_id": row["district_id"]}).scalar_one()
        scope = {name: row[name] for name in ("district_id", "case_id", "owner_id", "school_code")}
        body = json.dumps(record, ensure_ascii=False, default=dt.datetime.isoformat)
        connection.execute(
            head.insert(), {**scope, "type": "conflict", "id": record["id"], "sequence": sequence, "shared": False, "body": body}
        )


def _record(connection: sa.Connection, row: Any) -> dict[str, Any] | None:
    """What waits, beside what stands on the card today."""
    district_id, body = row["district_id"], row["body"]
    child = connection.execute(_CHILD, {"district_id": district_id, "id": body["child_id"]}).mappings().one_or_none()
    if child is None or body["field"] not in child:
        return None
    standing = child[body["field"]]
    set_by = child["field_events"].get(body["field"])
    made = connection.execute(_MADE, {"district_id": district_id, "id": set_by}).one_or_none() if set_by else None
    return {
        "id": f"{row['event_id']}:{body['field']}",
        "child_id": body["child_id"],
        "field": body["field"],
        "offered": body["offered"],
        "offered_by": body["by"],
        "offered_at": dt.datetime.fromisoformat(body["made_at"]),
        "kept": standing.isoformat() if isinstance(standing, dt.date) else standing,
        "kept_event": set_by,
        "kept_by": made[0] if made else None,
        "kept_at": made[1] if made else None,
        "decided_event": None,
        "decided_by": None,
        "decided_at": None,
        "decision": None,
        "version": 1,
    }
