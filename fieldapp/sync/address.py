"""The address of a district's server as a person types it. Standard library only."""

from urllib.parse import urlsplit

from fieldapp.errors import Offline
from fieldapp.wire.line import is_loopback

_PORTS = {"http": 80, "https": 443}


def server_address(text: str) -> str:
    """'kalasin3.example.go.th' -> 'https://kalasin3.example.go.th'. Raises offline.insecure for plain http to anything but this computer,
    and offline.unreachable for what is no address at all."""
    typed = text.strip()
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise Offline("offline.unreachable") from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise Offline("offline.unreachable")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise Offline("offline.insecure")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    named_port = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{named_port}{parts.path.rstrip('/')}"
