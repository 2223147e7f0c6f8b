"""What can stand on a screen in one language."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from fieldapp.config import resources_dir

_PLACE = re.compile(r" *\(?\{\w+\}\)?\s*")


def words_shown(language: str) -> frozenset[str]:
    """Every text of the catalogue, and it without the places that are filled in; of English the words in the code."""
    file = Path(resources_dir()) / "locale" / "th" / "LC_MESSAGES" / "fieldapp.po"
    with file.open("rb") as source:
        messages = [message for message in read_po(source) if message.id]
    texts: set[str] = set()
    for message in messages:
        said = message.id if language == "en" else message.string
        texts |= {said} if isinstance(said, str) else set(said)
    return frozenset(texts | {_PLACE.sub(" ", text).strip() for text in texts})
