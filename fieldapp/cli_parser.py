"""How the command line is read: one sentence in the language of the app where something is typed wrongly. Knows no command."""

import argparse
from typing import NoReturn

from fieldapp.texts import _

_LAST_PORT = 65_535


class Parser(argparse.ArgumentParser):
    """`add_subparsers` of a Parser makes Parsers, so every command speaks like this."""

    def error(self, message: str) -> NoReturn:
        lines = (
            _("The command was not typed rightly: {detail}").format(detail=message),
            _("Nothing was changed."),
            _("See how it is written: {command}").format(command=f"{self.prog} --help"),
        )
        self.exit(2, "\n".join(lines) + "\n")


def count(text: str) -> int:
    """A whole number from 1 on."""
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("“{value}” is not a number from 1 on").format(value=text))
    return number


def port(text: str) -> int:
    """0 (a free one) to 65535."""
    number = _whole(text)
    if not 0 <= number <= _LAST_PORT:
        raise argparse.ArgumentTypeError(_("“{value}” is not a port (0 to {last})").format(value=text, last=_LAST_PORT))
    return number


def filled(text: str) -> str:
    """Words, without the blanks around them."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("it is empty"))
    return text.strip()


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{value}” is not a number").format(value=text)) from None
