"""A receipt as plain text, to copy, print and file. It holds no child's name: what is signed has none either."""

from fieldapp import phrases
from fieldapp.texts import _
from fieldapp.usecases.syncing import ReceiptView


def facts(view: ReceiptView) -> tuple[tuple[str, str], ...]:
    """Captions and values, in the order of the dialog."""
    receipt = view.receipt
    day = phrases.long_day(receipt.recorded_at.astimezone().date(), weekday=True)
    return (
        (_("Receipt number"), view.number),
        (_("Received on"), _("{day}, {time}").format(day=day, time=phrases.time(receipt.recorded_at))),
        (_("District"), receipt.district_id),
        (_("Number in the district's sequence"), f"{receipt.sequence:,}"),
        (_("Signature"), signature_words(view)),
        (_("Record"), receipt.subject),
        (_("SHA-256 of the record"), receipt.sha256),
    )


def signature_words(view: ReceiptView) -> str:
    return _("right, checked just now in this laptop") if view.verified else _("WRONG: do not rely on this receipt")


def proves(view: ReceiptView) -> str:
    """What the receipt is worth, in a sentence."""
    if view.verified:
        return _("The district signed that it holds exactly this record, unchanged to the letter. Nobody can deny it later.")
    return _("The signature does not fit this record. Keep the laptop as it is and call the district; the record itself is still here.")


def as_text(view: ReceiptView) -> str:
    lines = [_("Receipt of the district"), "", *(f"{caption}: {value}" for caption, value in facts(view))]
    return "\n".join([*lines, _("Ed25519 signature: {hex}").format(hex=view.receipt.signature), "", proves(view)])
