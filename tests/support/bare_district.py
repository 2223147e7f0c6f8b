"""A district as it is on its first day: keys, and nobody in it."""

import datetime as dt

from sqlalchemy import Engine

from fieldapp.domain.identifiers import new_id
from fieldapp.server.district import District, ensure_district


def make_bare_district(engine: Engine, district_id: str = "") -> District:
    with engine.begin() as connection:
        return ensure_district(connection, district_id or f"b{new_id()[-12:]}", "เขตว่าง", dt.datetime.now(dt.UTC))
