"""What a line about a referral or a transfer says: from the use case's rows to words, without a widget."""

from fieldapp import phrases, words
from fieldapp.domain.care.referral import ReferralKind, ReferralState
from fieldapp.domain.care.transfer import TransferState
from fieldapp.gui.theme.tokens import Tone
from fieldapp.texts import _, ngettext
from fieldapp.usecases.referrals_read import ReferralLine, ReferralStep, TransferLine

TONES = {
    ReferralState.DRAFT: Tone.NEUTRAL,
    ReferralState.SIGNED: Tone.INFO,
    ReferralState.SENT: Tone.INFO,
    ReferralState.ACKNOWLEDGED: Tone.INFO,
    ReferralState.IN_SERVICE: Tone.TEAL,
    ReferralState.RESULT: Tone.GOOD,
    ReferralState.CLOSED: Tone.NEUTRAL,
    ReferralState.RETURNED: Tone.WARNING,
    ReferralState.CALLED_OFF: Tone.NEUTRAL,
    TransferState.ASKED: Tone.INFO,
    TransferState.ACCEPTED: Tone.GOOD,
    TransferState.REFUSED: Tone.WARNING,
    TransferState.CALLED_OFF: Tone.NEUTRAL,
}


def referral_title(line: ReferralLine) -> str:
    return line.receiver if line.referral.kind is ReferralKind.EXTERNAL else _("{receiver} (in the school)").format(receiver=line.receiver)


def referral_detail(line: ReferralLine) -> str:
    """Why, since when, by whom."""
    parts = (line.referral.reason, phrases.day(line.referral.on), line.by_name)
    return " · ".join(part for part in parts if part)


def waiting(line: ReferralLine) -> str:
    """'' where no reply is waited for."""
    if line.days_waiting is None:
        return ""
    waits = ngettext("Waiting for the reply for {days} day", "Waiting for the reply for {days} days", line.days_waiting).format(
        days=line.days_waiting
    )
    if line.referral.reply_by is None:
        return waits
    until = _("reply wanted by {day}").format(day=phrases.day(line.referral.reply_by))
    parts = (waits, until, _("Overdue") if line.late else "")
    return " · ".join(part for part in parts if part)


def step(one: ReferralStep, line: ReferralLine | TransferLine) -> str:
    """15 พ.ย. 2569 · ส่งแล้ว · ครูสมหญิง · หมายเหตุ"""
    parts = (phrases.day(one.on), words.of(type(line.state)(one.state)), one.by_name, one.note)
    return " · ".join(part for part in parts if part)


def transfer_title(line: TransferLine) -> str:
    return _("Transfer to {place}").format(place=line.to)


def transfer_detail(line: TransferLine) -> str:
    grade = _("grade {grade}").format(grade=line.transfer.grade) if line.transfer.grade else ""
    parts = (line.transfer.reason, grade, phrases.day(line.transfer.on), line.by_name)
    return " · ".join(part for part in parts if part)


def sharing(shown: str, kind: ReferralKind, told_anything: bool) -> str:
    """Over the ticks: why one may tick or may not. `shown`: how the consent stands, in words, '' where nobody was asked."""
    if kind is ReferralKind.INTERNAL:
        return _("Inside the school. Tick only what the receiver needs.")
    if told_anything:
        return _("{consent}. Tick only what the agency needs.").format(consent=shown)
    if shown:
        return _("{consent}: the letter tells only the name and the reason, as duty requires.").format(consent=shown)
    return _("Nobody has been asked for consent yet: the letter tells only the name and the reason, as duty requires.")
