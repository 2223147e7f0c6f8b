"""The style sheet, the few scripts and the icon that pages load: from this folder and from nowhere else."""

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response

from fieldapp.server.problems import Refused

router = APIRouter(prefix="/static")

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@router.get("/{version}/{name}")
def static_file(version: str, name: str) -> Response:
    """`version` is in the address so that a browser may keep the file for a year."""
    content = _files().get(name)
    if content is None:
        raise Refused("not_found")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(content, headers=headers, media_type=_TYPES[Path(name).suffix])


@cache
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.suffix in _TYPES}
