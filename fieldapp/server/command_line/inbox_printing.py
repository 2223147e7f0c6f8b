"""The inbox as text on the office's own screen. Names of children stand here; they never go into a log."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from fieldapp.domain import thai_dates
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.server.deciding import wording
from fieldapp.server.deciding.entries import InboxEntry
from fieldapp.server.inbox import InboxKind
from fieldapp.texts import _, ngettext


def entries(found: Sequence[InboxEntry]) -> str:
    if not found:
        return _("The inbox is empty.")
    count = ngettext("{count} open entry", "{count} open entries", len(found)).format(count=f"{len(found):,}")
    return "\n\n".join([count, *(_entry(one) for one in found)])


def one_entry(one: InboxEntry, written: Sequence[Path]) -> str:
    """All of it, with the record as it was made."""
    lines = [_entry(one)]
    if one.event is not None:
        lines.append(json.dumps(one.event, ensure_ascii=False, indent=2))
    lines += [str(path) for path in written]
    return "\n".join(lines)


def _entry(one: InboxEntry) -> str:
    lines = [" · ".join(filter(None, (wording.kind(one), wording.what(one), one.child_name)))]
    lines.append("    " + one.id)
    lines.append("    " + " · ".join(filter(None, (_moment(one.opened_at), one.by_name))))
    if why := wording.why(one):
        lines.append("    " + why)
    if one.kind == InboxKind.SET_ASIDE:
        pictures = len(one.body.get("pictures", ()))
        told = (
            ngettext("{count} photo", "{count} photos", pictures).format(count=pictures) if pictures else "",
            _("version {version}").format(version=one.body.get("app_version", "")),
            str(one.body.get("system", "")),
        )
        lines.append("    " + " · ".join(filter(None, told)))
    if one.arrived:
        lines.append("    " + _("It has arrived since; nothing is left to do."))
    return "\n".join(lines)


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(THAI_TIME)
    return f"{thai_dates.short(local.date())} {local.strftime('%H:%M')}"
