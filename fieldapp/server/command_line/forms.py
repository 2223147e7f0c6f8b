"""`fieldapp office publish-form`: the same look as at the office's page, then the publication."""

import argparse
import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from fieldapp.errors import SetupError
from fieldapp.server import audit
from fieldapp.server.command_line import work
from fieldapp.server.forms import arriving, publishing, words
from fieldapp.server.forms.arriving import Came
from fieldapp.server.forms.findings import Finding
from fieldapp.texts import _


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the form as XLSForm (.xlsx)"))
    parser.add_argument("--list", dest="lists", type=Path, action="append", default=[], help=_("a list that the form reads (.csv)"))
    parser.add_argument("--by", help=_("account of the person who does this (default: the office's first)"))


def publish_form(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    """What was found, and that it is published. Raises SetupError where it cannot be, and then nothing is changed."""
    now = dt.datetime.now(dt.UTC)
    person = work.acting_person(connection, district_id, args.by)
    came = Came(args.file.name, _read(args.file), {path.name: _read(path) for path in args.lists})
    upload_id = arriving.take_in(connection, district_id, came, by=person.id, now=now)
    upload = publishing.find_upload(connection, district_id, upload_id)
    if not upload.may_be_published:
        sys.stdout.write("\n".join(_lines(upload.findings)) + "\n")
        raise SetupError("setup.form_refused", path=str(args.file))
    form = publishing.publish(connection, district_id, upload_id, by=person.id, now=now)
    subject = [(f"form:{form.id}", {"sha256": form.sha256})]
    audit.note(connection, district_id, audit.Action.REFERENCE_CHANGED, subject, person_id=person.id, device_id=None, at=now)
    done = _("Published: {title}, version {version}. Laptops get it at their next sync.").format(
        title=form.title, version=form.form_version
    )
    return "\n".join([*_lines(upload.findings), done])


def _lines(findings: Iterable[Finding]) -> list[str]:
    return [" · ".join(part for part in (words.weight(one), words.place(one), words.sentence(one)) if part) for one in findings]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SetupError("setup.no_such_file", path=str(path)) from error
