"""`fieldapp office connection`: the file with which laptops find this district."""

import argparse
from pathlib import Path

from fieldapp.errors import SetupError
from fieldapp.server.district import District
from fieldapp.texts import _
from fieldapp.wire.connection import Connection, as_file, fingerprint, from_text


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", type=Path, help=_("the file to write (.fieldapp)"))
    parser.add_argument("--address", required=True, help=_("how laptops reach the server: https://district.example.th"))


def write_connection(district: District, args: argparse.Namespace) -> str:
    asked = from_text(args.address)
    if asked is None:
        raise SetupError("setup.bad_value", field="address")
    output: Path = args.output
    try:
        output.write_bytes(as_file(Connection(asked.address, district.name, fingerprint(district.signing_key))))
    except OSError as error:
        raise SetupError("setup.cannot_write", path=str(output)) from error
    return _("{path}: with it laptops find {district}. No password is in it.").format(path=output, district=district.name)
