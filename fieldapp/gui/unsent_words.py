"""What waits to be sent, in words: today and the sync centre say it the same way."""

from fieldapp.texts import ngettext
from fieldapp.usecases.unsent import Unsent


def unsent_parts(unsent: Unsent) -> str:
    """การเยี่ยม 1 · ภาพ 2, without what there is none of."""
    parts = (
        (unsent.visits, ngettext("{count} visit", "{count} visits", unsent.visits)),
        (unsent.other_events, ngettext("{count} other record", "{count} other records", unsent.other_events)),
        (unsent.photos, ngettext("{count} photo", "{count} photos", unsent.photos)),
    )
    return " · ".join(text.format(count=f"{count:,}") for count, text in parts if count)
