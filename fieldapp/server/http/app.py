"""The application: routes in one list, rules around them. Knows no table."""

import datetime as dt
from collections.abc import Callable

from fastapi import APIRouter, FastAPI, Response
from sqlalchemy import Engine
from starlette.types import Scope
from starlette_compress import CompressMiddleware

from fieldapp import __version__
from fieldapp.server import problems
from fieldapp.server.district import District
from fieldapp.server.http.description import Described
from fieldapp.server.http.handling import Server
from fieldapp.server.http.request_rules import BodyRules, ProtocolRule
from fieldapp.server.office import app as office
from fieldapp.server.office import showing
from fieldapp.server.photos.store import PhotoStore
from fieldapp.server.photos.taking import Intake
from fieldapp.server.photos.tus_rule import TusRule
from fieldapp.server.problems import Refused
from fieldapp.server.resources import accounts, assignments, cases, devices, hello, photos, pull, push, reports, session
from fieldapp.wire.line import API

RESOURCES: tuple[APIRouter, ...] = (
    hello.router,
    session.router,
    push.router,
    pull.router,
    photos.router,
    accounts.router,
    devices.router,
    assignments.router,
    cases.router,
    reports.router,
)


def create_app(engine: Engine, district: District, photo_store: PhotoStore, clock: Callable[[], dt.datetime] | None = None) -> FastAPI:
    """One process of the district server; any number may run on one database and one photo store."""
    # The interactive pages would load scripts from the internet; the description itself is at /openapi.json.
    app = Described(
        title="fieldapp district server",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    clock = clock or _now
    app.state.server = Server(engine, district, photo_store, Intake(engine, photo_store, district.id, clock), clock)
    for router in RESOURCES:
        app.include_router(router, prefix=API)
    app.add_api_route(office.PATH, _to_office, include_in_schema=False)
    app.mount(office.PATH, office.pages())
    problems.install(app)
    # The last one added is the outermost.
    app.add_middleware(BodyRules, refuse=_refused)
    app.add_middleware(CompressMiddleware, brotli=False, zstd_level=3, gzip_level=4)
    app.add_middleware(problems.LastResort, answer=_failed)
    app.add_middleware(ProtocolRule)
    app.add_middleware(TusRule)
    return app


def _to_office() -> Response:
    return Response(status_code=308, headers={"Location": f"{office.PATH}/"})


def _refused(scope: Scope, refused: Refused) -> Response:
    """A page for who looks at pages, JSON for everyone else."""
    return showing.refusal(refused) if scope["path"].startswith(f"{office.PATH}/") else problems.response(refused)


def _failed(scope: Scope, failure: str) -> Response:
    return _refused(scope, Refused("server_failed", failure=failure))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
