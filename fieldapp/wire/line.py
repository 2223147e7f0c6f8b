"""What both ends must agree on about the line itself: the base path, names of headers and media types, where plain HTTP may be spoken."""

import ipaddress

API = "/api/v1"
RECEIPT_HEADER = "Fieldapp-Receipt"
PROBLEM_TYPE = "application/problem+json"


def is_loopback(host: str) -> bool:
    """Whether the host is this very computer: children's data goes to any other over HTTPS only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
