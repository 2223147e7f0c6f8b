"""The one style sheet, written from the tokens. Widgets choose from it by the dynamic properties `role`, `variant` and `tone`."""

from string import Template

from fieldapp.gui.theme.tokens import (
    BODY,
    FIGURE,
    HEADING,
    RADIUS,
    RADIUS_LARGE,
    RADIUS_SMALL,
    SMALL,
    TARGET,
    TARGET_SMALL,
    TITLE,
    Tokens,
    Tone,
    ToneColours,
)

_SHEET = """
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[role="page"] { background: $ground; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius_large}px; }
QFrame[role="soft"] { background: $surface_soft; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="choice"] { background: $surface; border: 1px solid $line_strong; border-radius: ${radius}px; }
QFrame[role="divider"] { background: $line; border: none; }
QFrame[role="top-bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="rail"] { background: $rail; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[role="scroll"] { background: transparent; border: none; }

QLabel { background: transparent; border: none; font-size: ${body}px; }
QLabel[role="small"] { font-size: ${small}px; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small-muted"] { font-size: ${small}px; color: $muted; }
QLabel[role="link"] { color: $primary_text; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="figure"] { font-size: ${figure}px; font-weight: 600; }
QLabel[on-rail="true"] { color: $on_rail; }

QPushButton { background: $surface; color: $text; border: 1px solid $line_strong; border-radius: ${radius}px;
  padding: 0 17px; min-height: ${button}px; font-size: ${body}px; font-weight: 600; }
QPushButton:hover { background: $surface_soft; border-color: $muted; }
QPushButton:pressed { background: $primary_soft; }
QPushButton:focus { border: 2px solid $focus; padding: 0 16px; min-height: ${button_focus}px; }
QPushButton:disabled { color: $placeholder; border-color: $line; background: $surface_soft; }
QPushButton[variant="primary"] { background: $primary; color: $on_primary; border-color: $primary; }
QPushButton[variant="primary"]:hover { background: $primary_hover; border-color: $primary_hover; }
QPushButton[variant="primary"]:focus { border-color: $text; }
QPushButton[variant="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[variant="danger"] { color: $danger; border-color: $danger_line; }
QPushButton[variant="danger"]:hover { background: $danger_soft; border-color: $danger; }
QPushButton[variant="link"] { background: transparent; border: none; color: $primary_text; padding: 0 6px; }
QPushButton[variant="link"]:hover { text-decoration: underline; }
QPushButton[variant="link"]:focus { border: 2px solid $focus; padding: 0 4px; }
QPushButton[variant="chip"] { border-radius: ${chip_radius}px; min-height: ${chip}px; padding: 0 14px; font-weight: 400;
  font-size: ${body}px; }
QPushButton[variant="chip"]:focus { border: 2px solid $focus; padding: 0 13px; min-height: ${chip_focus}px; }
QPushButton[variant="chip"]:checked { background: $primary_soft; border-color: $primary_text; color: $primary_text; }
QPushButton[variant="chip"][filled="true"]:checked { background: $primary; border-color: $primary; color: $on_primary; }
QPushButton[variant="small"] { min-height: ${small_button}px; padding: 0 13px; font-size: ${small}px; }
QPushButton[variant="small"]:focus { min-height: ${small_button_focus}px; padding: 0 12px; }
/* What is seen is a pill; a finger has the margin as well. */
QPushButton[variant="pill"] { border-radius: 13px; min-height: 24px; padding: 0 11px; margin: 7px 0;
  font-size: ${small}px; font-weight: 400; }
QPushButton[variant="pill"]:focus { border: 2px solid $focus; padding: 0 10px; min-height: 22px; }
QPushButton[variant="tile"] { background: $surface; padding: 0; min-height: 66px; }
QPushButton[variant="tile"]:focus { min-height: 64px; padding: 0; }
QPushButton[variant="tile"]:checked { background: $primary_soft; border: 2px solid $primary_text; }
QPushButton[variant="on-rail"] { background: transparent; border: 1px solid transparent; color: $on_rail; font-weight: 400;
  min-height: ${small_button}px; padding: 0 11px; font-size: ${small}px; }
QPushButton[variant="on-rail"]:hover { background: $rail_active; }
QPushButton[variant="on-rail"]:checked { background: $rail_active; font-weight: 600; }
QPushButton[variant="on-rail"]:focus { border: 2px solid $accent; padding: 0 10px; min-height: ${small_button_focus}px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${radius}px; padding: 0 8px;
  min-height: ${button}px; min-width: 26px; color: $text; }
QToolButton:hover { background: $primary_soft; }
QToolButton:focus { border: 2px solid $focus; padding: 0 7px; min-height: ${button_focus}px; }
QToolButton[variant="field"] { border: none; min-height: 0; min-width: 0; padding: 0 4px; border-radius: ${radius_small}px; }
QToolButton[variant="field"]:focus { background: $primary_soft; }
QToolButton[variant="reveal"] { min-height: ${reveal}px; min-width: ${reveal}px; padding: 0; border: 2px solid transparent; }
QToolButton[variant="reveal"]:focus { border-color: $focus; min-height: ${reveal}px; padding: 0; }
QToolButton[variant="rail"] { color: $on_rail; border: 2px solid transparent; border-radius: ${radius}px; padding: 5px 0 1px 0;
  min-height: 0; font-size: ${small}px; }
QToolButton[variant="rail"]:hover { background: $rail_active; }
QToolButton[variant="rail"]:checked { background: $rail_active; font-weight: 600; }
QToolButton[variant="rail"]:focus { border-color: $accent; }
QLineEdit QToolButton { border: none; min-height: 0; min-width: 0; padding: 0; }
QLineEdit QToolButton:focus { border: 2px solid $focus; min-height: 0; padding: 0; }
QLineEdit QToolButton:hover { background: transparent; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox { background: $surface; color: $text; border: 1px solid $line_strong;
  border-radius: ${radius}px; padding: 0 13px; font-size: ${body}px;
  selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox { min-height: ${button}px; }
QPlainTextEdit, QTextEdit { padding: 8px 10px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus { border: 2px solid $focus; padding: 0 12px; }
QLineEdit:focus, QComboBox:focus { min-height: ${button_focus}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 7px 9px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $surface_soft; color: $muted; }
QLineEdit[invalid="true"] { border-color: $danger; }
QLineEdit[variant="search"] { background: $surface_soft; min-height: 38px; padding: 0 10px 0 0; }
QLineEdit[variant="search"]:focus { background: $surface; min-height: 36px; padding: 0 9px 0 0; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; padding: 0; min-height: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 34px; }
QComboBox::down-arrow { image: url("$icons/chevron-down-$theme.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line_strong; selection-background-color: $primary_soft;
  selection-color: $text; outline: none; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 38px; padding: 0 8px; }

QCheckBox, QRadioButton { background: transparent; spacing: 10px; min-height: 40px; font-size: ${body}px; }
QCheckBox::indicator, QRadioButton::indicator { width: 20px; height: 20px; border: 1px solid $line_strong; background: $surface; }
QCheckBox::indicator { border-radius: 5px; }
QRadioButton::indicator { border-radius: 11px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus; width: 18px; height: 18px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$icons/tick-$theme.svg"); }
QRadioButton::indicator:checked { background: $surface; border: 6px solid $primary; width: 10px; height: 10px; }

QProgressBar { background: $line; border: none; border-radius: 5px; min-height: 10px; max-height: 10px; }
QProgressBar::chunk { background: $primary; border-radius: 5px; }

QPushButton[variant="tab"] { background: transparent; color: $muted; border: none; border-bottom: 3px solid transparent; border-radius: 0;
  padding: 2px 6px 0 6px; min-height: ${tab}px; min-width: ${tab_width}px; font-weight: 400; }
QPushButton[variant="tab"]:hover { color: $text; }
QPushButton[variant="tab"]:checked { color: $primary_text; font-weight: 600; border-bottom-color: $primary_text; }
QPushButton[variant="tab"]:focus { border: 2px solid $focus; border-radius: ${radius_small}px; padding: 1px 4px 0 4px; }

QTableView, QTreeView, QListView { background: $surface; border: none; outline: none; gridline-color: $line;
  selection-background-color: $primary_soft; selection-color: $text; font-size: ${body}px; }
QListView[role="choices"], QListView[role="picks"] { border: 1px solid $line_strong; border-radius: ${radius}px; padding: 4px; }
QListView[role="choices"]:focus, QListView[role="picks"]:focus { border: 2px solid $focus; padding: 3px; }
QListView[role="picks"]::item { padding: 0 8px; border-radius: 6px; }
QListView[role="picks"]::item:selected { background: $primary_soft; color: $text; }
QListView::indicator { width: 20px; height: 20px; border: 1px solid $muted; border-radius: 5px; background: $surface; }
QListView::indicator:checked { background: $primary; border-color: $primary; image: url("$icons/tick-$theme.svg"); }
QHeaderView { background: $surface_soft; border: none; }
QHeaderView::section { background: $surface_soft; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 7px 6px; font-size: ${small}px; font-weight: 400; }

QMenu { background: $surface; border: 1px solid $line_strong; padding: 6px; }
QMenu::item { padding: 11px 22px 11px 14px; border-radius: 6px; }
QMenu::item:selected { background: $primary_soft; color: $text; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QToolTip { background: $text; color: $surface; border: none; padding: 6px 9px; font-size: ${small}px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 40px; }
QScrollBar::handle:horizontal { min-width: 40px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QCalendarWidget QWidget { alternate-background-color: $surface_soft; }
QCalendarWidget QAbstractItemView { background: $surface; selection-background-color: $primary; selection-color: $on_primary; }
QSplitter::handle { background: transparent; }
QFrame[role="practice"] { background: $practice; }
QFrame[role="practice"] QLabel { color: $on_primary; }
QPushButton[variant="practice"] {
  background: transparent; color: $on_primary; border: 1px solid $on_primary; border-radius: ${radius_small}px;
  padding: 0 14px; min-height: ${small_button}px; font-weight: 600;
}
QPushButton[variant="practice"]:focus { border: 3px solid $on_primary; }
$tone_rules
"""


