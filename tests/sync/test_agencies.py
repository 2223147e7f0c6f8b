"""Agencies of the district reach a laptop and change there."""

from dataclasses import replace

from sqlalchemy import select

from fieldapp.domain.reference import Agency, AgencyKind
from fieldapp.records import rows, tables
from fieldapp.server.write_path.recording import put_reference
from tests.support.world import FieldLaptop, World


def on(laptop: FieldLaptop) -> list[Agency]:
    with laptop.store.reading() as connection:
        return [rows.agency_from(row) for row in connection.execute(select(tables.agency)).mappings()]


def test_an_agency_reaches_a_laptop_and_changes_there(world: World) -> None:
    laptop = world.teacher()
    agency = Agency("health_station", "รพ.สต.", AgencyKind.HEALTH.value, "โทร. 1234", "ต.นาคู")
    for version in (agency, replace(agency, name="รพ.สต.นาคู", active=False, version=2)):
        with world.district.engine.begin() as connection:
            put_reference(connection, world.district.id, [version])
        laptop.sync()
        assert on(laptop) == [version]
