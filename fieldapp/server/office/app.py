"""The pages under /office, and their errors, which are pages too."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.types import ASGIApp

from fieldapp.errors import SetupError
from fieldapp.server.office import (
    audit,
    cases,
    devices,
    files,
    inbox,
    overview,
    papers,
    refill,
    safety,
    showing,
    signing_in,
    teams,
    twins,
    welcome,
)
from fieldapp.server.office.assigning import choosing, one_plan, to_whom
from fieldapp.server.office.desk import language_of
from fieldapp.server.office.instruments import answers as instrument_answers
from fieldapp.server.office.instruments import index as instruments
from fieldapp.server.office.instruments import preview as instrument_preview
from fieldapp.server.office.lists import index as lists
from fieldapp.server.office.lists import preview, row
from fieldapp.server.office.people import bulk as people_bulk
from fieldapp.server.office.people import index as people_index
from fieldapp.server.office.people import person, slips
from fieldapp.server.office.referrals import index as referrals
from fieldapp.server.office.referrals import transfers
from fieldapp.server.office.refusals import form_word
from fieldapp.server.office.reports import answers, aspects, by, copies, index, overall, rounds, work
from fieldapp.server.office.risks import care, going_out
from fieldapp.server.office.risks import index as risk_list
from fieldapp.server.office.settings import agencies, causes, general, protection
from fieldapp.server.office.settings import schools as settings_schools
from fieldapp.server.office.trips import children as trip_children
from fieldapp.server.office.trips import plan as trip_plan
from fieldapp.server.office.year import calendar, glance, indicators, register, schools
from fieldapp.server.photos.store import NoRoom
from fieldapp.server.problems import PROBLEMS, Refused, database_refusal, server_full
from fieldapp.texts import speaking

PATH = "/office"
PAGES: tuple[APIRouter, ...] = (
    signing_in.router,
    files.router,
    overview.router,
    lists.router,
    preview.router,
    row.router,
    risk_list.router,
    going_out.router,
    care.router,
    cases.router,
    papers.router,
    referrals.router,
    transfers.router,
    choosing.router,
    to_whom.router,
    one_plan.router,
    teams.router,
    inbox.router,
    twins.router,
    trip_plan.router,
    trip_children.router,
    index.router,
    by.router,
    overall.router,
    work.router,
    rounds.router,
    answers.router,
    aspects.router,
    copies.router,
    welcome.router,
    people_index.router,
    people_bulk.router,
    slips.router,
    person.router,
    devices.router,
    audit.router,
    safety.router,
    glance.router,
    calendar.router,
    indicators.router,
    schools.router,
    register.router,
    instruments.router,
    instrument_answers.router,
    instrument_preview.router,
    general.router,
    agencies.router,
    settings_schools.router,
    protection.router,
    causes.router,
)


def pages() -> ASGIApp:
    """To be mounted in an application whose state has the server."""
    router = APIRouter(redirect_slashes=False)
    for one in PAGES:
        router.include_router(one)
    handlers: dict[Any, Callable[[Request, Any], Response]] = {
        Refused: _refusal(lambda error: error),
        RequestValidationError: _refusal(lambda error: Refused("wrong_value")),
        HTTPException: _refusal(_http),
        OperationalError: _refusal(database_refusal),
        SetupError: _refusal(lambda error: Refused("wrong_value", str(error.data.get("field", "")))),
        NoRoom: _refusal(lambda error: server_full()),
        PoolTimeout: _refusal(lambda error: Refused("server_busy")),
    }
    return ExceptionMiddleware(router, handlers)


def _refusal(why: Callable[[Any], Refused]) -> Callable[[Request, Any], Response]:
    def answer(request: Request, error: Any) -> Response:
        refused = why(error)
        with speaking(language_of(request)):
            return _form_again(request, refused) or showing.refusal(refused)

    return answer


def _form_again(request: Request, refused: Refused) -> Response | None:
    """The form from which this came, where the person can put right what is wrong."""
    word = form_word(refused)
    if word is None:
        return None
    typed = refill.typed_in(request)
    return refill.again(request, refill.came_from(request), request.url.path, typed, word, PROBLEMS[refused.code][0])


def _http(error: HTTPException) -> Refused:
    return Refused({404: "not_found", 405: "wrong_method"}.get(error.status_code, "wrong_request"))
