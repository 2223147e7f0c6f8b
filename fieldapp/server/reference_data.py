"""What every new district starts with: the causes and agencies it may change later, and its settings. Read from resources."""

import csv

from sqlalchemy import Connection, select

from fieldapp.config import resources_dir
from fieldapp.domain.ladder import Rounding
from fieldapp.domain.reference import Agency, Cause, Setting
from fieldapp.records import tables
from fieldapp.reports.ladder import DEFAULT_PRESET, SETTING
from fieldapp.server.write_path.recording import put_reference


def causes() -> tuple[Cause, ...]:
    with (resources_dir() / "reference" / "causes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Cause(row["code"], row["name_th"], int(row["dmc"]), int(row["edudev"]), int(row["position"])) for row in csv.DictReader(file)
        )


def agencies() -> tuple[Agency, ...]:
    """Kinds of agencies that every district has; the district gives them names and telephone numbers."""
    with (resources_dir() / "reference" / "agencies.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Agency(row["code"], row["name_th"], row["kind"]) for row in csv.DictReader(file))


def settings() -> tuple[Setting, ...]:
    return (Setting(SETTING, {"preset": DEFAULT_PRESET, "rounding": Rounding.HALF_UP.value}),)


def ensure_reference_data(connection: Connection, district_id: str) -> None:
    """Put what is missing; what the district has changed stays as it is."""
    known_causes = set(connection.scalars(select(tables.cause.c.code).where(tables.cause.c.district_id == district_id)))
    known_settings = set(connection.scalars(select(tables.setting.c.name).where(tables.setting.c.district_id == district_id)))
    known_agencies = set(connection.scalars(select(tables.agency.c.id).where(tables.agency.c.district_id == district_id)))
    missing_agencies = [one for one in agencies() if one.id not in known_agencies]
    missing_causes = [one for one in causes() if one.code not in known_causes]
    missing_settings = [one for one in settings() if one.name not in known_settings]
    put_reference(connection, district_id, [*missing_causes, *missing_agencies, *missing_settings])
