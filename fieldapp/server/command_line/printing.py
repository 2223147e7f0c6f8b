"""Answers of the office's command line as text. Rows of a list may be shown here: they go to the office's own screen, never into a log."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fieldapp import words
from fieldapp.domain import thai_dates
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.reference import Role
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.reports.spreadsheet import display_width
from fieldapp.server.command_line.work import AccountRow
from fieldapp.server.exchange.bundles import Taken
from fieldapp.server.lists.findings import Severity
from fieldapp.server.lists.importer import Imported
from fieldapp.server.lists.kept_back import KeptBackRow
from fieldapp.server.lists.words import finding_words, severity_words
from fieldapp.server.sample.build import Sample
from fieldapp.server.sample.people import PASSWORD, DemoPerson
from fieldapp.texts import _, mark, ngettext
from fieldapp.wire.messages import Status

_ROLES = {
    Role.TEACHER: mark("Teacher"),
    Role.SCHOOL_HEAD: mark("School head"),
    Role.OFFICER: mark("Officer"),
    Role.COORDINATOR: mark("Coordinator"),
    Role.PARTNER: mark("Partner"),
    Role.ADMIN: mark("Administrator"),
}

_STATUSES = {
    Status.ACCEPTED: mark("records taken in"),
    Status.CONFLICT: mark("records taken in that disagree with what the district holds"),
    Status.HELD: mark("records held in the inbox"),
    Status.REJECTED: mark("records refused; that computer will show why"),
}
_BARRED = {
    "device_revoked": mark("That computer was locked out, so everything waits in the inbox."),
    "account_closed": mark("That account is closed, so everything waits in the inbox."),
    "account_expired": mark("That account has expired, so everything waits in the inbox."),
}


def imported(result: Imported) -> str:
    received = result.received
    lines = [
        _("Imported {type}, round {round}: {taken} rows taken, {checked} of them without anything to check, {kept} kept back.").format(
            type=words.of(received.list_type),
            round=received.round,
            taken=f"{received.rows_taken:,}",
            checked=f"{result.rows_checked:,}",
            kept=f"{received.rows_kept_back:,}",
        )
    ]
    counts: Counter[tuple[Severity, str]] = Counter()
    for row in result.read.rows:
        counts.update({(finding.severity, finding.code) for finding in row.findings})
    for severity in (Severity.KEPT_BACK, Severity.WARNING, Severity.NOTE):
        found = sorted(((count, code) for (of, code), count in counts.items() if of is severity), reverse=True)
        if found:
            lines.append(f"{severity_words(severity)}:")
            lines += [f"  {count:>6,}  {finding_words(code)}" for count, code in found]
    if received.rows_kept_back:
        lines.append(_("See the rows that were kept back: fieldapp office list-rows {list}").format(list=received.id))
    return "\n".join(lines)


def bundle(taken: Taken, answer: Path | None) -> str:
    made_at = taken.made_at.astimezone(THAI_TIME)
    lines = [
        _("From {name}, exported {day} {time}.").format(
            name=taken.person_name, day=thai_dates.short(made_at.date()), time=made_at.strftime("%H:%M")
        )
    ]
    counted = [(_(words), taken.events[status]) for status, words in _STATUSES.items()]
    counted += [(_("photos taken in"), taken.photos), (_("photos not taken in"), taken.photos_refused)]
    counted += [(_("records set aside on that computer, now in the inbox"), taken.set_aside)]
    counted += [(_("records set aside that were in the inbox already"), taken.set_aside_known)]
    lines += [f"  {count:>6,}  {words}" for words, count in counted if count] or [_("It holds no records; it only asks for news.")]
    if taken.barred:
        lines.append(_(_BARRED[taken.barred]))
    if answer:
        lines.append(_("The answer for that computer: {path}").format(path=answer))
    return "\n".join(lines)


def assigned(count: int, to: str) -> str:
    if not count:
        return _("No case fits; nothing was assigned.")
    return ngettext("{count} case assigned to {to}.", "{count} cases assigned to {to}.", count).format(count=f"{count:,}", to=to)


def lists(received: Sequence[ReceivedList]) -> str:
    if not received:
        return _("No list has been imported yet.")
    head = [_("List"), _("Type"), _("Round"), _("As of"), _("Taken"), _("Kept back"), _("File")]
    body = [
        [
            one.id,
            words.of(one.list_type),
            one.round,
            one.as_of.isoformat(),
            str(one.rows_taken),
            str(one.rows_kept_back),
            one.source_name,
        ]
        for one in received
    ]
    return _table([head, *body])


def kept_back(received: ReceivedList, rows: Sequence[KeptBackRow]) -> str:
    title = _("{file}: {count} rows kept back").format(file=received.source_name, count=len(rows))
    lines = [title]
    for row in rows:
        reasons = ", ".join(finding_words(one.code, one.other_row) for one in row.reasons)
        cells = " | ".join(cell for cell in row.cells if cell)
        lines.append(_("Row {number}: {reasons}").format(number=row.number, reasons=reasons))
        lines.append(f"    {cells}")
    return "\n".join(lines)


def accounts(found: Sequence[AccountRow]) -> str:
    head = [_("Account"), _("Name"), _("Role"), _("School"), _("Cases"), ""]
    body = [
        [
            one.account,
            one.person.name,
            _(_ROLES[one.person.role]),
            one.person.school_code,
            str(one.cases),
            _("closed") if one.closed else "",
        ]
        for one in found
    ]
    return _table([head, *body])


def sample(built: Sample, staff: Sequence[DemoPerson]) -> str:
    if not built.built:
        return _("The sample is there already; nothing was changed.")
    summaries = [imported(one) for one in built.imported]
    told = _("{count} events of its story were recorded.").format(count=f"{built.events:,}")
    passwords = _("Demo accounts (password of all: {password}):").format(password=PASSWORD)
    return "\n".join([*summaries, told, passwords, _table([[one.account, one.name, _(_ROLES[one.role])] for one in staff])])


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(display_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
