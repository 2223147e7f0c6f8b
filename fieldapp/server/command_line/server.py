"""`fieldapp server`: the district server as a process. Its options, its start, its end."""

import argparse
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from fieldapp.cli_parser import port
from fieldapp.config import Settings
from fieldapp.errors import SetupError
from fieldapp.server import embedded
from fieldapp.server.district import DEFAULT_ID, DEFAULT_NAME
from fieldapp.server.http.app import create_app
from fieldapp.server.http.bounded import BoundedHttp
from fieldapp.server.opening import OpenDistrict, open_district
from fieldapp.server.photos.store import PhotoStore
from fieldapp.texts import _
from fieldapp.wire.line import is_loopback

DEFAULT_PORT = 8460


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How a server was asked to run. Without `database_url` the embedded PostgreSQL; without `photos` a folder in the data folder."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    database_url: str | None = None
    photos: str | None = None
    district_id: str = DEFAULT_ID
    district_name: str = DEFAULT_NAME
    sample: bool = False
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False


def add_server_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default: this computer only)"))
    parser.add_argument("--port", type=port, default=DEFAULT_PORT, help=_("port to listen on; 0 takes a free one"))
    parser.add_argument("--database-url", help=_("the district's own PostgreSQL (default: one in the data folder)"))
    parser.add_argument("--photos", help=_("folder or S3 address for photos (default: in the data folder)"))
    parser.add_argument("--district-id", default=DEFAULT_ID, help=_("the district's code"))
    parser.add_argument("--district-name", default=DEFAULT_NAME, help=_("the district's name, when it is set up"))
    parser.add_argument("--sample", action="store_true", help=_("fill the district with invented children and accounts"))
    parser.add_argument("--tls-cert", dest="tls_certificate", type=Path, help=_("certificate file for HTTPS"))
    parser.add_argument("--tls-key", type=Path, help=_("key file for HTTPS"))
    parser.add_argument("--behind-proxy", action="store_true", help=_("HTTPS is done by a proxy in front"))


def run_server(settings: Settings, args: argparse.Namespace) -> int:
    """Serve until asked to stop (Ctrl-C, SIGTERM). Returns the exit code."""
    options = ServerOptions(**{name: getattr(args, name) for name in ServerOptions.__slots__})
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    # uvicorn hands the signal back after it has closed; without this SIGTERM would then end the process before its database is told.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    serve(settings, options, lambda address: print(f"fieldapp server ready on {address}", flush=True))  # noqa: T201 - who started us waits for it
    return 0


def serve(settings: Settings, options: ServerOptions, when_ready: Callable[[str], None]) -> None:
    """Open the district, listen, tell the address, and serve until asked to stop. Raises SetupError."""
    _require_https(options)
    listener = listen(options.host, options.port)
    opened: OpenDistrict | None = None
    try:
        opened = open_district(settings, options.database_url, options.district_id, options.district_name)
        if options.sample:
            from fieldapp.server.sample.build import build_sample_district

            build_sample_district(opened.engine, opened.district.id)
        app = create_app(opened.engine, opened.district, PhotoStore.at(options.photos or str(settings.data_dir / "photos")))
        config = uvicorn.Config(
            app,
            http=BoundedHttp,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            proxy_headers=options.behind_proxy,
            forwarded_allow_ips="*" if options.behind_proxy else None,
            ssl_certfile=options.tls_certificate,
            ssl_keyfile=options.tls_key,
            timeout_graceful_shutdown=10,
        )
        scheme = "https" if options.tls_certificate else "http"
        when_ready(f"{scheme}://{options.host}:{listener.getsockname()[1]}")
        # What is loaded by now stays for good: no need to walk through it for garbage again and again.
        gc.collect()
        gc.freeze()
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        listener.close()
        if opened is not None:
            opened.engine.dispose()
        if options.database_url is None:
            embedded.leave(settings.data_dir)


def _require_https(options: ServerOptions) -> None:
    if (options.tls_certificate is None) != (options.tls_key is None):
        raise SetupError("setup.bad_value", option="--tls-cert", reason="certificate_and_key")
    for file in (options.tls_certificate, options.tls_key):
        if file is not None and not file.is_file():
            raise SetupError("setup.no_such_file", path=str(file))
    if not (is_loopback(options.host) or options.tls_certificate or options.behind_proxy):
        raise SetupError("setup.needs_https", host=options.host)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that connections made before the server runs wait instead of failing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio switches off Nagle's delay, 40 ms an answer, only where the socket says so.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # Windows would let two servers share the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise SetupError("setup.port_in_use", host=host, port=port) from error
    return listener
