"""The telephone numbers of help that hold where a district has set none: the national ones, day and night and free of charge."""

from fieldapp.domain.help_line import HelpLine
from fieldapp.texts import _, mark

_USUAL = (
    ("191", mark("Police"), mark("When someone is in danger now")),
    ("1669", mark("Ambulance"), mark("When someone is hurt or seriously ill")),
    ("1300", mark("Social help centre"), mark("Violence, abuse, a child without anybody; day and night")),
    ("1387", mark("Childline"), mark("A child who wants to talk, or needs protection")),
    ("1323", mark("Mental health hotline"), mark("Thoughts of self-harm, stress")),
)


def usual_lines() -> tuple[HelpLine, ...]:
    """In the language that is spoken now."""
    return tuple(HelpLine(number, _(name), _(what_for)) for number, name, what_for in _USUAL)
