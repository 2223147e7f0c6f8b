"""The finished submission: end time, the record's number, and only what is relevant."""

from __future__ import annotations

import uuid

from fieldapp.forms.answers import written
from fieldapp.forms.filling.drafts import to_xml
from fieldapp.forms.filling.preload import Device
from fieldapp.forms.nodes import Node
from fieldapp.forms.xform.model import Bind
from fieldapp.forms.xform.reader import FormDefinition


def last_word(bind: Bind, node: Node, device: Device) -> str | None:
    """What a node gets at the very end; None where nothing."""
    if bind.preload == "timestamp" and bind.preload_parameters == "end":
        return written("dateTime", device.now(), device.zone)[0]
    if node.name == "instanceID" and not node.text:
        return f"uuid:{uuid.uuid4()}"
    return None


def submission(definition: FormDefinition, root: Node) -> str:
    return to_xml(definition, root, keep=lambda node: node.relevant)
