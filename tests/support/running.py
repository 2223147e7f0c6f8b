"""The district server on a real port, in a thread of the test's process. Several may run on one district: they keep no state."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from fieldapp.server.command_line.server import listen
from fieldapp.server.http.app import create_app
from fieldapp.server.http.bounded import BoundedHttp
from fieldapp.server.photos.store import PhotoStore
from tests.support.district import TestDistrict


@contextmanager
def serving(district: TestDistrict, photos: Path | PhotoStore, clock: Callable[[], dt.datetime] | None = None) -> Iterator[str]:
    """Its address, while it runs."""
    store = photos if isinstance(photos, PhotoStore) else PhotoStore.at(str(photos))
    app = create_app(district.engine, district.found, store, clock)
    config = uvicorn.Config(
        app, http=BoundedHttp, log_config=None, access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=5
    )  # fmt: skip
    server = uvicorn.Server(config)
    listener = listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, args=([listener],), name="district server")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
