"""What a person chose, by name, inside the encrypted file."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from fieldapp.store.tables import preference as table


def read(connection: Connection, name: str) -> str | None:
    value: str | None = connection.execute(select(table.c.value).where(table.c.name == name)).scalar()
    return value


def write(connection: Connection, name: str, value: str) -> None:
    statement = insert(table).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
