"""Opening a district: database started or reached, tables brought up to date, the district's row made. For the server and the office's
command line alike."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine

from fieldapp.config import Settings
from fieldapp.server import database, district, embedded
from fieldapp.server.district import District
from fieldapp.server.reference_data import ensure_reference_data


@dataclass(frozen=True, slots=True)
class OpenDistrict:
    """An engine on the migrated database, and the district in it. Use `with opened.engine.begin() as connection`."""

    engine: Engine
    district: District


def open_district(
    settings: Settings,
    database_url: str | None = None,
    district_id: str = district.DEFAULT_ID,
    name: str = district.DEFAULT_NAME,
) -> OpenDistrict:
    """Open the district; without an address on the embedded PostgreSQL in the data folder, which may run already. Raises SetupError."""
    if database_url is None:
        data_dir = settings.data_dir
        engine = database.open_engine(embedded.start(data_dir), revive=lambda: embedded.revive(data_dir))
    else:
        engine = database.open_engine(database_url)
    database.migrate(engine)
    with engine.begin() as connection:
        found = district.ensure_district(connection, district_id, name, dt.datetime.now(dt.UTC))
        ensure_reference_data(connection, district_id)
    return OpenDistrict(engine, found)
