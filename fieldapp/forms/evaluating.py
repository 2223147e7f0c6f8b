"""One expression against one document: how others put cases to the engine."""

import datetime as dt
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError
from fieldapp.forms.reading import node_of, read_xml
from fieldapp.forms.xpath.compiler import compile_expression
from fieldapp.forms.xpath.context import Context, Plain
from fieldapp.forms.xpath.values import unpack

_STEP = re.compile(r"([^\[\]/]+)(?:\[(\d+)\])?")


def evaluate(
    expression: str,
    instance_xml: str,
    context_path: str,
    timezone: dt.tzinfo | str | None = None,
    today: dt.date | None = None,
) -> bool | float | str | dt.date | dt.datetime:
    """What `expression` comes to with the node at `context_path` as its context.

    `context_path` is absolute; a step may carry a position (/data/rep[2]/x), without one the first is meant. `timezone` (a name or a
    tzinfo, default UTC) is where days begin; `today` fixes today(). Nodes come back as the value of the first one, "" where there is
    none. Text in the document has no types. Raises FormError: the expression's or the document's code, form.no_such_node for the context.
    """
    zone = zone_of(timezone)
    document = node_of(read_xml(instance_xml))
    node = find(document, context_path)
    if node is None:
        raise FormError("form.no_such_node", context_path)
    return unpack(compile_expression(expression)(Context(node, Plain(zone=zone, day=today))))


def zone_of(timezone: dt.tzinfo | str | None) -> dt.tzinfo:
    """Raises FormError xpath.arguments for a name that no zone has."""
    if timezone is None:
        return dt.UTC
    if isinstance(timezone, str):
        try:
            return ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
            raise FormError("xpath.arguments", timezone=timezone[:40]) from wrong
    return timezone


def find(top: Node, path: str) -> Node | None:
    """The node below `top` at an absolute path with positions; None where there is none."""
    node = top
    for written in path.strip("/").split("/") if path.strip("/") else ():
        match = _STEP.fullmatch(written)
        if match is None:
            return None
        among = node.named.get(match[1].rpartition(":")[2])
        at = int(match[2] or 1) - 1
        if not among or not 0 <= at < len(among):
            return None
        node = among[at]
    return node