def sheet(tokens: Tokens, icons: str) -> str:
    """The style sheet of one theme; `icons` is the folder of the few pictures that a style sheet can only take from files."""
    values = {name: getattr(tokens, name) for name in tokens.__slots__ if name not in ("name", "tones")}
    return Template(_SHEET).substitute(
        values,
        theme=tokens.name,
        icons=icons,
        practice=tokens.tones[Tone.PLUM].solid,
        danger_soft=tokens.tones[Tone.DANGER].soft,
        tone_rules="\n".join(_tone_rules(tone, colours) for tone, colours in tokens.tones.items()),
        radius=RADIUS,
        radius_small=RADIUS_SMALL,
        radius_large=RADIUS_LARGE,
        small=SMALL,
        body=BODY,
        heading=HEADING,
        title=TITLE,
        figure=FIGURE,
        button=TARGET - 2,
        button_focus=TARGET - 4,
        small_button=TARGET_SMALL - 2,
        small_button_focus=TARGET_SMALL - 4,
        tab=TARGET_SMALL - 5,
        tab_width=TARGET_SMALL - 12,
        reveal=TARGET_SMALL - 4,
        chip=TARGET_SMALL - 2,
        chip_focus=TARGET_SMALL - 4,
        chip_radius=TARGET_SMALL // 2,
    )


def _tone_rules(tone: Tone, colours: ToneColours) -> str:
    pill = f'QPushButton[variant="pill"][tone="{tone}"]'
    return (
        f'QLabel[tone="{tone}"] {{ color: {colours.text}; }}\n'
        f"{pill} {{ background: {colours.soft}; color: {colours.text}; border-color: {colours.soft}; }}\n"
        f"{pill}:hover {{ border-color: {colours.text}; }}"
    )
