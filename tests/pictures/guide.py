"""`make guide`: takes the pictures that the pages of the guide show, from the real windows, into resources/help/LANGUAGE/pictures.

A page asks for a picture by the name of its scene: `![what it shows](pictures/visit-outcome.png)`; a dialog stands alone.
"""

import re
import sys
from pathlib import Path

from PIL import Image

from fieldapp.gui.help.topics import topics
from fieldapp.texts import LANGUAGES
from tests.pictures.album import Album

_ASKED = re.compile(r"!\[[^\]]*\]\(pictures/([\w-]+)\.png\)")
_WIDTH = 1000
_COLOURS = 128


def asked_for(language: str) -> dict[str, Path]:
    """The scenes that the pages show, each with its picture's file."""
    return {name: topic.folder / "pictures" / f"{name}.png" for topic in topics(language) for name in _ASKED.findall(topic.text)}


def main() -> None:
    for language in LANGUAGES:
        wanted = asked_for(language)
        for old in (topics(language)[0].folder / "pictures").glob("*.png"):
            if old not in wanted.values():
                old.unlink()
        with Album(Path("build/guide")) as album:
            for name, file in wanted.items():
                album.take(name, language=language, file=file, alone=name.startswith("dialog-"))
                _lighten(file)
                sys.stdout.write(f"{file}: {file.stat().st_size / 1_000:.0f} kB\n")


def _lighten(file: Path) -> None:
    """Small enough to ship: as wide as a page shows it, in few colours."""
    with Image.open(file) as picture:
        small = picture.convert("RGB")
        small.thumbnail((_WIDTH, _WIDTH), Image.Resampling.LANCZOS)
        small.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
