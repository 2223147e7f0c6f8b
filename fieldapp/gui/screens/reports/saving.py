"""Where the figures of a ladder are saved, and saving them."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp import phrases
from fieldapp.texts import _

if TYPE_CHECKING:
    from fieldapp.reports.ladder import LadderReport


def suggested(as_of: dt.date) -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) / _("ladder {day}.xlsx").format(day=phrases.typed_day(as_of).replace("/", "-"))


def ask_for_file(parent: QWidget, suggested: Path) -> Path | None:
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Save as Excel"), str(suggested), "Excel (*.xlsx)")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")


def write_ladder(report: "LadderReport", path: Path) -> Path:
    # The spreadsheet library is heavy and wanted here only.
    from fieldapp.reports.ladder_files import as_xlsx

    path.write_bytes(as_xlsx(report))
    return path
