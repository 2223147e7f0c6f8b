"""The number of a filled copy in its XML: the same answers may be kept for each child of a house, each copy under its own number."""

from fieldapp.forms.problems import FormError
from fieldapp.forms.reading import read_xml


def numbered(xml: str, number: str) -> str:
    """The instance with this `meta/instanceID`. Raises FormError form.no_such_node where it has none to replace, xml.broken."""
    root = read_xml(xml).root
    metas = [one for one in root.children if one.local == "meta"]
    held = next((one.text.strip() for meta in metas for one in meta.children if one.local == "instanceID"), "")
    if not held or xml.count(f">{held}<") != 1:
        raise FormError("form.no_such_node", "meta/instanceID")
    return xml.replace(f">{held}<", f">{number}<")
