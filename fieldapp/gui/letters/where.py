"""Saving a paper where the person wants it, since from there on the file is theirs to look after."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.gui.widgets.message import Message
from fieldapp.texts import _


def write_paper(path: Path, content: bytes, message: Message, after: str) -> bool:
    """Says whether it was written; `after`: what the person is to do or know about the file."""
    try:
        path.write_bytes(content)
    except OSError:
        message.show_warning(_("The file could not be written there."), _("Choose another place."))
        return False
    message.show_good(_("Saved: {name}").format(name=path.name), after)
    return True


def ask_for_pdf(parent: QWidget, name: str) -> Path | None:
    """None where the person left it. `name` is proposed, without its ending; it tells nothing of a child, since names of files are seen by
    many."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Save as PDF"), str(Path.home() / f"{name}.pdf"), "PDF (*.pdf)")
    return Path(chosen).with_suffix(".pdf") if chosen else None
