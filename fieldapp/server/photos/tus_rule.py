"""What tus asks of every request and every answer, whatever the handler: ASGI, no FastAPI."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fieldapp.server.photos import tus
from fieldapp.wire.line import API

PHOTOS = f"{API}/photos"
# What a client may ask for by POST where something between it and the district lets no other method through.
_MAY_REPLACE_POST = ("PATCH", "DELETE", "HEAD")


class TusRule:
    """Every answer names the version of tus; `X-HTTP-Method-Override` says which method a POST stands for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (scope["path"] == PHOTOS or scope["path"].startswith(f"{PHOTOS}/")):
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Tus-Resumable"] = tus.VERSION
            await send(message)

        meant = Headers(scope=scope).get("X-HTTP-Method-Override", "").upper()
        if scope["method"] == "POST" and meant in _MAY_REPLACE_POST:
            scope = {**scope, "method": meant}
        await self._app(scope, receive, marked)
