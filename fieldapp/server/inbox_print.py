"""The inbox as text on the office's own screen. Names of children stand here; they never go into a log."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from fieldapp import words
from fieldapp.domain import thai_dates
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.error_words import refusals
from fieldapp.server.inbox import InboxKind
from fieldapp.server.office_inbox import InboxEntry
from fieldapp.texts import _, mark, ngettext

_KINDS = {
    InboxKind.HELD.value: mark("Kept for a decision"),
    InboxKind.CONFLICT.value: mark("Two values for one field"),
    InboxKind.SET_ASIDE.value: mark("Sent to the helpdesk"),
}


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
    kind = _(_KINDS[one.kind]) if one.kind in _KINDS else one.kind
    what = _("Visit that was begun") if one.event_kind == "draft" else refusals.kind(one.event_kind) if one.event_kind else ""
    lines = [" · ".join(filter(None, (kind, what, one.child_name)))]
    lines.append("    " + one.id)
    lines.append("    " + " · ".join(filter(None, (_moment(one.opened_at), one.by_name))))
    if why := _why(one):
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


def _why(one: InboxEntry) -> str:
    if one.kind == InboxKind.HELD:
        return words.held(one.code)
    if one.kind == InboxKind.CONFLICT:
        values = _("on the card: {kept}; offered: {offered}").format(
            kept=one.body.get("kept") or "–", offered=one.body.get("offered") or "–"
        )
        return " · ".join(filter(None, (refusals.field(one.field), values)))
    if not one.code:
        return ""
    reason = refusals.photo(one.code) if one.body.get("kind") == "photo" else refusals.reason(one.code)
    return " · ".join(filter(None, (reason, refusals.field(one.field))))


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(THAI_TIME)
    return f"{thai_dates.short(local.date())} {local.strftime('%H:%M')}"
