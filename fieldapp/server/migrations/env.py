"""Runs the steps on the connection that `server.database.migrate` opened; the transaction and its lock are there."""

from alembic import context

from fieldapp.server.database import TARGETS

context.configure(connection=context.config.attributes["connection"], target_metadata=TARGETS)
context.run_migrations()
