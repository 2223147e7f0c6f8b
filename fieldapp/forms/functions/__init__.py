"""The functions an expression may call, one file a subject; `ALL` is the whole table. Must not know the grammar."""

from fieldapp.forms.functions import choices, logic, moments, nodes, numbers, places, seldom, text
from fieldapp.forms.functions.table import Function

ALL: dict[str, Function] = {
    **text.TABLE,
    **logic.TABLE,
    **numbers.TABLE,
    **nodes.TABLE,
    **moments.TABLE,
    **choices.TABLE,
    **places.TABLE,
    **seldom.TABLE,
}
