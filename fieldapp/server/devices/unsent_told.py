"""What a laptop tells of what waits on it: kept as it was last told, so that the office knows where work may be missing."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, exists, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import insert

from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.access.scope import Caller
from fieldapp.server.people.tables import unsent_told as _told

# The same numbers again are written down only so often: a laptop may sync every minute.
_EVERY = dt.timedelta(minutes=5)


def told(connection: Connection, district_id: str, caller: Caller, unsent: str, now: dt.datetime) -> None:
    """`unsent` is "records,photos"."""
    records, photos = (int(number) for number in unsent.split(","))
    mine = {"district_id": district_id, "device_id": caller.device_id, "person_id": caller.person_id}
    told = {"records": records, "photos": photos}
    lately = (_told.c.told_at >= now - _EVERY, *(_told.c[name] == value for name, value in (mine | told).items()))
    # Nothing is touched where there is no news: even a row that is only locked makes the database wait for its disk at the end.
    row = {**mine, **told, "told_at": now}
    news = select(*(literal(value, _told.c[name].type) for name, value in row.items())).where(~exists().where(*lately))
    statement = insert(_told).from_select(list(row), news)
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(mine), set_={name: statement.excluded[name] for name in (*told, "told_at")})
    )


def still(district_id: str) -> Any:
    """What was last told, by device and person (`records`, `photos`, `told_at`), without the photos that came since: a sync tells before it
    sends them."""
    receipt, photo = tables.photo_receipt, record_tables.photo
    owner = union_all(
        *(select(of.c.district_id, of.c.id, of.c.by_person) for of in (record_tables.visit, record_tables.submission, record_tables.paper))
    ).subquery()
    owner_id = func.coalesce(photo.c.visit_id, photo.c.submission_id, photo.c.paper_id)
    since = (
        select(_told.c.device_id, _told.c.person_id, func.count().label("photos"))
        .join(owner, (owner.c.district_id == _told.c.district_id) & (owner.c.by_person == _told.c.person_id))
        .join(photo, (photo.c.district_id == _told.c.district_id) & (owner_id == owner.c.id))
        .join(
            receipt,
            (receipt.c.district_id == _told.c.district_id)
            & (receipt.c.photo_id == photo.c.id)
            & (receipt.c.recorded_at >= _told.c.told_at),
        )
        .where(_told.c.district_id == district_id, _told.c.photos > 0)
        .group_by(_told.c.device_id, _told.c.person_id)
        .subquery()
    )
    left = func.greatest(_told.c.photos - func.coalesce(since.c.photos, 0), 0)
    return (
        select(_told.c.device_id, _told.c.person_id, _told.c.records, left.label("photos"), _told.c.told_at)
        .outerjoin(since, (since.c.device_id == _told.c.device_id) & (since.c.person_id == _told.c.person_id))
        .where(_told.c.district_id == district_id)
        .subquery()
    )
