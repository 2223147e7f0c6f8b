"""The district server on a real port, in a thread of the test's process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from fieldapp.server.app import create_app
from fieldapp.server.photo_store import PhotoStore
from tests.support.district import TestDistrict


@contextmanager
def running(district: TestDistrict, photos: Path) -> Iterator[str]:
    """Its address, while it runs."""
    app = create_app(district.engine, district.found, PhotoStore.at(str(photos)))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=5))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],), name="district")
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
