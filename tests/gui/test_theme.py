"""The look: readable by everyone, complete for every state, drawn from files that exist."""

import re

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fieldapp.config import resources_dir
from fieldapp.domain.states import CaseState
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.sheet import sheet
from fieldapp.gui.theme.style import apply_theme
from fieldapp.gui.theme.tokens import DARK, LIGHT, STATE_TONES, Tokens, Tone

AA_TEXT = 4.5
AA_GRAPHICS = 3.0
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def read_on(tokens: Tokens) -> list[tuple[str, str]]:
    """Words and the ground under them, wherever the app writes."""
    grounds = (tokens.ground, tokens.surface, tokens.surface_soft)
    pairs = [(text, ground) for text in (tokens.text, tokens.muted, tokens.placeholder) for ground in grounds]
    pairs += [(tokens.primary_text, ground) for ground in (*grounds, tokens.primary_soft)]
    pairs += [(tokens.text, tokens.primary_soft), (tokens.muted, tokens.primary_soft), (tokens.danger, tokens.surface)]
    pairs += [(tokens.on_primary, tokens.primary), (tokens.on_primary, tokens.primary_hover), (tokens.on_accent, tokens.accent)]
    pairs += [(tokens.on_rail, tokens.rail), (tokens.on_rail, tokens.rail_active)]
    # The tool tip, the band of practice, small words in a coloured box.
    pairs += [
        (tokens.surface, tokens.text),
        (tokens.on_primary, tokens.tone(Tone.PLUM).solid),
        (tokens.danger, tokens.tone(Tone.DANGER).soft),
    ]
    pairs += [(text, tokens.tone(tone).soft) for tone in Tone for text in (tokens.text, tokens.muted)]
    return pairs


def seen_on(tokens: Tokens) -> list[tuple[str, str]]:
    """What must be seen without words, and what it lies on: the edge of a field or a button, the ring of the keyboard, a part of a bar."""
    grounds = (tokens.ground, tokens.surface, tokens.surface_soft)
    pairs = [(edge, ground) for edge in (tokens.line_strong, tokens.danger_line, tokens.focus) for ground in grounds]
    pairs += [(tokens.focus, tokens.primary_soft), (tokens.primary_text, tokens.primary_soft), (tokens.text, tokens.primary_soft)]
    pairs += [(tokens.accent, tokens.rail), (tokens.accent, tokens.rail_active)]
    pairs += [(tokens.primary, ground) for ground in grounds] + [(tokens.primary, tokens.line)]
    pairs += [(tokens.tone(tone).solid, tokens.surface) for tone in Tone]
    return pairs


@THEMES
def test_text_is_readable_on_every_ground_it_stands_on(tokens: Tokens) -> None:
    assert [(*pair, round(contrast(*pair), 2)) for pair in read_on(tokens) if contrast(*pair) < AA_TEXT] == []


@THEMES
def test_edges_rings_and_bars_stand_out_from_what_they_lie_on(tokens: Tokens) -> None:
    assert [(*pair, round(contrast(*pair), 2)) for pair in seen_on(tokens) if contrast(*pair) < AA_GRAPHICS] == []


@THEMES
def test_no_colour_of_the_theme_is_left_unjudged(tokens: Tokens) -> None:
    judged = {colour for pair in (*read_on(tokens), *seen_on(tokens)) for colour in pair}
    colours = {name: getattr(tokens, name) for name in tokens.__slots__ if name not in ("name", "tones")}
    assert {name for name, colour in colours.items() if colour not in judged} == set()


@THEMES
@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_readable_as_a_pill_and_on_the_page(tokens: Tokens, tone: Tone) -> None:
    colours = tokens.tone(tone)
    for ground in (colours.soft, tokens.surface, tokens.ground):
        assert contrast(colours.text, ground) >= AA_TEXT, ground
    assert contrast(tokens.text, colours.soft) >= AA_TEXT


@THEMES
def test_what_marks_the_focus_stands_out(tokens: Tokens) -> None:
    assert contrast(tokens.focus, tokens.surface) >= AA_GRAPHICS
    assert contrast(tokens.accent, tokens.rail) >= AA_GRAPHICS


def test_every_state_has_a_tone() -> None:
    assert set(STATE_TONES) == set(CaseState)


@THEMES
def test_the_sheet_is_filled_in_and_names_only_pictures_that_exist(tokens: Tokens) -> None:
    icons = resources_dir() / "icons"
    text = sheet(tokens, icons.as_posix())
    assert "$" not in text
    pictures = re.findall(r'url\("([^"]+)"\)', text)
    assert pictures
    assert [path for path in pictures if not (icons / path).is_file()] == []


@pytest.mark.parametrize("path", sorted((resources_dir() / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_an_icon_draws_something_in_the_colour_asked_for(qapp: QApplication, path: object) -> None:
    stem = getattr(path, "stem", "")
    picture = pixmap(stem, "#123456", 96).toImage()
    inked = [picture.pixelColor(x, y).name() for x in range(96) for y in range(96) if picture.pixelColor(x, y).alpha() == 255]
    if "currentColor" in path.read_text():  # type: ignore[attr-defined]
        assert inked
        assert set(inked) == {"#123456"}
    else:
        assert len(set(inked)) >= 1


def test_the_theme_in_force_is_what_painting_code_gets(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    apply_theme(qapp, "dark")
    assert current() is DARK
    label.ensurePolished()
    assert label.palette().windowText().color().name().upper() == DARK.text
    apply_theme(qapp, "light")
    assert current() is LIGHT
