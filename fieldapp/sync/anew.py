"""What this laptop has read is no part of the district's past any more, or of this person's scope: it reads everything again, and brings
back what the district forgot."""

import logging
from collections.abc import Mapping

from fieldapp.errors import ServerProblem
from fieldapp.store import reading_again, receipts
from fieldapp.store.changes import Changes
from fieldapp.sync.round import Round
from fieldapp.wire.messages import MAX_PROOFS

_log = logging.getLogger(__name__)

FORGOTTEN = "pull.forgotten"


def after_refusal(run: Round, problem: ServerProblem) -> None:
    """The district has refused a pull."""
    lost = str(problem.data.get("lost", "")).split()
    with run.store.reading() as connection:
        kept = {name: number for name, number in receipts.unsettled(connection, MAX_PROOFS).items() if name not in lost}
    begin(run, problem.code, int(problem.data.get("known", 0)), kept)


def begin(run: Round, code: str, known: int, kept: Mapping[str, int]) -> None:
    """In one transaction: what the district said after the number `known` counts no more, but for what it said in the kept runs up to
    their numbers, and the cursor goes back to 0."""
    run.begin()
    changes, again = Changes(), 0
    with run.store.writing() as connection:
        if code == FORGOTTEN:
            again, changes = reading_again.wait_again(connection, run.store.district_id, known, kept)
        reading_again.begin(connection, run.store.district_id)
    run.anew = code
    run.sent_again = again
    _log.info("everything is read again (%s); %d records are sent again", code, again)
    run.changed(changes)
