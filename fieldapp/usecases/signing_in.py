"""What a person gives at the first sign-in on a computer. Cheap to import: the screen that asks for it comes first."""

from dataclasses import dataclass, field

from fieldapp.wire.connection import ENDING, Connection, from_file, from_text

__all__ = ["ENDING", "Asked", "Connection", "FirstSignIn", "Found", "from_file", "from_text"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and who; `secret` is a password or the one-time code of a slip. `key`: by which the district is known, '' for any."""

    address: str
    account: str
    secret: str = field(repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Who answered. `is_code`: what was typed is a one-time code and good, so a password of one's own is asked for."""

    district_name: str
    address: str
    is_code: bool


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """`password` is the account's at the district, `passphrase` the new one that locks this computer. With a one-time `code` the password
    is a new one, which the code sets."""

    address: str
    account: str
    password: str = field(repr=False)
    passphrase: str = field(repr=False)
    device_name: str
    code: str = field(default="", repr=False)
    key: str = ""
