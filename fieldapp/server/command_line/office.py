"""`fieldapp office`: the district office on the command line. Asks, calls, prints; what is done is in `work`, `lists` and `reports`.

Every command is one transaction: bad input ends in one clear sentence (`fieldapp.error_words`), and nothing is changed.
"""

import argparse
import datetime as dt
import getpass
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine

from fieldapp.config import Settings
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.ladder import Rounding
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState
from fieldapp.errors import ListError, SetupError
from fieldapp.reports import ladder_files
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.reports.ladder import ladder_report
from fieldapp.server.access.accounts import MIN_PASSWORD, add_account, change_person
from fieldapp.server.assignments import assign
from fieldapp.server.cases.merging import merge_case
from fieldapp.server.command_line import forms, inbox, inbox_printing, printing, work
from fieldapp.server.command_line.connection import write_connection
from fieldapp.server.command_line.options import add_office_options
from fieldapp.server.exchange.bundles import Desk, take_in
from fieldapp.server.lists.importer import ListFile, import_list
from fieldapp.server.lists.kept_back import find_list, kept_back_rows, received_lists
from fieldapp.server.opening import OpenDistrict, open_district
from fieldapp.server.photos.store import PhotoStore
from fieldapp.server.photos.taking import Intake
from fieldapp.server.sample.build import build_sample_district, write_sample_lists
from fieldapp.server.sample.people import people
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import put_reference
from fieldapp.texts import _
from fieldapp.wire.messages import Status

__all__ = ["add_office_options", "run_office"]

Command = Callable[[Connection, str, argparse.Namespace], str]


def run_office(settings: Settings, args: argparse.Namespace) -> int:
    """Run one command and print what it says. Raises FieldappError for what cannot be done."""
    settings = office_settings(settings, args)
    if args.office_command == "sample" and args.lists:
        written = write_sample_lists(args.lists)
        _say("\n".join(str(one.path) for one in written))
        return 0
    opened = open_district(settings, args.database_url, args.district)
    try:
        if args.office_command == "sample":
            _say(_sample(opened.engine, opened.district.id))
            return 0
        if args.office_command == "connection":
            _say(write_connection(opened.district, args))
            return 0
        if args.office_command == "import-bundle":
            _say(_import_bundle(settings, opened, args))
            return 0
        if args.office_command == "inbox":
            _say(_inbox(settings, opened, args))
            return 0
        with opened.engine.begin() as connection:
            _say(_COMMANDS[args.office_command](connection, opened.district.id, args))
    finally:
        opened.engine.dispose()
    return 0


def office_settings(settings: Settings, args: argparse.Namespace) -> Settings:
    """With the office's own data folder, where one was named."""
    if args.office_data_dir:
        return Settings(args.office_data_dir, settings.resources, settings.language, settings.has_screen)
    return settings


def desk_of(settings: Settings, opened: OpenDistrict, args: argparse.Namespace) -> Desk:
    return Desk(opened.engine, opened.district, _intake(settings, opened, args), _now)


def _import_bundle(settings: Settings, opened: OpenDistrict, args: argparse.Namespace) -> str:
    """Not one transaction: each batch and each photo is stored for itself, as they would come over the network, and may be repeated."""
    taken = take_in(desk_of(settings, opened, args), args.file, args.answer)
    return printing.bundle(taken, args.answer)


def _intake(settings: Settings, opened: OpenDistrict, args: argparse.Namespace) -> Intake:
    store = PhotoStore.at(args.photos or str(settings.data_dir / "photos"))
    return Intake(opened.engine, store, opened.district.id, _now)


