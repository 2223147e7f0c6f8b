"""Templates into pages: the frame around them, the filters they use, the headers they go out with."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from fastapi import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from sqlalchemy import Connection

from fieldapp import __version__, error_words, phrases, words
from fieldapp.domain import national_id, thai_dates
from fieldapp.domain.reference import School
from fieldapp.domain.states import CaseState, ListError
from fieldapp.error_words import refusals
from fieldapp.reports.places import place_name
from fieldapp.server.district import District
from fieldapp.server.forms import words as form_words
from fieldapp.server.lists import words as list_words
from fieldapp.server.office import narrow, navigation
from fieldapp.server.office.navigation import Entry
from fieldapp.server.office.refusals import words_for
from fieldapp.server.office.sessions import OfficeSession
from fieldapp.server.problems import PROBLEMS, Refused
from fieldapp.texts import LANGUAGES, _, language, ngettext

# Nothing from elsewhere, no script but ours, no frame around us.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # Children's names do not stay in a browser's cache.
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of someone who is signed in."""

    district_name: str
    person_name: str
    role: str
    navigation: tuple[Entry, ...]
    form_token: str


def frame(connection: Connection, district: District, session: OfficeSession, path: str, now: dt.datetime) -> Frame:
    return Frame(
        district.name,
        session.caller.name,
        words.of(session.caller.role),
        navigation.entries(connection, district.id, session.caller, path, now),
        session.csrf,
    )


def page(template: str, status: int = 200, **content: Any) -> Response:
    """The template as a page, with the headers that keep it where it is."""
    html = _ENVIRONMENT.get_template(template).render(lang=language(), version=__version__, languages=LANGUAGES, **content)
    return as_page(html, status)


def as_page(html: str, status: int) -> Response:
    return Response(html, status, headers=_HEADERS, media_type="text/html; charset=utf-8")


def refusal(refused: Refused) -> Response:
    """What happened, what is safe, what to do; the number of a failure finds the line in the server's log."""
    facts = refused.data
    return page(
        "refusal.html", PROBLEMS[refused.code][0], said=words_for(refused), number=facts.get("failure", ""), token=facts.get("token", "")
    )


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep; the name in ASCII."""
    headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type=media_type)


def spreadsheet(content: bytes, name: str) -> Response:
    return download(content, f"{name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def picture(content: bytes, media_type: str) -> Response:
    return Response(content, headers=_HEADERS, media_type=media_type)


def _named(members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Choices of a field: the members of a vocabulary with their words."""
    return [(member.value, words.of(member)) for member in members]


def _school_choices(schools: Iterable[School]) -> list[tuple[str, str]]:
    return [(school.code, f"{school.name} ({school.code})") for school in schools]


def _moment(at: dt.datetime) -> str:
    here = at.astimezone(thai_dates.THAI_TIME)
    return f"{phrases.day(here.date())} {here:%H:%M}"


def _percent(value: Decimal | None) -> str:
    return "–" if value is None else f"{value} %"


# The colours of the states, beside their words. The same as in the app.
_STATE_TONES: Mapping[CaseState, str] = {
    **dict.fromkeys(CaseState, "neutral"),
    CaseState.TRACING: "info",
    CaseState.FOUND: "info",
    CaseState.REFERRED: "info",
    CaseState.NOT_FOUND: "warning",
    CaseState.WANTS_RETURN: "teal",
    CaseState.RETURNED: "good",
    CaseState.NOT_RETURNED: "plum",
    CaseState.DROPPED_AGAIN: "danger",
}
# Of referrals and transfers, by their states.
_REFERRAL_TONES = {"sent": "info", "acknowledged": "info", "signed": "info", "asked": "info", "in_service": "teal", "result": "good"}
_REFERRAL_TONES |= {"accepted": "good", "returned": "warning", "refused": "warning"}
_FILTERS: Mapping[str, Any] = {
    "cards": narrow.cards,
    "number": lambda value: f"{value:,}",
    "percent": _percent,
    "day": phrases.day,
    "long_day": lambda on: phrases.long_day(on, weekday=False),
    "typed_day": phrases.typed_day,
    "month": phrases.month,
    "moment": _moment,
    "word": words.of,
    "risk_reason": words.risk_reason,
    "full_name": phrases.full_name,
    "short_name": phrases.short_name,
    "masked": national_id.masked,
    "printed": national_id.printed,
    "address": lambda who: phrases.place(who.house_no, who.moo, who.tambon_code, who.village),
    "birth": phrases.partial,
    "eligibility": phrases.eligibility,
    "list_error": lambda reason: words.of(ListError(reason)),
    "state_tone": lambda state: _STATE_TONES[state],
    "referral_tone": lambda state: _REFERRAL_TONES.get(state, ""),
    "place": place_name,
    "finding": list_words.finding_words,
    "row_state": list_words.state_words,
    "row_standing": list_words.standing_words,
    "row_weight": list_words.weight_words,
    "row_reason": list_words.reason_words,
    "built_upon": list_words.built_words,
    "stage": list_words.stage_words,
    "column": list_words.field_words,
    "form_finding": form_words.sentence,
    "form_place": form_words.place,
    "form_weight": form_words.weight,
    "form_about": form_words.about,
    "card_field": refusals.field,
    "error_words": error_words.words_for,
    "failure_words": lambda failure: error_words.words_for_code(failure["code"], failure["data"]),
}


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(_FILTERS)
    made.globals.update({"_": _, "ngettext": ngettext, "named": _named, "school_choices": _school_choices})
    return made


_ENVIRONMENT = _environment()
