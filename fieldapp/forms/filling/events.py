"""Which of a form's actions an event means, and which nodes they set."""

from fieldapp.forms.nodes import Node
from fieldapp.forms.xform.model import Action, Place


def concerns(action: Action, event: str, node: Node) -> bool:
    """Whether `action`, which waits for `event`, is meant when it happens at `node`."""
    if event == "xforms-value-changed" or (event == "odk-new-repeat" and action.repeat):
        place: Place = node.place
        return action.source == place.path if event == "xforms-value-changed" else action.repeat == place.path
    return True


def targets(action: Action, node: Node, top: Node) -> list[Node]:
    """The nodes an action sets: those with its path in the same instances of repeats as where it happened."""
    names = action.target.strip("/").split("/")
    chain = node.chain()[1:]
    found, depth = [top], 0
    for above, name in zip(chain, names, strict=False):
        if above.name != name:
            break
        found, depth = [above], depth + 1
    for name in names[depth:]:
        found = [child for one in found for child in one.named.get(name, ())]
    return [one for one in found if not one.children]
