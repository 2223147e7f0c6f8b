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
    # Named as TCP, since asyncio switches off Nagle's delay (40 ms an answer) only where it knows that.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        thread = threading.Thread(target=server.run, args=([listening],), name="district")
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
