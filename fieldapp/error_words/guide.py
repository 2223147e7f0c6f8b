"""Where the user guide explains an error: the section of its page `problems`, by the error's code or the beginning of it."""

from collections.abc import Mapping

PAGE = "problems"

# The longest beginning that fits counts; whole codes stand beside families of them.
_SECTIONS: Mapping[str, str] = {
    "unexpected": "unexpected",
    "offline": "no-line",
    "offline.not_the_server": "other-page",
    "offline.insecure": "other-page",
    "offline.broken_answer": "other-page",
    "offline.other_district": "other-district",
    "offline.practice": "practice",
    "server_": "district-busy",
    "rate_limited": "district-busy",
    "pull.": "set-up-again",
    "protocol_unsupported": "new-version",
    "receipt_invalid": "receipt",
    "sign_in": "sign-in",
    "sign_in.session_ended": "sign-in-again",
    "sign_in.account_": "access-ended",
    "sign_in.device_revoked": "access-ended",
    "store.access_ended": "access-ended",
    "store.contact_needed": "contact",
    "store.wrong_p": "passphrase",
    "store.pin_spent": "passphrase",
    "store.too_many_tries": "passphrase",
    "store.damaged": "damaged",
    "store.read_only": "disk",
    "store.low_disk": "disk",
    "store.disk_full": "disk",
    "store.busy": "unexpected",
    "store.newer": "new-version",
    "store.not_here": "moved",
    "store.handed_over": "moved",
    "store.merged": "moved",
    "store.draft_in_the_way": "aside",
    "photo.": "photo",
    "paper.": "paper",
    "bundle.": "file",
    "bundle.newer": "new-version",
}


def guide_place(code: str) -> str:
    """`page#section` for any code; what the district refuses a record for has no family and is explained as what was set aside."""
    fitting = [beginning for beginning in _SECTIONS if code.startswith(beginning)]
    return f"{PAGE}#{_SECTIONS[max(fitting, key=len)] if fitting else 'aside'}"
