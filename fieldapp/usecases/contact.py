"""A district may ask that a laptop is in contact every so many days: `laptop` {"days_without_contact": "60"}. After them the data is not
opened before the district has answered. Nothing is destroyed: a clock that jumped must not cost anyone their work."""

import datetime as dt

from fieldapp.errors import StoreError
from fieldapp.records.reference import setting
from fieldapp.store import contact
from fieldapp.store.engine import Store

_SETTING, _DAYS = "laptop", "days_without_contact"


def days_overdue(store: Store, now: dt.datetime) -> int:
    """How many days since the last contact where that is more than the district allows, else 0. Without the setting, or before the first
    contact, there is no limit."""
    with store.reading() as connection:
        allowed = setting(connection, store.district_id, _SETTING).get(_DAYS, "")
        measured = contact.read(connection)
    if not (allowed.isascii() and allowed.isdigit() and int(allowed)) or measured is None or measured.at is None:
        return 0
    days = (now - measured.at).days
    return days if days > int(allowed) else 0


def require_contact(store: Store, now: dt.datetime) -> None:
    """Raises store.contact_needed."""
    if days := days_overdue(store, now):
        raise StoreError("store.contact_needed", days=days)
