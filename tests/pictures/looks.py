"""In which looks the pictures are taken, and the screens that Qt is told it has."""

import json
import os
from dataclasses import dataclass
from itertools import product
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Look:
    """`size` in physical pixels; at a scale of 1.25 the window has as many logical ones as fit."""

    theme: str
    language: str
    size: tuple[int, int]
    scale: float

    @property
    def name(self) -> str:
        return f"{self.size[0]}x{self.size[1]}-{round(self.scale * 100)}-{self.theme}-{self.language}"


_SIZES = (((1366, 768), 1.0), ((1366, 768), 1.25), ((1920, 1080), 1.0))
LOOKS = tuple(Look(theme, language, size, scale) for (size, scale), theme, language in product(_SIZES, ("light", "dark"), ("th", "en")))


def environment(look: Look, folder: Path) -> dict[str, str]:
    """For a process that draws in this look. `folder` takes the description of its screen."""
    folder.mkdir(parents=True, exist_ok=True)
    screen = folder / f"screen-{look.size[0]}x{look.size[1]}.json"
    (width, height) = look.size
    described = {"name": "laptop", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screen.write_text(json.dumps({"screens": [described]}), encoding="utf-8")
    return {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}", "QT_SCALE_FACTOR": str(look.scale)}
