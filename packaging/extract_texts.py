"""`make texts`: collects the words of the source into the Thai catalogue, keeping what is translated, and says what is missing."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
THAI = ROOT / "resources" / "locale" / "th" / "LC_MESSAGES" / "fieldapp.po"
KEYWORDS = {"_": None, "mark": None, "ngettext": (1, 2)}


def words_in_source() -> Catalog:
    """Every message that the source marks, without places: line numbers would make every diff a large one."""
    found = Catalog(locale="th", project="fieldapp", charset="utf-8", fuzzy=False)
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
    for _file, _line, message, _comments, context in extract_from_dir(str(ROOT / "fieldapp"), methods, keywords=KEYWORDS):
        found.add(message, context=context)
    return found


def thai_words() -> Catalog:
    with THAI.open("rb") as file:
        return read_po(file, locale="th")


def missing(source: Catalog, thai: Catalog) -> list[str]:
    """Messages of the source that have no Thai."""
    lost = []
    for message in source:
        if not message.id:
            continue
        known = thai.get(message.id, context=message.context)
        translated = known and (all(known.string) if isinstance(known.string, tuple) else known.string)
        if not translated:
            lost.append(str(message.id))
    return lost


def main() -> int:
    source, thai = words_in_source(), thai_words()
    for message in source:
        known = thai.get(message.id, context=message.context) if message.id else None
        if known:
            message.string = known.string
    with THAI.open("wb") as file:
        write_po(file, source, sort_output=True, width=120, ignore_obsolete=True)
    lost = missing(source, source)
    print(f"{len(source)} messages, {len(lost)} without Thai", *lost, sep="\n  ")  # noqa: T201 - this is what the command is for
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
