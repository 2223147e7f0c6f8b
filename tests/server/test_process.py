"""The server as a process: it says when it is ready, stops when asked, and refuses what it cannot do with one known error."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from fieldapp.config import Settings
from fieldapp.errors import SetupError
from fieldapp.server.command_line.server import ServerOptions, serve
from tests.support.district import database_folder

COMMAND = [sys.executable, "-m", "fieldapp"]


def start(folder: Path, *options: str) -> tuple["subprocess.Popen[str]", str]:
    """A server process, and the address it says it is ready on."""
    process = subprocess.Popen(
        [*COMMAND, "--data-dir", str(folder), "server", "--port", "0", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("fieldapp server ready on http://127.0.0.1:"), (line, process.communicate()[1])
    return process, line.split()[-1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a process can handle")
def test_it_starts_on_a_free_port_stops_when_asked_and_keeps_its_district() -> None:
    with database_folder() as folder:
        keys = []
        for asked in (signal.SIGTERM, signal.SIGINT):
            process, address = start(folder)
            keys.append(requests.get(f"{address}/api/v1/hello", timeout=30).json()["signing_key"])
            process.send_signal(asked)
            _, errors = process.communicate(timeout=60)
            assert process.returncode in (0, 130), errors
            assert "Traceback" not in errors
        assert keys[0] == keys[1]
        assert not (folder / "postgres" / "postmaster.pid").exists()


def settings(folder: Path) -> Settings:
    return Settings(folder, folder, "th", has_screen=False)


def refused(folder: Path, options: ServerOptions) -> str:
    with pytest.raises(SetupError) as error:
        serve(settings(folder), options, lambda address: None)
    return error.value.code


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert refused(tmp_path / "file" / "data", ServerOptions(port=0)) == "setup.no_folder"


def test_a_port_that_is_taken_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert refused(tmp_path, ServerOptions(port=taken.getsockname()[1])) == "setup.port_in_use"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "district.example"])
def test_the_network_is_served_with_https_only(tmp_path: Path, host: str) -> None:
    assert refused(tmp_path, ServerOptions(host=host)) == "setup.needs_https"


def test_a_certificate_needs_its_key_and_both_must_be_there(tmp_path: Path) -> None:
    certificate = tmp_path / "cert.pem"
    assert refused(tmp_path, ServerOptions(tls_certificate=certificate)) == "setup.bad_value"
    assert refused(tmp_path, ServerOptions(tls_certificate=certificate, tls_key=certificate)) == "setup.no_such_file"


def test_a_database_that_does_not_answer_ends_the_start(tmp_path: Path) -> None:
    assert refused(tmp_path, ServerOptions(port=0, database_url="postgresql://x@127.0.0.1:1/x")) == "setup.database_unreachable"
