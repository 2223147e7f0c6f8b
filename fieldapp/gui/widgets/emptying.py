"""Taking everything out of a layout whose lines are about to be made anew."""

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Hidden first: a widget that is deleted later would be seen once more in the wrong place."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
