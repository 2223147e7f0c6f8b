"""An upload from its files to the kept look at it: the same for the page, the command line and the shipped instruments."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from fieldapp.records import tables
from fieldapp.server.forms import publishing
from fieldapp.server.forms.examining import Examined, examine
from fieldapp.server.forms.findings import Finding

_READS = re.compile(r'src="jr://[^"]*/([^"/]+)"')
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Came:
    """Files as they were uploaded: the XLSForm, and lists (CSV in UTF-8) by their names."""

    name: str
    data: bytes
    lists: Mapping[str, bytes]


def look(connection: Connection, district_id: str, came: Came) -> tuple[Examined, Mapping[str, str]]:
    """The form with what was found in it, and the lists that it reads: of those that came, and else of those with which its last version
    was published. Keeps nothing."""
    lists, broken = _read(came.lists)
    examined = examine(came.data, lists)
    if wanted := _wanted(examined) - lists.keys():
        before = _lists_of_last(connection, district_id, examined.form_id)
        if wanted & before.keys():
            lists = {**before, **lists}
            examined = examine(came.data, lists)
    used = {name: text for name, text in lists.items() if name in _READS.findall(examined.xform)}
    found = (*examined.findings, *broken, *publishing.refuse_repeated(connection, district_id, examined))
    return replace(examined, findings=found), used


def take_in(connection: Connection, district_id: str, came: Came, *, by: str, now: dt.datetime) -> str:
    """Look at it and keep both. Returns the upload's id."""
    examined, lists = look(connection, district_id, came)
    name = came.name.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")[:_LONGEST_NAME]
    return publishing.keep(connection, district_id, examined, came.data, name, lists, by=by, now=now)


def _read(lists: Mapping[str, bytes]) -> tuple[dict[str, str], list[Finding]]:
    texts: dict[str, str] = {}
    broken: list[Finding] = []
    for name, data in lists.items():
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            broken.append(Finding("file.attachment", data={"name": name}))
            continue
        if "\x00" in text:
            broken.append(Finding("file.attachment", data={"name": name}))
        else:
            texts[name] = text
    return texts, broken


def _wanted(examined: Examined) -> set[str]:
    return {finding.data.get("file", "") for finding in examined.findings if finding.code == "form.file_missing"}


def _lists_of_last(connection: Connection, district_id: str, form_id: str) -> Mapping[str, str]:
    form = tables.form
    query = (
        select(form.c.attachments)
        .where(form.c.district_id == district_id, form.c.form_id == form_id)
        .order_by(form.c.published_at.desc())
        .limit(1)
    )
    return connection.execute(query).scalar() or {}
