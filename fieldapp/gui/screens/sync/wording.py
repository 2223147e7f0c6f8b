"""The sync in plain words: what goes on, what each record is, why one was set aside, how a run ended. No widget.

"Received" is said in one place only, for Delivery.RECEIVED.
"""

import datetime as dt
import json
from collections import Counter

from fieldapp import phrases, words
from fieldapp.error_words import refusals, words_for_code
from fieldapp.gui.screens.card import conflict_words
from fieldapp.gui.theme.tokens import Tone
from fieldapp.texts import _, mark, ngettext
from fieldapp.usecases.children import Delivery, PhotoDelivery
from fieldapp.usecases.syncing import BY_FILE, AsideItem, SentItem, SyncProgress, SyncResult, SyncRun, SyncStage

_TONES = {
    Delivery.WAITING: Tone.NEUTRAL,
    Delivery.RECEIVED: Tone.GOOD,
    Delivery.HELD: Tone.INFO,
    Delivery.CONFLICT: Tone.WARNING,
    Delivery.REJECTED: Tone.WARNING,
}
_CAN_BE_MENDED = frozenset({"visit.recorded", "child.edited", "follow_up.planned"})
_PHOTO_WORDS = {
    PhotoDelivery.WAITING: mark("waiting"),
    PhotoDelivery.RECEIVED: mark("received"),
    PhotoDelivery.SET_ASIDE: mark("set aside"),
    PhotoDelivery.ELSEWHERE: mark("on another device"),
}


def stage_title(progress: SyncProgress) -> str:
    """What goes on now, and how many of how many."""
    current = min(progress.done + 1, progress.total)
    match progress.stage:
        case SyncStage.PUSHING if progress.total:
            return _("Sending record {current} of {total}").format(current=f"{current:,}", total=f"{progress.total:,}")
        case SyncStage.PUSHING:
            return _("Connecting to the district")
        case SyncStage.PHOTOS if progress.total:
            return _("Sending photo {current} of {total}").format(current=f"{current:,}", total=f"{progress.total:,}")
        case SyncStage.PHOTOS:
            return _("Sending photos")
        case SyncStage.PULLING if progress.total:
            return _("Getting news from the district: {done} of {total}").format(done=f"{progress.done:,}", total=f"{progress.total:,}")
        case _ if progress.done:
            return _("Getting news from the district: {done} so far").format(done=f"{progress.done:,}")
        case _:
            return _("Getting news from the district")


def stage_detail(progress: SyncProgress, seconds_left: float | None, *, long_under_way: bool = False) -> str:
    """Bytes and time left, where they are known; always that stopping loses nothing. `long_under_way`: by now a person expects to be told,
    so it is said that the time is not known."""
    parts = []
    if progress.bytes_total:
        parts.append(_("{done} of {total}").format(done=phrases.size(progress.bytes_done), total=phrases.size(progress.bytes_total)))
    if seconds_left is not None:
        parts.append(time_left(seconds_left))
    elif long_under_way:
        parts.append(_("time left not known"))
    parts.append(_("You may pause: nothing is lost"))
    return " · ".join(parts)


def time_left(seconds: float) -> str:
    if seconds < 60:
        tens = max(10, round(seconds / 10) * 10)
        return _("about {count} seconds left").format(count=tens)
    minutes = round(seconds / 60)
    return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(count=minutes)


def kind(item: SentItem) -> str:
    return refusals.kind(item.kind)


def item_title(item: SentItem) -> str:
    # Names leave with the card; what was done for it stays.
    left = _("a child no longer on this laptop") if item.case_id else ""
    return " · ".join(filter(None, (kind(item), item.child_name or left)))


def pill(item: SentItem) -> tuple[str, Tone]:
    """The pill's word and its tone."""
    if item.delivery is Delivery.HELD and item.decided:
        return (_("Taken in"), Tone.GOOD) if item.decided.taken else (_("Left out"), Tone.NEUTRAL)
    return delivery(item.delivery)


def delivery(state: Delivery) -> tuple[str, Tone]:
    """The pill's word and its tone, where nothing else was decided."""
    if state is Delivery.RECEIVED:
        return _("Received ✓"), _TONES[state]
    return _("Set aside") if state is Delivery.REJECTED else words.of(state), _TONES[state]


def photos(states: tuple[PhotoDelivery, ...]) -> str:
    """ภาพ 2 รอส่ง, or ภาพ 3 · เขตรับแล้ว 2 · รอส่ง 1. The visit's own state is told elsewhere."""
    if not states:
        return ""
    counted = Counter(states)
    if len(counted) == 1:
        state = states[0]
        word = _(_PHOTO_WORDS[state])
        return ngettext("{count} photo {state}", "{count} photos {state}", len(states)).format(count=len(states), state=word)
    ordered = [state for state in PhotoDelivery if counted[state]]
    # The number does not part from its word.
    parts = [f"{_(_PHOTO_WORDS[state])}\u00a0{counted[state]}" for state in ordered]
    return " · ".join([ngettext("{count} photo", "{count} photos", len(states)).format(count=len(states)), *parts])


def what(item: SentItem) -> str:
    """What was recorded, where a word says it: the outcome, the fields of a card, the day of a follow-up."""
    if not item.what:
        return ""
    match item.kind:
        case "visit.recorded":
            return words.outcome(item.what)
        case "child.edited":
            return ", ".join(dict.fromkeys(filter(None, (refusals.field(name) for name in item.what.split(",")))))
        case "conflict.decided":
            name, value = json.loads(item.what)
            return f"{refusals.field(name)}: {conflict_words.value(name, value, whole=False)}"
        case "follow_up.planned":
            return phrases.day(dt.date.fromisoformat(item.what))
        case _:
            return ""


