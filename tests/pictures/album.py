"""Takes single pictures, for `make pictures` and for whoever wants one: see the package's first page."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtWidgets import QApplication

from fieldapp import texts
from fieldapp.gui.theme.style import apply_theme, make_application
from fieldapp.gui.window import SIZE
from tests.pictures import scenes_card, scenes_door, scenes_form, scenes_pages, scenes_papers, scenes_visit
from tests.pictures.desk import Desk
from tests.pictures.scene import SCENES
from tests.pictures.seats import Seats

ALL = (scenes_door, scenes_pages, scenes_card, scenes_visit, scenes_form, scenes_papers)


def names() -> list[str]:
    """Of every scene, in the order in which a person comes to them."""
    return list(SCENES)


class Album:
    """`folder` takes the pictures that are given no file of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._profiles = tempfile.TemporaryDirectory()
        self._zone = os.environ.get("TZ")
        _stand_in("Asia/Bangkok")
        found = QApplication.instance()
        self._qt = found if isinstance(found, QApplication) else make_application(sys.argv[0])
        self._seats = Seats(Path(self._profiles.name))
        self._desks: dict[tuple[int, int], Desk] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def take(
        self,
        name: str,
        theme: str = "light",
        language: str = "th",
        size: tuple[int, int] = SIZE,
        *,
        file: Path | None = None,
        alone: bool = False,
    ) -> Path:
        """The picture's file. `size` in physical pixels, `alone` for a dialog without the window under it. Raises KeyError for a scene that
        there is not."""
        with self.posed(name, theme, language, size) as desk:
            path = file or self._folder / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            desk.picture(alone=alone).save(str(path))
        return path

    @contextmanager
    def posed(self, name: str, theme: str = "light", language: str = "th", size: tuple[int, int] = SIZE) -> Iterator[Desk]:
        """The desk as the scene leaves it, and cleared afterwards."""
        wanted = SCENES[name]
        texts.use_language(language)
        apply_theme(self._qt, theme)
        ratio = self._qt.devicePixelRatio()
        logical = (int(size[0] / ratio), int(size[1] / ratio))
        if logical not in self._desks:
            self._desks[logical] = Desk(self._seats, logical)
        desk = self._desks[logical]
        try:
            wanted.pose(desk)
            desk.settle()
            yield desk
        finally:
            desk.clear()

    def close(self) -> None:
        for desk in self._desks.values():
            desk.leave()
        self._profiles.cleanup()
        _stand_in(self._zone)


def _stand_in(zone: str | None) -> None:
    """Hours are said in the computer's zone."""
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    if hasattr(time, "tzset"):
        time.tzset()
