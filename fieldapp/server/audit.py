"""Who saw or changed which child, and what was done to accounts and devices. Ids only, never a name or an answer."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from fieldapp.domain.identifiers import new_id
from fieldapp.server import bulk, tables


class Action(StrEnum):
    VIEWED = "viewed"
    CHANGED = "changed"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_CLOSED = "account_closed"
    CODE_MADE = "code_made"
    PASSWORD_SET = "password_set"
    DEVICE_REVOKED = "device_revoked"
    KEY_REGISTERED = "key_registered"
    BUNDLE_TAKEN_IN = "bundle_taken_in"
    EXPORTED = "exported"
    REFERENCE_CHANGED = "reference_changed"
    REMOVED = "removed"


def note(
    connection: Connection,
    district_id: str,
    action: Action,
    subjects: Iterable[tuple[str, dict[str, Any]]],
    *,
    person_id: str | None,
    device_id: str | None,
    at: dt.datetime,
) -> None:
    """One entry a subject: the id of a child, person or device, or what was asked for, with its detail."""
    rows = [
        {
            "district_id": district_id,
            "id": new_id(),
            "at": at,
            "person_id": person_id,
            "device_id": device_id,
            "action": action,
            "subject": subject,
            "detail": detail,
        }
        for subject, detail in subjects
    ]
    bulk.insert(connection, tables.audit, rows)
