"""How far a signature is, in words."""

from fieldapp import phrases
from fieldapp.domain.care.paper import PaperOf
from fieldapp.gui.theme.tokens import Tone
from fieldapp.texts import _, ngettext
from fieldapp.usecases.papers.printing import PaperLine

SORTING = Tone.WARNING


def state(line: PaperLine) -> tuple[str, Tone]:
    signing = line.signing
    if signing and signing.signed:
        return (_("Signed an older version"), Tone.WARNING) if signing.outdated else (_("Signed paper is here"), Tone.GOOD)
    if signing:
        return _("A part is here"), Tone.INFO
    return (_("Waiting for the signature"), Tone.INFO) if line.printed_on else (_("Not printed here"), Tone.NEUTRAL)


def details(line: PaperLine) -> tuple[str, ...]:
    """When and by whom it was made, then what of it is here and what is missing."""
    made = " · ".join(part for part in (phrases.day(line.on), line.by_name) if part)
    parts = [made]
    if line.waits and line.printed_on:
        parts.append(_("Printed {day}").format(day=phrases.day(line.printed_on)))
    signing = line.signing
    if signing:
        if signing.signed_on:
            parts.append(_("Taken in {day}").format(day=phrases.day(signing.signed_on)))
        if signing.missing:
            missing = ngettext("{count} sheet of {pages} is missing", "{count} sheets of {pages} are missing", signing.missing)
            parts.append(missing.format(count=signing.missing, pages=signing.pages))
        if signing.outdated:
            parts.append(_("What was signed says something else than the record says now. Print it again if it must be signed anew."))
        if any(paper.by_hand for paper in signing.here):
            parts.append(_("Filed by hand, without its code."))
    if line.of_kind is PaperOf.LETTER and line.slip:
        parts.append(_("The reply slip is here: record on the referral what it says."))
    return tuple(parts)
