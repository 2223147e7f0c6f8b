"""Where a paper is to be saved: asked of the person, since from there on the file is theirs to look after."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.texts import _


def ask_for_pdf(parent: QWidget, name: str) -> Path | None:
    """None where the person left it. `name` is proposed, without its ending; it tells nothing of a child, since names of files are seen by
    many."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Save as PDF"), str(Path.home() / f"{name}.pdf"), "PDF (*.pdf)")
    return Path(chosen).with_suffix(".pdf") if chosen else None
