"""What became of something made here on its way to the district."""

from collections.abc import Collection
from enum import StrEnum

from fieldapp.store.case_facts import WAITING


class Delivery(StrEnum):
    """Of an event."""

    WAITING = "waiting"
    RECEIVED = "received"
    HELD = "held"
    REJECTED = "rejected"
    CONFLICT = "conflict"


class PhotoDelivery(StrEnum):
    """Of a photo's bytes; `elsewhere`: taken on another device."""

    WAITING = "waiting"
    RECEIVED = "received"
    SET_ASIDE = "set_aside"
    ELSEWHERE = "elsewhere"


def delivery_of(status: str) -> Delivery:
    """From the outbox's status of the answer: `accepted` is what a person calls received."""
    if status == WAITING:
        return Delivery.WAITING
    return Delivery.RECEIVED if status == "accepted" else Delivery(status)


# What a person is to be told of several things that belong together: the first of these that is true of one.
_GRAVEST = (Delivery.REJECTED, Delivery.CONFLICT, Delivery.HELD, Delivery.WAITING, Delivery.RECEIVED)


def gravest(states: Collection[Delivery]) -> Delivery | None:
    """None where nothing of them was made here."""
    return next((state for state in _GRAVEST if state in states), None)


def photo_delivery_of(state: str | None) -> PhotoDelivery:
    return PhotoDelivery.ELSEWHERE if state is None else PhotoDelivery(state)
