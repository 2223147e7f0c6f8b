"""A consent as it is printed to be signed: the words that were read out, who said yes or no, as a model. Written in Thai."""

from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp import phrases, words
from fieldapp.domain.care.consent import Consent, ConsentPurpose
from fieldapp.domain.child import Child
from fieldapp.records.reference import person_names
from fieldapp.texts import _, mark, speaking

# What is read out; whoever changes a word changes the version with it.
VERSION = "2569.1"
READ_OUT = {
    ConsentPurpose.PHOTOS: mark(
        "Photos of the child and the house are kept for the child's care only. May they also be shown in reports or to others? You may "
        "say no, and take a yes back at any time; the help does not depend on it."
    ),
    ConsentPurpose.SHARING: mark(
        "To get help from an agency, we want to pass on what it needs to know of the child. May we? You may say no, and take a yes back at "
        "any time; then the letter tells only the name and the reason."
    ),
    ConsentPurpose.SCREENING: mark(
        "We want to find out whether the child needs special help with learning. The result is for its schooling only. May we? You may say "
        "no, and take a yes back at any time."
    ),
}


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """`read_out` is '' where other words than today's were read out: those are not to be put under a signature. `said`: yes or no, in a
    sentence."""

    title: str
    purpose: str
    facts: tuple[tuple[str, str], ...]
    read_out: str
    said: str
    signers: tuple[tuple[str, str], ...]


def read_consent(connection: Connection, district_id: str, consent: Consent, child: Child) -> ConsentSheet:
    with speaking("th"):
        by = person_names(connection, district_id, [consent.by]).get(consent.by, "")
        giver = f"{consent.giver} ({consent.relation})" if consent.relation else consent.giver
        facts = ((_("Child"), child.full_name), (_("Who answers"), giver), (_("Day"), phrases.day(consent.on)))
        said = _("{giver} agrees.") if consent.given else _("{giver} does not agree.")
        return ConsentSheet(
            title=_("Letter of consent"),
            purpose=words.of(consent.purpose),
            facts=facts,
            read_out=_(READ_OUT[consent.purpose]) if consent.form_version in ("", VERSION) else "",
            said=said.format(giver=consent.giver),
            signers=((consent.giver, consent.relation or _("Guardian, or who answered")), (by, _("Who asked"))),
        )
