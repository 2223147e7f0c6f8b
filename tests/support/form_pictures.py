"""A picture of every page of every instrument that is about a child or a house, in the real window, for people to look at.

`python -m tests.support.form_pictures FOLDER [--theme dark] [--scale 1.25] [NAME …]`
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

WINDOW = (1366, 768)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--scale", type=float, default=1.0)
    given = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = str(given.scale)
    _take(given)


def _take(given: argparse.Namespace) -> None:
    # Qt reads its scale when it is loaded.
    from PySide6.QtWidgets import QWidget

    from fieldapp.gui.theme.style import apply_theme, make_application
    from fieldapp.server import database, embedded
    from tests.support.district import database_folder
    from tests.support.form_day import form_day
    from tests.support.instrument_answers import ANSWERS

    qt = make_application(sys.argv[0])
    names = given.names or sorted(ANSWERS)
    given.folder.mkdir(parents=True, exist_ok=True)
    with database_folder() as data, tempfile.TemporaryDirectory() as folder:
        engine = database.open_engine(embedded.start(data))
        database.migrate(engine)
        with form_day(engine, Path(folder), names, qt) as day:
            apply_theme(qt, given.theme)
            window = day.application.window
            window.resize(*(round(side / given.scale) for side in WINDOW))
            for name in names:

                def take(page: str, over: QWidget | None, name: str = name) -> None:
                    (over or window).grab().save(str(given.folder / f"{name}-{page}.png"))

                hands = day.fill(name, take)
                sys.stdout.write(f"{name}: {hands.pages} pages, missing {hands.missing()}\n")
                day.finish(hands)
            sys.stdout.write(f"synced: {day.sync()}\n")
        engine.dispose()


if __name__ == "__main__":
    main()
