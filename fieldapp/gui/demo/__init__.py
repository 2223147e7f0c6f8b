"""`fieldapp demo`: an embedded district server with the sample district, and the app on it.

With a screen the app opens as a teacher. Without one the same story is walked through the real windows, offscreen, and leaves pictures
and `summary.json`. The server is a process of its own; this package drives windows as a person's hands would and asks the office's own
command for the district's figures.
"""

import os
from dataclasses import replace
from pathlib import Path

from fieldapp.config import Settings


def run_demo(settings: Settings, *, headless: bool, output: Path) -> int:
    """Run the demo; returns the process' exit code: 0 only if everything of the story happened."""
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from fieldapp.gui.demo.story import tell_story

        return tell_story(settings, output)
    from fieldapp.gui.demo.guided import show_app

    return show_app(replace(settings, data_dir=settings.data_dir / "laptop"), settings.data_dir / "server")
