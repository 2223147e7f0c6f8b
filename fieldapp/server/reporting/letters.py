"""The words of the overall report that people write: kept by the day of the report, proposed from the last one."""

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.server import tables

_letter = tables.report_letter


@dataclass(frozen=True, slots=True)
class Letter:
    """As on a Thai official letter. `prepared_by` and `signed_by` with their posts in the line below."""

    number: str = ""
    subject: str = ""
    to: str = ""
    narrative: str = ""
    prepared_by: str = ""
    prepared_post: str = ""
    signed_by: str = ""
    signed_post: str = ""


def letter_of(connection: Connection, district_id: str, as_of: dt.date) -> Letter:
    """That of the day; where there is none, the newest before it without its number and narrative."""
    query = select(_letter.c.as_of, _letter.c.words).where(_letter.c.district_id == district_id, _letter.c.as_of <= as_of)
    row = connection.execute(query.order_by(_letter.c.as_of.desc()).limit(1)).one_or_none()
    if row is None:
        return Letter()
    words = {name: str(row.words.get(name, "")) for name in Letter.__slots__}
    return Letter(**words) if row.as_of == as_of else Letter(**{**words, "number": "", "narrative": ""})


def keep(connection: Connection, district_id: str, as_of: dt.date, letter: Letter, by: str, now: dt.datetime) -> None:
    said = {"words": asdict(letter), "saved_at": now, "saved_by": by}
    statement = insert(_letter).values(district_id=district_id, as_of=as_of, **said)
    connection.execute(statement.on_conflict_do_update(index_elements=["district_id", "as_of"], set_=said))
