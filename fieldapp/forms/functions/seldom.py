"""Functions about the form itself and of older forms."""

from fieldapp.forms.functions.table import ANY, calls, of_context
from fieldapp.forms.xpath.values import to_text

TABLE = {
    "version": of_context(lambda context: context.surroundings.version),
    "property": calls(lambda context, name: context.surroundings.property(to_text(name)), 1),
    "depend": calls(lambda _, value, *rest: value, 1, ANY),
}
