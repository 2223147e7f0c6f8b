"""Protocol versions. A version is raised when an old client would misread a message, never for a field that may be ignored."""

# 1: first version (push, pull, receipts, tus photos).
OLDEST = 1
NEWEST = 1

HEADER = "Fieldapp-Protocol"


def is_newer(offered: str, ours: str) -> bool:
    """Whether an app's version, numbers with dots between, comes after another. What is no version is never newer."""
    try:
        theirs, mine = (tuple(int(part) for part in version.split(".")) for version in (offered, ours))
    except ValueError:
        return False
    return theirs > mine
