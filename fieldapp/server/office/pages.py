"""The pages and their routes. Nothing about a child is shown to who has not signed in."""

from pathlib import Path

from fastapi import APIRouter, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from fieldapp import __version__
from fieldapp.server.handling import ThisServer

router = APIRouter(prefix="/office", include_in_schema=False)

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(), undefined=StrictUndefined
)


@router.get("")
def front(server: ThisServer) -> Response:
    page = _TEMPLATES.get_template("front.html").render(district=server.district.name, version=__version__)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return Response(page, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})
