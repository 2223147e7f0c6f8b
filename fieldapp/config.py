"""Where things are and how the program was asked to run. The only reader of the environment and of platformdirs."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "fieldapp"


@dataclass(frozen=True, slots=True)
class Settings:
    """`data_dir` holds the laptop's profiles or the server's data; `resources` the files that are shipped beside the code;
    `has_screen` tells whether a window can be shown; `language` is '' for what the person chose."""

    data_dir: Path
    resources: Path
    language: str
    has_screen: bool


def load(data_dir: Path | None = None) -> Settings:
    """Settings from the command line's data folder, FIELDAPP_DATA, FIELDAPP_LANGUAGE and the platform's own places."""
    chosen = data_dir or _path_from(os.environ.get("FIELDAPP_DATA"))
    return Settings(
        data_dir=chosen or Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)),
        resources=resources_dir(),
        language=os.environ.get("FIELDAPP_LANGUAGE", ""),
        has_screen=_has_screen(),
    )


def resources_dir() -> Path:
    """`resources/` beside the package in a checkout, inside the package in an installed wheel or bundle."""
    package = Path(__file__).resolve().parent
    inside = package / "_resources"
    return inside if inside.is_dir() else package.parent / "resources"


def _path_from(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None


def _has_screen() -> bool:
    if os.name == "nt" or os.uname().sysname == "Darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
