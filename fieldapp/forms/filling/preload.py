"""What a form asks of the device: the start time, the user, the record's own number."""

import datetime as dt
import uuid
from typing import Protocol

from fieldapp.forms.answers import written
from fieldapp.forms.xform.model import Bind

_PROPERTIES = {
    "deviceid": "deviceid",
    "username": "username",
    "email": "email",
    "phonenumber": "phonenumber",
    "phone number": "phonenumber",
}


class Device(Protocol):
    zone: dt.tzinfo

    def today(self) -> dt.date: ...
    def now(self) -> dt.datetime: ...
    def property(self, name: str) -> str: ...


def preloaded(bind: Bind, device: Device) -> str:
    """The text for a node with jr:preload when a form is begun; "" for what comes later (end) or is not known here."""
    kind, wanted = bind.preload, bind.preload_parameters
    if kind == "uid":
        return f"uuid:{uuid.uuid4()}"
    if kind == "timestamp" and wanted == "start":
        return written("dateTime", device.now(), device.zone)[0]
    if kind == "date" and wanted in ("today", ""):
        return device.today().isoformat()
    if kind == "property":
        return device.property(_PROPERTIES.get(wanted, wanted))
    if kind == "context" and wanted == "UserName":
        return device.property("username")
    return ""