def decided(item: SentItem, now: dt.datetime) -> str:
    """What the office decided about something that the district had kept: what, by whom, when, and what it wrote."""
    if item.decided is None:
        return ""
    one = item.decided
    if not one.taken:
        what = _("the district office left it out of the case")
    elif one.elsewhere:
        what = _("the district office took it in, for another case")
    else:
        what = _("the district office took it in")
    note = _("note: {note}").format(note=one.note) if one.note else ""
    return " · ".join(filter(None, (what, one.by_name, phrases.moment(one.at, now), note)))


def beside(item: SentItem) -> str:
    """What else its person should know: why the district keeps it, or why it still waits."""
    if item.delivery is Delivery.WAITING and item.waits_again:
        return _("the district was put back from a backup; it goes again by itself")
    if item.delivery is Delivery.WAITING and item.code == "receipt_invalid":
        return _("an answer came without a receipt that holds; it goes again by itself")
    if item.delivery is Delivery.WAITING and item.code:
        return _("the district stumbled over it; it goes again by itself")
    return held(item)


def aside_title(item: SentItem | AsideItem) -> str:
    """ภาพ “ในบ้าน” · ด.ญ. ปวีณา อุทรักษ์ · เยี่ยม 20 พ.ย."""
    if isinstance(item, SentItem):
        return item_title(item)
    visited = _("visit of {day}").format(day=phrases.day_month(item.visited_on)) if item.visited_on else ""
    picture = _("Photo “{kind}”").format(kind=words.of(item.photo.kind))
    return " · ".join(filter(None, (picture, item.child_name, visited)))


def why(item: SentItem | AsideItem) -> str:
    """Why a person is asked to look, with the field to mend."""
    if isinstance(item, SentItem):
        return refusal(item.code, item.field)
    received = item.visit is Delivery.RECEIVED
    visit = _("The visit was received without this photo") if received else _("Its visit does not wait for it")
    return " · ".join((refusals.photo(item.code), visit))


def aside_note(item: SentItem | AsideItem, now: dt.datetime) -> str:
    """When it was made, that it is being mended, and that a file of it was written; whether anybody read that nobody here knows."""
    parts = []
    if isinstance(item, SentItem):
        parts.append(phrases.moment(item.made_at, now))
        parts.append(photos(item.photos))
        if item.being_mended:
            parts.append(_("being mended, not finished yet"))
    if item.file_written_at:
        parts.append(_("file for the helpdesk written {when}").format(when=phrases.moment(item.file_written_at, now)))
    return " · ".join(filter(None, parts))


def way_to_mend(item: SentItem | AsideItem) -> str:
    """The button that leads on."""
    if isinstance(item, AsideItem):
        return _("Open the photo")
    if item.being_mended:
        return _("Go on mending")
    return _("Mend it") if item.kind in _CAN_BE_MENDED else _("Open card")


def held(item: SentItem) -> str:
    """Why the district keeps it for a decision, where it does and none has come."""
    return words.held(item.code) if item.delivery is Delivery.HELD and not item.decided else ""


def refusal(code: str, field: str) -> str:
    """The reason in words, and the field to mend where there is one."""
    named = refusals.field(field)
    return " · ".join(filter(None, (refusals.reason(code), _("mend: {field}").format(field=named) if named else "")))


def run_title(run: SyncRun) -> tuple[str, Tone]:
    if not run.code:
        return (_("complete"), Tone.GOOD) if run.finished_at else (_("interrupted"), Tone.NEUTRAL)
    if run.code == BY_FILE:
        return _("by file"), Tone.GOOD
    if run.code.startswith("sign_in."):
        return _("sign in again"), Tone.WARNING
    if run.code.startswith("offline.") or run.code == "cancelled":
        return _("goes on later"), Tone.NEUTRAL
    return _("needs a look"), Tone.WARNING


def run_detail(run: SyncRun) -> str:
    """รับ 4 · ส่ง 3 · ภาพ 6, and why it ended early where it did, and why everything was read again."""
    parts = [phrases.read_anew(run.anew, run.sent_again)]
    if run.code not in ("", "cancelled", BY_FILE):
        parts.append(words_for_code(run.code).happened.rstrip("."))
    return " · ".join(part for part in (*parts, _moved(run)) if part)


def _moved(run: SyncRun) -> str:
    moved = (
        (run.pulled, _("got {count}")),
        (run.pushed, _("sent {count}")),
        (run.photos, ngettext("{count} photo", "{count} photos", run.photos)),
    )
    told = [text.format(count=f"{count:,}") for count, text in moved if count]
    if told:
        return " · ".join(told)
    return _("nothing new") if not run.code and run.finished_at else _("nothing moved")


def result_words(result: SyncResult) -> str:
    """What a sync that just ended has moved. Receipts are counted, since only they prove that something arrived."""
    moved = (
        (result.receipts_verified, ngettext("{count} receipt checked", "{count} receipts checked", result.receipts_verified)),
        (result.photos, ngettext("{count} photo", "{count} photos", result.photos)),
        (result.pulled, ngettext("{count} piece of news", "{count} pieces of news", result.pulled)),
    )
    told = [text.format(count=f"{count:,}") for count, text in moved if count] or [_("Nothing was new on either side.")]
    return " · ".join(part for part in (phrases.read_anew(result.anew, result.sent_again), *told) if part)
