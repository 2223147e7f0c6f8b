"""Small photos that go together in one request where the line is fast: half of what a photo costs either end is the request around it.

It is only a shorter way. Whatever a group does not bring a receipt for goes the way of a single photo, which knows what to do about it.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from fieldapp.domain.receipt import Receipt
from fieldapp.errors import Offline, ServerProblem
from fieldapp.store import photos
from fieldapp.store.transfers import Transfer
from fieldapp.sync.round import ENDS, Round
from fieldapp.sync.transport import PhotoToSend
from fieldapp.sync.upload import Line, is_picture_of


class Waiting:
    """The photos of one run, handed out to whoever sends next: one, several with the same bytes, or several small ones together."""

    def __init__(self, ready: Iterable[Transfer], one_by_one: int) -> None:
        """The first `one_by_one` tell how fast the line is."""
        alike: defaultdict[str, list[Transfer]] = defaultdict(list)
        for transfer in ready:
            alike[transfer.sha256].append(transfer)
        self._alike = deque(alike.values())
        self._one_by_one = one_by_one
        self._lock = threading.Lock()

    def take(self, line: Line) -> tuple[list[Transfer], ...]:
        """Each list is of photos with the same bytes, which go one after the other: when the first has arrived, the others need no bytes.
        Several lists are of one photo each, and may go together. Empty at the end."""
        with self._lock:
            if not self._alike:
                return ()
            taken = [self._alike.popleft()]
            if self._one_by_one > 0 or not _may_share(taken[0]):
                self._one_by_one -= 1
                return tuple(taken)
            room = line.together - taken[0][0].size
            while self._alike and _may_share(self._alike[0]) and self._alike[0][0].size <= room:
                room -= self._alike[0][0].size
                taken.append(self._alike.popleft())
            return tuple(taken)


def _may_share(alike: Sequence[Transfer]) -> bool:
    """One photo that was not tried before: what was cut goes on for itself, where each piece that arrives stays."""
    return len(alike) == 1 and not alike[0].attempts and not alike[0].upload


def send_group(run: Round, line: Line, group: Sequence[Transfer]) -> dict[str, Receipt]:
    """Receipts, not yet verified, by photo; of those that are missing nothing is known. Raises Offline, SignInNeeded, and ServerProblem
    where the district wants to hear nothing more now."""
    with run.store.photo_reading() as connection:
        pictures = photos.pictures(connection, [transfer.sha256 for transfer in group])
    sound = [each for each in group if each.sha256 in pictures and is_picture_of(each, pictures[each.sha256])]
    if not sound:
        return {}
    named = [PhotoToSend(each.photo_id, each.sha256, each.size, each.media_type) for each in sound]
    contents = [pictures[each.sha256] for each in sound]
    try:
        answers = line.carry(
            sum(map(len, contents)), lambda: run.signed.call(lambda token: run.transport.send_together(token, named, contents))
        )
    except ServerProblem as problem:
        if problem.status in ENDS:
            raise
        line.takes_no_groups()
        return {}
    except Offline as error:
        if error.code != "offline.not_the_server":
            raise
        # Perhaps a proxy that takes no bodies of this size: a single photo will tell.
        line.takes_no_groups()
        return {}
    return {answer.photo_id: answer.receipt for answer in answers if answer.receipt}
