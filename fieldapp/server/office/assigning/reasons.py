"""Words for why someone is proposed, and why a case was not assigned."""

from collections.abc import Mapping

from fieldapp.server.assigning import plans
from fieldapp.server.assigning.proposals import Proposal, Reason
from fieldapp.texts import _, mark, ngettext

_WHY: Mapping[str, str] = {
    plans.ALREADY_THERE: mark("Is there already, with this due date"),
    plans.CHANGED_MEANWHILE: mark("Was given to someone else meanwhile; look at it again"),
    plans.NOBODY_PROPOSED: mark("Nobody was chosen for the village"),
    plans.ACCOUNT_CLOSED: mark("The account of who should have it was closed meanwhile"),
    "merged": mark("Is a duplicate: work goes on in the other case"),
    "withdrawn": mark("The list it came with was taken back"),
    "unknown_record": mark("Is not there any more"),
}


def why(code: str) -> str:
    """Why a case was not assigned; a code without words of its own is said as it is."""
    return _(_WHY[code]) if code in _WHY else _("Was refused ({code})").format(code=code)


def reason_words(proposal: Proposal) -> str:
    count = proposal.count
    match proposal.reason:
        case Reason.CARRIES_IN_VILLAGE | Reason.SCHOOL_OF_VILLAGE:
            said = ngettext("has {count} other child in this village", "has {count} other children in this village", count)
        case Reason.ONCE_IN_VILLAGE:
            said = ngettext("has had {count} child in this village", "has had {count} children in this village", count)
        case Reason.CARRIES_IN_TAMBON | Reason.SCHOOL_OF_TAMBON:
            said = ngettext("has {count} child in this tambon", "has {count} children in this tambon", count)
        case Reason.SCHOOL_IN_TAMBON:
            said = _("school in this tambon")
    return said.format(count=f"{count:,}")
