"""A district that lives by a clock of its own, so that weeks can pass in a test: its answers carry that clock's Date."""

import datetime as dt
from email.utils import format_datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class OwnTime:
    """Around the application; the server that runs it must not set a Date itself. `now` is the time until it is set anew."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.now = dt.datetime.now(dt.UTC)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Date"] = format_datetime(self.now.astimezone(dt.UTC), usegmt=True)
            await send(message)

        await self._app(scope, receive, dated)
