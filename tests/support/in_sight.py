"""Everything that a person or a screen reader could find at this moment: words, names, tool tips, titles, of windows that are there."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

_TEXTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def words_in_sight() -> str:
    """Of all visible widgets of all windows."""
    found: list[str] = [window.title() for window in QGuiApplication.topLevelWindows() if window.isVisible()]
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            found.append(top.windowTitle())
            found += [word for widget in (top, *top.findChildren(QWidget)) if widget.isVisible() for word in _words(widget)]
    return "\n".join(found)


def words_a_screen_reader_finds() -> str:
    """Of everything below every window that the system knows, whether it calls itself invisible or not."""
    found: list[str] = []
    for window in QGuiApplication.topLevelWindows():
        root = window.accessibleRoot()
        if root is not None:
            found += _below(root)
    return "\n".join(found)


def _below(node: QAccessibleInterface) -> Iterator[str]:
    for kind in _TEXTS:
        yield node.text(kind)
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from _below(child)


def _words(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
