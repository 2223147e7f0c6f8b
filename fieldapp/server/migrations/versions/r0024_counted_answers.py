"""What filled copies answer to the questions that are counted, beside their XML; read out of all copies that are there."""

import sqlalchemy as sa
from alembic import op

from fieldapp.server.forms.countable import countable, counted

revision = "0024_counted_answers"
down_revision = "0023_risk_lists"
branch_labels = None
depends_on = None

_AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "counted_answers",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "submission_id"),
    )
    connection = op.get_bind()
    forms = connection.execute(sa.text("SELECT district_id, form_id, form_version, xform FROM form")).all()
    for form in forms:
        _fill(connection, form.district_id, form.form_id, form.form_version, countable(form.xform))


def _fill(connection: sa.Connection, district_id: str, form_id: str, version: str, questions: dict[str, bool]) -> None:
    query = sa.text(
        "SELECT id, xml FROM submission WHERE district_id = :district_id AND form_id = :form_id AND form_version = :version"
        " AND id > :after ORDER BY id LIMIT :at_once"
    )
    add = sa.text("INSERT INTO counted_answers (district_id, submission_id, answers) VALUES (:district_id, :id, :answers)")
    after = ""
    while True:
        copies = connection.execute(
            query, {"district_id": district_id, "form_id": form_id, "version": version, "after": after, "at_once": _AT_ONCE}
        ).all()
        rows = [{"district_id": district_id, "id": copy.id, "answers": counted(copy.xml, questions)} for copy in copies]
        if rows:
            connection.execute(add, rows)
        if len(copies) < _AT_ONCE:
            return
        after = copies[-1].id
