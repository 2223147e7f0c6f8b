"""The open entries of the district's inbox on the command line: all or one, as JSON, and the pictures that came with one."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from fieldapp.domain.canonical import canonical_bytes
from fieldapp.errors import SetupError
from fieldapp.server.deciding import entries
from fieldapp.server.deciding.entries import InboxEntry, Wanted
from fieldapp.server.photos.taking import Intake


def open_entries(connection: Connection, district_id: str) -> tuple[InboxEntry, ...]:
    """Urgent ones first, then oldest first."""
    return entries.read(connection, district_id, Wanted())


def entry(connection: Connection, district_id: str, wanted: str) -> InboxEntry:
    """By its number or the beginning of it. Raises SetupError."""
    fitting = [one for one in open_entries(connection, district_id) if one.id.startswith(wanted)]
    if len(fitting) != 1:
        raise SetupError("setup.unknown_entry", entry=wanted)
    return fitting[0]


def as_json(found: Sequence[InboxEntry]) -> str:
    told = [
        {
            "id": one.id,
            "kind": one.kind,
            "opened_at": one.opened_at.isoformat(),
            "due_at": one.due_at.isoformat(),
            "case_id": one.case_id,
            "child": one.child_name,
            "by": one.by_name,
            "event_kind": one.event_kind,
            "code": one.code,
            "field": one.field,
            "made_at": one.made_at,
            "arrived": one.arrived,
            "photos": one.photos,
            "event": one.event,
            "body": one.body,
        }
        for one in found
    ]
    return canonical_bytes(told).decode()


def write_pictures(intake: Intake, one: InboxEntry, folder: Path) -> list[Path]:
    """The pictures that came with an entry, each in a file named by its hash. Raises SetupError."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for picture in one.body.get("pictures", ()):
            path = folder / f"{picture['sha256']}.jpg"
            path.write_bytes(intake.kept_aside(picture["sha256"]))
            written.append(path)
    except OSError as error:
        raise SetupError("setup.cannot_write", path=str(folder)) from error
    return written
