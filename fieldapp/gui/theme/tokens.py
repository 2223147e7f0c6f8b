"""The named values of the look, light and dark: the only place with a colour, a radius or a type size.

The style sheet and the painting code read them; contrast is checked by a test from these very numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

RADIUS_SMALL = 8
RADIUS = 10
RADIUS_LARGE = 14
TARGET = 44
# Where the full height would crowd; less is too small for a finger.
TARGET_SMALL = 40
RAIL_WIDTH = 88
TOP_BAR_HEIGHT = 60
# Pages of settings and text are not stretched over a wide window.
PAGE_WIDTH = 960

SMALL = 13
BODY = 15
HEADING = 16
TITLE = 20
FIGURE = 28


def space(steps: int) -> int:
    """Distances come in steps of 4 px."""
    return 4 * steps


class Tone(StrEnum):
    """What a colour means, whatever its value is in the theme."""

    NEUTRAL = "neutral"
    INFO = "info"
    TEAL = "teal"
    GOOD = "good"
    PLUM = "plum"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class ToneColours:
    """`text` is readable on `soft` and on the surface; `solid` fills bars and dots."""

    soft: str
    text: str
    solid: str


@dataclass(frozen=True, slots=True)
class Tokens:
    name: str
    ground: str
    surface: str
    surface_soft: str
    line: str
    line_strong: str
    text: str
    muted: str
    placeholder: str
    primary: str
    primary_hover: str
    on_primary: str
    primary_soft: str
    primary_text: str
    rail: str
    rail_active: str
    on_rail: str
    accent: str
    on_accent: str
    danger: str
    danger_line: str
    focus: str
    tones: Mapping[Tone, ToneColours]

    def tone(self, tone: Tone) -> ToneColours:
        return self.tones[tone]


LIGHT = Tokens(
    name="light",
    ground="#F4F6F4",
    surface="#FFFFFF",
    surface_soft="#F7F9F7",
    line="#E2E7E3",
    line_strong="#7F8D88",
    text="#1B2A29",
    muted="#5C6B69",
    placeholder="#66736F",
    primary="#0F6B66",
    primary_hover="#0B5753",
    on_primary="#FFFFFF",
    primary_soft="#E3F0EE",
    primary_text="#0F6B66",
    rail="#0E4F4B",
    rail_active="#17635E",
    on_rail="#EAF4F2",
    accent="#E9A23B",
    on_accent="#2B1D05",
    danger="#9C2317",
    danger_line="#C8695D",
    focus="#2F8F88",
    tones={
        Tone.NEUTRAL: ToneColours("#ECEFEC", "#4B5856", "#85938E"),
        Tone.INFO: ToneColours("#E1EBF9", "#1D4F88", "#2F6FB0"),
        Tone.TEAL: ToneColours("#D9F1EA", "#0D6350", "#1F8A70"),
        Tone.GOOD: ToneColours("#DFF2E1", "#1E6429", "#2E8B3D"),
        Tone.PLUM: ToneColours("#F5E2EC", "#7B2F57", "#8A4B6B"),
        Tone.WARNING: ToneColours("#FCEBD3", "#7D4A05", "#C98324"),
        Tone.DANGER: ToneColours("#FBE2DF", "#9C2317", "#B53A2C"),
    },
)

DARK = Tokens(
    name="dark",
    ground="#101817",
    surface="#182221",
    surface_soft="#1D2928",
    line="#2A3735",
    line_strong="#6A7B77",
    text="#E8EFED",
    muted="#A2B1AE",
    placeholder="#93A29F",
    primary="#2C8C84",
    primary_hover="#35A097",
    on_primary="#03110F",
    primary_soft="#1B3836",
    primary_text="#6CCFC5",
    rail="#0B2F2D",
    rail_active="#15504B",
    on_rail="#DCECE9",
    accent="#E9A23B",
    on_accent="#2B1D05",
    danger="#FF9E92",
    danger_line="#A85C52",
    focus="#6CCFC5",
    tones={
        Tone.NEUTRAL: ToneColours("#2A3735", "#C3CFCC", "#6F807C"),
        Tone.INFO: ToneColours("#1B3049", "#A5CAF5", "#4F90D4"),
        Tone.TEAL: ToneColours("#12382F", "#7FDCC1", "#2FA487"),
        Tone.GOOD: ToneColours("#17371D", "#93DD9E", "#46A656"),
        Tone.PLUM: ToneColours("#3C2431", "#EDB0CF", "#B0688D"),
        Tone.WARNING: ToneColours("#3D2C12", "#F3C27D", "#D9953A"),
        Tone.DANGER: ToneColours("#45201C", "#FFADA3", "#D4594A"),
    },
)

# By the state's code: members of CaseState find their tone here, and the first window need not load the domain.
STATE_TONES: Mapping[str, Tone] = {
    "listed": Tone.NEUTRAL,
    "checked": Tone.NEUTRAL,
    "list_error": Tone.NEUTRAL,
    "assigned": Tone.NEUTRAL,
    "tracing": Tone.INFO,
    "found": Tone.INFO,
    "not_found": Tone.WARNING,
    "wants_return": Tone.TEAL,
    "returned": Tone.GOOD,
    "not_returned": Tone.PLUM,
    "referred": Tone.INFO,
    "dropped_again": Tone.DANGER,
    "withdrawn": Tone.NEUTRAL,
}
