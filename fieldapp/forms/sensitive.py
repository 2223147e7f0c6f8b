"""Which parts of a form are sensitive: those that its spreadsheet marks so (`bind::app:sensitive`), and everything in them."""

from fieldapp.forms.xform.model import Place
from fieldapp.forms.xform.reader import FormDefinition

_MARK = "app:sensitive"


def is_sensitive(definition: FormDefinition, path: str) -> bool:
    """`path` may be exact, with positions."""
    generic = "/".join(part.partition("[")[0] for part in path.split("/"))
    place: Place | None = definition.places.get(generic)
    while place is not None:
        if place.bind.extra.get(_MARK) == "yes":
            return True
        place = place.parent
    return False
