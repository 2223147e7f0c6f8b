"""What a laptop must know to find its district: an address and the beginning of the hash of the district's key.

As a file from the office, as the text of a slip's QR, or as words that someone pasted. Never a password. Standard library only: the first
window reads it."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qs, quote, urlsplit

ENDING = ".fieldapp"
WELCOME = "/office/welcome"
_KIND = "connection"
_LONGEST = 10_000
_KEY_DIGITS = 32
_KEY = re.compile(rf"[0-9a-f]{{{_KEY_DIGITS}}}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'，、]+", re.IGNORECASE)
# As the office writes codes: without letters and digits that look like others.
_GROUP = "([2-9A-HJ-NP-Z]{4})"
_CODE = re.compile(rf"(?<![0-9A-Z]){_GROUP}[-‐–—]{_GROUP}[-‐–—]{_GROUP}(?![0-9A-Z])")
_TYPED_CODE = re.compile(rf"{_GROUP}[-‐–— ]*{_GROUP}[-‐–— ]*{_GROUP}")
# As the slip has it, in either language.
_ACCOUNT = re.compile(r"(?:บัญชีผู้ใช้|บัญชี|\baccount)\s*[:：]?\s*([a-z0-9][a-z0-9._@-]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Connection:
    """`key` is `fingerprint` of the district's signing key, '' where only an address is known; `code` the one-time code of a slip."""

    address: str
    district_name: str = ""
    key: str = ""
    account: str = ""
    code: str = ""


def fingerprint(signing_key: str) -> str:
    """Of the district's public signing key in hex."""
    return sha256(bytes.fromhex(signing_key)).hexdigest()[:_KEY_DIGITS]


def as_file(connection: Connection) -> bytes:
    """The file; a code is never in it."""
    values = {
        "fieldapp": _KIND,
        "address": connection.address,
        "district": connection.district_name,
        "key": connection.key,
        **({"account": connection.account} if connection.account else {}),
    }
    return json.dumps(values, ensure_ascii=False, indent=1).encode() + b"\n"


def as_address(connection: Connection) -> str:
    """For a QR: any phone opens the page where a password is set, and pasted into the app it is a connection. What follows # stays in the
    browser."""
    facts = {"account": connection.account, "key": connection.key}
    return f"{connection.address}{WELCOME}#" + "&".join(f"{name}={quote(value)}" for name, value in facts.items() if value)


def from_file(data: bytes) -> Connection | None:
    """None where it is no such file."""
    try:
        values = json.loads(data[:_LONGEST])
        if values["fieldapp"] != _KIND:
            return None
        address, district, key, account = (str(values.get(name, "")) for name in ("address", "district", "key", "account"))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return Connection(address.strip(), district, _key(key), account) if address.strip() else None


def from_text(text: str) -> Connection | None:
    """Out of whatever was pasted: a file's text, a QR's, a slip's words. None where no address is in it."""
    text = text[:_LONGEST]
    found = _ADDRESS.search(text)
    if text.lstrip().startswith("{"):
        return from_file(text.encode())
    if found is None:
        return None
    try:
        parts = urlsplit(found[0].rstrip(".,)"))
        facts = {name: values[0] for name, values in parse_qs(parts.fragment).items()}
    except ValueError:
        return None
    rest = text[: found.start()] + "\n" + text[found.end() :]
    account, code = _ACCOUNT.search(rest), _CODE.search(rest.upper())
    path = parts.path.partition("/office")[0].rstrip("/")
    return Connection(
        address=f"{parts.scheme}://{parts.netloc}{path}",
        key=_key(facts.get("key", "")),
        account=facts.get("account", "") or (account[1] if account else ""),
        code="-".join(code.groups()) if code else "",
    )


def looks_like_code(typed: str) -> bool:
    """Whether it could be the one-time code of a slip: then it is not a password."""
    return _TYPED_CODE.fullmatch(typed.strip().upper()) is not None


def _key(text: str) -> str:
    lowered = text.strip().lower()
    return lowered if _KEY.fullmatch(lowered) else ""