def _inbox(settings: Settings, opened: OpenDistrict, args: argparse.Namespace) -> str:
    with opened.engine.connect() as connection:
        if args.entry:
            found = [inbox.entry(connection, opened.district.id, args.entry)]
        else:
            found = list(inbox.open_entries(connection, opened.district.id))
    if args.pictures and not args.entry:
        raise SetupError("setup.unknown_entry", entry="")
    written = inbox.write_pictures(_intake(settings, opened, args), found[0], args.pictures) if args.pictures else []
    if args.json:
        return inbox.as_json(found)
    return inbox_printing.one_entry(found[0], written) if args.entry else inbox_printing.entries(found)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _import_list(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    now = dt.datetime.now(dt.UTC)
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise SetupError("setup.no_such_file", path=str(args.file)) from error
    file = ListFile(
        data=data,
        name=args.file.name,
        list_type=ListType(args.type),
        round=args.round,
        as_of=work.past_day(args.as_of, today=thai_day(now)),
        mapping=_mapping(args.mapping),
    )
    by = work.acting_person(connection, district_id, args.by)
    return printing.imported(import_list(connection, district_id, file, by=by.id, now=now))


def _mapping(text: str | None) -> Mapping[str, str] | None:
    if text is None:
        return None
    try:
        mapping = json.loads(text)
    except ValueError as error:
        raise ListError("list.bad_mapping") from error
    if not isinstance(mapping, dict) or not all(isinstance(column, str) for column in mapping.values()):
        raise ListError("list.bad_mapping")
    return mapping


def _assign(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    if not args.to and not args.school:
        raise SetupError("setup.assign_to_whom")
    today = thai_day(dt.datetime.now(dt.UTC))
    person = work.person_by_account(connection, district_id, args.to) if args.to else None
    answers = assign(
        connection,
        district_id,
        _cases_to_assign(connection, district_id, args),
        by=work.acting_person(connection, district_id, args.by).id,
        on=today,
        school_code=work.known_school(connection, district_id, args.school) if args.school else None,
        person_id=person.id if person else None,
        due_on=work.coming_day(args.due, today=today) if args.due else None,
    )
    if any(answer.status is not Status.ACCEPTED for answer in answers):
        raise SetupError("setup.not_assigned")
    return printing.assigned(len(answers), person.name if person else args.school)


def _cases_to_assign(connection: Connection, district_id: str, args: argparse.Namespace) -> list[CaseId]:
    if args.case:
        return work.named_cases(connection, district_id, args.case)
    before = work.person_by_account(connection, district_id, args.from_account, also_closed=True).id if args.from_account else ""
    school = work.known_school(connection, district_id, args.from_school) if args.from_school else ""
    # What someone has is handed on whole, however far it has come.
    states = tuple(CaseState(one) for one in args.state or ()) or (() if before or school else work.UNASSIGNED)
    list_types = (ListType(args.list_type),) if args.list_type else ()
    # A tambon's code begins with its amphoe's: where codes begin is asked, for either.
    wanted = CaseFilter(list_types=list_types, states=states, amphoe=args.tambon, school=school, assignee=before)
    return work.cases_to_assign(connection, district_id, wanted, args.limit)


def _merge_case(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    work.named_cases(connection, district_id, [args.case, args.into])
    by = work.acting_person(connection, district_id, args.by)
    today = thai_day(dt.datetime.now(dt.UTC))
    answer = merge_case(connection, district_id, CaseId(args.case), into=CaseId(args.into), by=by.id, on=today)
    if answer.status is not Status.ACCEPTED:
        raise SetupError("setup.not_merged")
    return _("The case is a duplicate now; work on it goes on in case {case}.").format(case=args.into)


def _add_school(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    school = work.school_of(args.code, args.name, args.tambon, args.network, active=not args.closed)
    put_reference(connection, district_id, [school])
    return _("{name} ({code}) is in the district's list of schools.").format(name=school.name, code=school.code)


def _add_account(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    if args.school:
        work.known_school(connection, district_id, args.school)
    elif args.role in (Role.TEACHER, Role.SCHOOL_HEAD):
        raise SetupError("setup.school_needed")
    if any(row.account == args.account.strip().casefold() for row in work.accounts(connection, district_id)):
        raise SetupError("setup.account_taken", account=args.account)
    expires_on = work.coming_day(args.expires, today=thai_day(dt.datetime.now(dt.UTC))) if args.expires else None
    password = _password(args.password_file)
    if len(password) < MIN_PASSWORD:
        raise SetupError("setup.short_password", length=MIN_PASSWORD)
    person = add_account(connection, district_id, args.account, password, args.name, Role(args.role), args.school, expires_on)
    return _("{name} may sign in as {account}.").format(name=person.name, account=args.account)


def _change_account(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    if args.school:
        work.known_school(connection, district_id, args.school)
    person = work.person_by_account(connection, district_id, args.account)
    role = Role(args.role) if args.role else person.role
    school = person.school_code if args.school is None else args.school
    if role in (Role.TEACHER, Role.SCHOOL_HEAD) and not school:
        raise SetupError("setup.school_needed")
    change_person(connection, district_id, person.id, _now(), name=args.name, role=role, school_code=school)
    return _("{name} is changed. Their computers take it over at their next sync.").format(name=args.name or person.name)


def _password(file: Path | None) -> str:
    if file is None:
        return getpass.getpass(_("Password of the new account: "))
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError("setup.no_such_file", path=str(file)) from error


def _report(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    today = thai_day(dt.datetime.now(dt.UTC))
    as_of = work.date_of(args.as_of, today=today) if args.as_of else today
    rounding = Rounding(args.rounding) if args.rounding else None
    report = ladder_report(connection, district_id, as_of, rounding=rounding, preset=args.preset)
    if args.format == "xlsx":
        if args.output is None:
            raise SetupError("setup.output_needed")
        return _written(args.output, ladder_files.as_xlsx(report))
    text = ladder_files.as_json(report) if args.format == "json" else ladder_files.as_text(report)
    return _written(args.output, text.encode()) if args.output else text.rstrip("\n")


def _written(path: Path, data: bytes) -> str:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise SetupError("setup.cannot_write", path=str(path)) from error
    return str(path)


def _list_rows(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    if not args.list:
        return printing.lists(received_lists(connection, district_id))
    received = find_list(connection, district_id, args.list)
    return printing.kept_back(received, kept_back_rows(connection, district_id, received.id))


def _list_accounts(connection: Connection, district_id: str, args: argparse.Namespace) -> str:
    return printing.accounts(work.accounts(connection, district_id))


def _sample(engine: Engine, district_id: str) -> str:
    return printing.sample(build_sample_district(engine, district_id), people())


_COMMANDS: Mapping[str, Command] = {
    "import-list": _import_list,
    "assign": _assign,
    "merge-case": _merge_case,
    "add-school": _add_school,
    "add-account": _add_account,
    "change-account": _change_account,
    "report": _report,
    "publish-form": forms.publish_form,
    "list-rows": _list_rows,
    "list-accounts": _list_accounts,
}


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
