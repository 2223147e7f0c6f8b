"""The last contact of a laptop whose device was revoked or whose account was closed: it leaves what was not sent, and asks for the
district's signed word. Only on that word are keys destroyed: a mere answer could come from a fault, or from someone in between."""

import logging

from fieldapp.domain.canonical import sha256_hex
from fieldapp.errors import Offline, ServerProblem, SignInNeeded
from fieldapp.store import outbox
from fieldapp.sync.push import push
from fieldapp.sync.round import Round

_log = logging.getLogger(__name__)

_FAMILY = "sign_in."
BARRED = frozenset({"sign_in.device_revoked", "sign_in.account_closed"})


def say_farewell(run: Round, code: str) -> None:
    """Sets `run.farewell` when all is said. Whatever comes between, the next contact tries again."""
    try:
        token = run.signed.use_last_token()
        push(run)
        if _waiting(run):
            return
        receipt = run.transport.farewell(token)
    except (Offline, ServerProblem, SignInNeeded) as error:
        _log.info("the farewell is not complete: %s", error.code)
        return
    why = code.removeprefix(_FAMILY)
    if run.verifier.holds(receipt, run.store.identity.device_id, sha256_hex(why.encode())):
        run.farewell = why


def _waiting(run: Round) -> bool:
    with run.store.reading() as connection:
        return bool(outbox.queue(connection))
