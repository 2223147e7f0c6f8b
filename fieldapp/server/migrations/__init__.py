"""Alembic's steps from one shape of the district's tables to the next; run by `server.database.migrate`."""
