"""The command line: `fieldapp` opens the app; `demo`, `server`, `sync` and `office` are the rest.

Each branch imports what it needs when it is taken, so the window does not wait for a web framework and the server not for Qt.
"""

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from fieldapp import __version__, config, texts
from fieldapp.build import build
from fieldapp.cli_parser import Parser
from fieldapp.errors import FieldappError
from fieldapp.texts import _


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the process' exit code. Known errors become one sentence on standard error and exit code 1."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    texts.use_language(config.load().language or texts.DEFAULT_LANGUAGE)
    args = _parser(given).parse_args(given)
    settings = config.load(args.data_dir)
    try:
        return _run(args, settings)
    except FieldappError as error:
        print(_sentence(args.command, error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(args: argparse.Namespace, settings: config.Settings) -> int:
    match args.command:
        case "server":
            from fieldapp.server.command_line.server import run_server

            return run_server(settings, args)
        case "office" if args.office_command == "open-profile":
            from fieldapp.left_over import run_open_profile

            return run_open_profile(settings, args)
        case "office":
            from fieldapp.server.command_line.office import run_office

            return run_office(settings, args)
        case "sync":
            return _sync(args, settings)
        case "demo":
            from fieldapp.gui.demo import run_demo

            return run_demo(settings, headless=args.headless or not settings.has_screen, output=args.output)
        case _:
            from fieldapp.gui.app import run

            return run(settings, args.file if args.command == "open" else None)


def _version() -> str:
    made = build(config.resources_dir())
    return f"fieldapp {__version__} ({made.number})" if made else f"fieldapp {__version__}"


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = Parser(prog="fieldapp", description=_("Bring children back to school: field app and district server."))
    parser.add_argument("--version", action="version", version=_version())
    parser.add_argument("--data-dir", type=Path, help=_("folder that holds the data (default: the system's place for it)"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    demo = commands.add_parser("demo", help=_("the whole story with an invented district"))
    demo.add_argument("--headless", action="store_true", help=_("without a screen: walk the story and leave pictures"))
    demo.add_argument("--output", type=Path, default=Path("demo-output"), help=_("folder for the pictures and summary.json"))

    opening = commands.add_parser("open", help=_("open the app with a connection file of the district office"))
    # A menu entry that can open files is started without one, too.
    opening.add_argument("file", type=Path, nargs="?", metavar="FILE.fieldapp")

    sync = commands.add_parser("sync", help=_("sync one profile of this computer now"))
    sync.add_argument("--account", help=_("whose profile, where there are several"))
    sync.add_argument("--passphrase-file", type=Path, help=_("file with the passphrase; asked for if not given"))

    # The server's own options are defined beside its code, which a laptop may not have installed.
    if "server" in arguments:
        from fieldapp.server.command_line.server import add_server_options

        add_server_options(commands.add_parser("server", help=_("start the district server")))
    else:
        commands.add_parser("server", help=_("start the district server"))
    if "office" in arguments:
        from fieldapp.server.command_line.office import add_office_options

        add_office_options(commands.add_parser("office", help=_("the district office on the command line")))
    else:
        commands.add_parser("office", help=_("the district office on the command line"))
    return parser


def _sync(args: argparse.Namespace, settings: config.Settings) -> int:
    from fieldapp import client, phrases
    from fieldapp.errors import SetupError

    profiles = [profile for profile in client.list_profiles(settings) if args.account in (None, profile.account)]
    if not profiles:
        raise SetupError("setup.no_profile")
    if len(profiles) > 1:
        raise SetupError("setup.which_profile", found=len(profiles))
    if args.passphrase_file:
        try:
            passphrase = args.passphrase_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SetupError("setup.no_such_file", path=str(args.passphrase_file)) from error
    else:
        passphrase = getpass.getpass(_("Passphrase of this computer: "))
    opened = client.unlock(settings, profiles[0].id, passphrase, beside_window=True)
    try:
        result = opened.syncing.run(lambda progress: None, lambda: False)
    finally:
        opened.close()
    print(
        _("Sent {pushed} records and {photos} photos, received {pulled} changes, {receipts} receipts verified.").format(
            pushed=result.pushed, photos=result.photos, pulled=result.pulled, receipts=result.receipts_verified
        )
    )
    if result.anew:
        print(phrases.read_anew(result.anew, result.sent_again))
    if result.error is not None:
        raise result.error
    needs_care = result.conflicts + result.held + result.rejected
    if needs_care:
        print(_("{count} records need someone's attention: open the sync page of the app.").format(count=needs_care))
    return 0


def _sentence(command: str | None, error: FieldappError) -> str:
    from fieldapp.error_words import words_for

    words = words_for(error)
    return "\n".join(part for part in (words.happened, words.safe, words.next_step) if part)
