"""What the audit's acts and subjects are called."""

from collections.abc import Mapping

from fieldapp.server.audit import Action
from fieldapp.server.audit_search import AuditRow
from fieldapp.server.year.registers import BY_PATH
from fieldapp.texts import _, mark, ngettext

ACTIONS: Mapping[Action, str] = {
    Action.VIEWED: mark("Saw"),
    Action.CHANGED: mark("Changed"),
    Action.SIGNED_IN: mark("Signed in"),
    Action.SIGNED_OUT: mark("Signed out"),
    Action.ACCOUNT_ADDED: mark("Added an account"),
    Action.ACCOUNT_CHANGED: mark("Changed an account"),
    Action.ACCOUNT_CLOSED: mark("Closed an account"),
    Action.CODE_MADE: mark("Made a sign-in slip"),
    Action.PASSWORD_SET: mark("Set their password"),
    Action.DEVICE_REVOKED: mark("Took a laptop out of use"),
    Action.KEY_REGISTERED: mark("A laptop registered its key"),
    Action.BUNDLE_TAKEN_IN: mark("Took in a file without network"),
    Action.EXPORTED: mark("Took out data"),
    Action.REFERENCE_CHANGED: mark("Changed settings"),
    Action.REMOVED: mark("Removed"),
}
_SUBJECTS: Mapping[str, str] = {
    "cases": mark("a list of cases"),
    "referrals": mark("the list of referrals"),
    "transfers": mark("the list of transfers"),
    "pull": mark("a sync"),
    "photo": mark("a photo"),
    "entries": mark("entries for OBEC's site"),
    "audit": mark("this audit"),
    "lost_device": mark("the data-protection sheet of a laptop"),
    "retention": mark("what could be removed"),
    "twins": mark("likely duplicates"),
    "list": mark("a received list"),
    "inbox": mark("the district inbox"),
    "team_kinds": mark("the kinds of teams"),
    "past_years": mark("what was past its years"),
}
_YEAR, _FORM = "year/", "form:"


def action(one: Action) -> str:
    return _(ACTIONS[one]) if one in ACTIONS else one.value


def subject(row: AuditRow) -> str:
    """The name of what was seen or done, and how many cases it showed."""
    said = row.subject_name or _of_a_form(row.subject) or _(_SUBJECTS.get(row.subject) or _of_the_year(row.subject) or _of_a_row(row))
    if row.cases and row.subject_kind != "child":
        said += " · " + ngettext("{count} case", "{count} cases", row.cases).format(count=f"{row.cases:,}")
    return said


def _of_a_form(subject: str) -> str:
    """A form with its version."""
    return _("Form") + " " + subject.removeprefix(_FORM) if subject.startswith(_FORM) else ""


def _of_a_row(row: AuditRow) -> str:
    """A child that is on a list so far, and on no card, has no name to look up."""
    return _SUBJECTS["list"] if "list" in row.detail else row.subject


def _of_the_year(subject: str) -> str:
    """The table of the year in which an entry lies; for what schools answer, the page where they are asked."""
    if not subject.startswith(_YEAR):
        return ""
    register = BY_PATH.get(subject.removeprefix(_YEAR).partition("/")[0])
    return register.caption if register else mark("Indicators Q1–Q3")
