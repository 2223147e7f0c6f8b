"""Secondary instances: tables inside the form, or attached as CSV or XML. Rows are /root/item[…]/column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError, Problem
from fieldapp.forms.reading import Element, node_of, read_xml, subtree

LARGEST_TABLE = 20_000_000
MOST_CELLS = 2_000_000


def read_instances(
    model: Element,
    primary: Element,
    attachments: Mapping[str, bytes],
    prefixes: Mapping[str, str],
    problems: list[Problem],
    warnings: list[Problem],
) -> dict[str, Node]:
    """Instance id -> the node above its outermost element. A broken file is a problem, a missing one a warning."""
    found: dict[str, Node] = {}
    for element in model.every("instance"):
        name = element.attributes.get("id", "")
        if element is primary or not name:
            continue
        source = element.attributes.get("src", "")
        if not source:
            top = Node("")
            for child in element.children[:1]:
                top.append(subtree(child, dict(prefixes)))
            found[name] = top
            continue
        if "last-saved" in source:
            found[name] = Node("")
            continue
        file_name = source.rpartition("/")[2]
        raw = attachments.get(file_name)
        if raw is None:
            # An old draft must open though its table is lost; whoever publishes looks at the warnings.
            warnings.append(Problem("form.file_missing", f"instance/{name}", {"file": file_name[:120]}))
            found[name] = Node("")
            continue
        try:
            found[name] = read_table(raw, file_name)
        except FormError as wrong:
            problems.append(Problem(wrong.code, f"instance/{name}", {**wrong.data, "file": file_name[:120]}))
            found[name] = Node("")
    return found


def read_table(raw: bytes, file_name: str) -> Node:
    """An attached table. Raises FormError form.csv_broken, xml.…"""
    if file_name.lower().endswith(".geojson"):
        return places_of(raw)
    if not file_name.lower().endswith(".csv"):
        return node_of(read_xml(raw))
    if len(raw) > LARGEST_TABLE:
        raise FormError("xml.too_big", size=len(raw), limit=LARGEST_TABLE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise FormError("form.csv_broken", reason="not_utf8") from wrong
    return rows_of(text)


def places_of(raw: bytes) -> Node:
    """GeoJSON: an item for each feature, with its properties, id and, of a point, its geometry as a geopoint."""
    try:
        features = json.loads(raw)["features"]
        top, root = Node(""), Node("root")
        top.append(root)
        for feature in features:
            item = Node("item")
            columns = {"id": feature.get("id", ""), **(feature.get("properties") or {})}
            geometry = feature.get("geometry") or {}
            if geometry.get("type") == "Point":
                longitude, latitude = geometry["coordinates"][:2]
                columns["geometry"] = f"{latitude} {longitude} 0 0"
            for name, value in columns.items():
                item.append(Node(name, "" if value is None else str(value)))
            root.append(item)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise FormError("form.csv_broken", reason="not_geojson") from wrong
    return top


def rows_of(text: str) -> Node:
    """CSV with a heading row; commas, semicolons or tabs, whichever the heading has most of."""
    heading_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    top, root = Node(""), Node("root")
    top.append(root)
    cells = 0
    try:
        headings = [heading.strip() for heading in next(rows, [])]
        if not any(headings):
            raise FormError("form.csv_broken", reason="no_headings")
        for row in rows:
            if not any(row):
                continue
            item = Node("item")
            cells += len(row)
            if cells > MOST_CELLS:
                raise FormError("xml.too_many_nodes", limit=MOST_CELLS)
            for at, heading in enumerate(headings):
                if heading:
                    item.append(Node(heading, row[at].strip() if at < len(row) else ""))
            root.append(item)
    except csv.Error as wrong:
        raise FormError("form.csv_broken", row=rows.line_num) from wrong
    return top
