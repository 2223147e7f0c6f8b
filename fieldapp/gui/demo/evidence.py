"""What the headless demo asks of the open profile, off the window's thread, to prove what the windows showed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fieldapp.client import Client
from fieldapp.gui.app import Application
from fieldapp.gui.demo.hands import wait_until
from fieldapp.gui.tasks import Lane
from fieldapp.usecases.children import Card, PhotoDelivery
from fieldapp.usecases.syncing import ReceiptView, SyncOverview

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Received:
    """Events with their receipts checked anew, and the hashes of the visit's photos that the district has acknowledged."""

    events: int
    verified: int
    photo_hashes: tuple[str, ...]


class Evidence:
    def __init__(self, application: Application) -> None:
        self._app = application

    def overview(self) -> SyncOverview:
        return self._ask(lambda client: client.syncing.overview())

    def card(self, case_id: str) -> Card:
        return self._ask(lambda client: client.children.card(case_id))

    def received(self, case_id: str) -> Received:
        events = [item.event_id for item in self.overview().items]
        receipts = [self._receipt(event_id) for event_id in events]
        photos = [shown.photo for shown in self.card(case_id).photos if shown.delivery is PhotoDelivery.RECEIVED]
        verified = sum(1 for view in receipts if view is not None and view.verified)
        return Received(len(events), verified, tuple(sorted(photo.sha256 for photo in photos)))

    def _receipt(self, event_id: str) -> ReceiptView | None:
        return self._ask(lambda client: client.syncing.receipt(event_id))

    def _ask(self, question: Callable[[Client], Answer]) -> Answer:
        assert self._app.session is not None
        client = self._app.session.client
        answers: list[Answer] = []
        errors: list[Exception] = []
        self._app.tasks.run(self._app, lambda: question(client), answers.append, errors.append, Lane.STORE)
        wait_until(lambda: answers or errors, "an answer of the store")
        if errors:
            raise errors[0]
        return answers[0]


def figures(report: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """Listed, traced, in progress, returned, not returned: by list type."""
    names = ("listed", "traced", "in_progress", "returned", "not_returned")
    return {list_type: tuple(ladder[name] for name in names) for list_type, ladder in report["lists"].items()}
