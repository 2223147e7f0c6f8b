"""Last night's backup of one district, and putting it back: every row of every table that the district has, as a dump would keep them.

Photos lie in files of their own, which a database's backup does not touch.
"""

from dataclasses import dataclass

from sqlalchemy import Engine, text

from fieldapp.domain.identifiers import new_id
from fieldapp.server.database import TARGETS
from tests.support.district import TestDistrict

_TABLES = [table for metadata in TARGETS for table in metadata.sorted_tables]


@dataclass(frozen=True)
class Backup:
    engine: Engine
    district_id: str
    # Where the copies lie: copied by the database itself, so that no value changes on its way.
    schema: str

    def put_back(self) -> None:
        """The district is again as it was; what came since is forgotten. In one transaction, also while servers run on it."""
        with self.engine.begin() as connection:
            for table in _TABLES:
                connection.execute(text(f"DELETE FROM {table.name} WHERE district_id = :of"), {"of": self.district_id})
                connection.execute(text(f"INSERT INTO {table.name} SELECT * FROM {self.schema}.{table.name}"))


def back_up(district: TestDistrict) -> Backup:
    backup = Backup(district.engine, district.id, f"backup_{new_id().replace('-', '')}")
    with district.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        connection.execute(text(f"CREATE SCHEMA {backup.schema}"))
        for table in _TABLES:
            copy = f"CREATE TABLE {backup.schema}.{table.name} AS SELECT * FROM {table.name} WHERE district_id = '{district.id}'"
            connection.execute(text(copy))
    return backup
