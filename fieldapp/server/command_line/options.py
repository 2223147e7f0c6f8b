"""What `fieldapp office` can be asked on the command line. Words and choices only; what is done is in `office`."""

import argparse
from pathlib import Path

from fieldapp.cli_parser import count, filled
from fieldapp.domain.ladder import PRESETS, Rounding
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState
from fieldapp.server.command_line import connection, forms
from fieldapp.server.district import DEFAULT_ID
from fieldapp.texts import _


def add_office_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data-dir", dest="office_data_dir", type=Path, help=_("folder that holds the data (default: the system's place for it)")
    )
    parser.add_argument("--database-url", help=_("the district's own PostgreSQL (default: the one in the data folder)"))
    parser.add_argument("--district", default=DEFAULT_ID, help=_("the district's code"))
    commands = parser.add_subparsers(dest="office_command", metavar="COMMAND", required=True)
    _import_options(commands.add_parser("import-list", help=_("take in a list of children from OBEC")))
    _assign_options(commands.add_parser("assign", help=_("hand cases to a person or a school")))
    _merge_options(commands.add_parser("merge-case", help=_("make one case of two that are of the same child")))
    _school_options(commands.add_parser("add-school", help=_("add a school, or correct one")))
    _account_options(commands.add_parser("add-account", help=_("let a person sign in")))
    _change_options(commands.add_parser("change-account", help=_("give a person another name, role or school")))
    _report_options(commands.add_parser("report", help=_("print a report")))
    _bundle_options(commands.add_parser("import-bundle", help=_("take in a file that came from a computer without internet")))
    left = commands.add_parser("open-profile", help=_("take over what was left unsent on a computer that can no longer be opened"))
    left.add_argument("folder", type=Path, help=_("the profile's folder, or a copy of it"))
    left.add_argument("--photos", help=_("folder or S3 address for photos (default: in the data folder)"))
    _inbox_options(commands.add_parser("inbox", help=_("show what a person in the office must decide")))
    forms.add_options(commands.add_parser("publish-form", help=_("give laptops a form made in Excel (XLSForm)")))
    rows = commands.add_parser("list-rows", help=_("show the received lists, or the rows of one that were kept back"))
    rows.add_argument("list", nargs="?", help=_("the list's number or the beginning of it; without it all lists are shown"))
    connection.add_options(commands.add_parser("connection", help=_("write the file with which laptops find this district")))
    commands.add_parser("list-accounts", help=_("show who may sign in"))
    sample = commands.add_parser("sample", help=_("fill an empty district with invented children and accounts"))
    sample.add_argument("--lists", type=Path, help=_("only write the two sample lists into this folder"))


def _import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_(".xlsx or .csv"))
    parser.add_argument("--type", required=True, choices=[one.value for one in OBEC_LISTS], help=_("which list it is"))
    parser.add_argument("--round", required=True, type=filled, help=_("how the office names this batch, such as 1/2569"))
    parser.add_argument("--as-of", required=True, help=_("the day for which the list stands: 2026-10-20 or 20/10/2569"))
    parser.add_argument("--mapping", help=_('columns by field, where they are not recognised: {"national_id": "C", "given_name": "I"}'))
    parser.add_argument("--by", help=_("account of the person who does this (default: the office's first)"))


def _bundle_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("the exported file (.fieldapp)"))
    parser.add_argument("--answer", type=Path, metavar="FILE", help=_("write receipts and news for that computer into this file"))
    parser.add_argument("--photos", help=_("folder or S3 address for photos (default: in the data folder)"))


def _inbox_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("entry", nargs="?", help=_("one entry by the beginning of its number, with the record as it was made"))
    parser.add_argument("--json", action="store_true", help=_("for programs"))
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help=_("write the entry's pictures into this folder"))
    parser.add_argument("--photos", help=_("folder or S3 address for photos (default: in the data folder)"))


def _assign_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="ACCOUNT", help=_("the person who gets the cases"))
    parser.add_argument("--school", metavar="CODE", help=_("the school that gets them"))
    parser.add_argument("--due", help=_("by when: 2026-12-15 or 15/12/2569 (default: as it was)"))
    parser.add_argument("--case", action="append", default=[], metavar="ID", help=_("this case; may be given several times"))
    parser.add_argument(
        "--state", action="append", choices=[one.value for one in CaseState], help=_("cases in this state (default: not assigned yet)")
    )
    parser.add_argument("--from", dest="from_account", metavar="ACCOUNT", help=_("all cases of this person, who may have left"))
    parser.add_argument("--from-school", metavar="CODE", help=_("all cases of this school, which may be closed"))
    parser.add_argument("--list-type", choices=[one.value for one in ListType], help=_("cases of this list"))
    parser.add_argument("--tambon", default="", metavar="CODE", help=_("cases of this tambon (6 digits) or amphoe (4 digits)"))
    parser.add_argument("--limit", type=count, help=_("at most so many"))
    parser.add_argument("--by", help=_("account of the person who does this (default: the office's first)"))


def _merge_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", help=_("the case that is a duplicate"))
    parser.add_argument("--into", required=True, metavar="ID", help=_("the case that goes on"))
    parser.add_argument("--by", help=_("account of the person who does this (default: the office's first)"))


def _school_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", help=_("the 8-digit school code"))
    parser.add_argument("--name", required=True, help=_("the school's name"))
    parser.add_argument("--tambon", default="", metavar="CODE", help=_("the tambon it lies in (6 digits)"))
    parser.add_argument("--network", default="", help=_("its school cluster"))
    parser.add_argument("--closed", action="store_true", help=_("the school is closed"))


def _account_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("account", help=_("the name to sign in with"))
    parser.add_argument("--name", required=True, help=_("the person's name as others see it"))
    parser.add_argument("--role", required=True, choices=[one.value for one in Role], help=_("what the person may do"))
    parser.add_argument("--school", default="", metavar="CODE", help=_("the school of a teacher or head"))
    parser.add_argument("--expires", help=_("last day of the account: 2027-03-31 or 31/3/2570"))
    parser.add_argument("--password-file", type=Path, help=_("file with the password; asked for if not given"))


def _change_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("account", help=_("the name to sign in with"))
    parser.add_argument("--name", type=filled, help=_("the person's name as others see it"))
    parser.add_argument("--role", choices=[one.value for one in Role], help=_("what the person may do"))
    parser.add_argument("--school", metavar="CODE", help=_("the school of a teacher or head"))


def _report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", choices=["ladder"])
    parser.add_argument("--as-of", help=_("the day that the figures are of (default: today)"))
    parser.add_argument(
        "--rounding", choices=[one.value for one in Rounding], help=_("how percentages are rounded (default: the district's way)")
    )
    parser.add_argument("--preset", choices=list(PRESETS), help=_("what counts as traced (default: the district's way)"))
    parser.add_argument("--format", choices=["table", "json", "xlsx"], default="table")
    parser.add_argument("--output", type=Path, help=_("write into this file"))
