"""What a person gives at the first sign-in on a computer. Cheap to import: the screen that asks for it comes first."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """`password` is the account's at the district, `passphrase` the new one that locks this computer."""

    address: str
    account: str
    password: str = field(repr=False)
    passphrase: str = field(repr=False)
    device_name: str
