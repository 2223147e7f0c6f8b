"""What the sync centre says, and when it says "received"."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from fieldapp import phrases
from fieldapp.domain import payloads
from fieldapp.domain.event import EventRefused
from fieldapp.error_words import refusals
from fieldapp.gui.screens.sync import receipt_text, wording
from fieldapp.gui.screens.sync.pace import Pace
from fieldapp.texts import use_language
from fieldapp.usecases.children import Delivery, PhotoDelivery
from fieldapp.usecases.syncing import Decided, SentItem, SyncProgress, SyncResult, SyncRun, SyncStage
from fieldapp.wire import messages
from tests.support.work_views import NOW, receipt_view, sent_item, sync_runs

pytestmark = pytest.mark.usefixtures("english")


def test_only_what_the_district_holds_is_called_received() -> None:
    said = {state: wording.delivery(state)[0].lower() for state in Delivery}
    assert "received" in said.pop(Delivery.RECEIVED)
    assert not [word for word in said.values() if "received" in word]


def test_in_thai_too_only_what_the_district_holds_is_called_received() -> None:
    use_language("th")
    said = {state: wording.delivery(state)[0] for state in Delivery}
    assert [state for state, word in said.items() if "รับแล้ว" in word] == [Delivery.RECEIVED]


def test_every_standing_has_its_own_word() -> None:
    assert len({wording.delivery(state)[0] for state in Delivery}) == len(Delivery)


def test_photos_are_told_apart_from_their_visit() -> None:
    waiting, received = PhotoDelivery.WAITING, PhotoDelivery.RECEIVED
    assert wording.photos((waiting, waiting)) == "2 photos waiting"
    assert wording.photos((received, waiting, received)) == "3 photos · waiting\u00a01 · received\u00a02"
    assert wording.photos(()) == ""


def test_a_line_whose_card_left_says_so_in_place_of_a_name() -> None:
    left = sent_item(kind="visit.recorded", child_name="")
    assert wording.item_title(left) == "Visit · a child no longer on this laptop"
    assert wording.item_title(sent_item(kind="visit.recorded", child_name="", case_id="")) == "Visit"


def test_a_rejection_names_its_reason_and_the_field() -> None:
    item = sent_item(delivery=Delivery.REJECTED, code="in_the_future", field="visited_on")
    assert wording.why(item) == "A date lies in the future · mend: day of the visit"


def test_an_unknown_reason_still_gives_a_sentence() -> None:
    refused = EventRefused("something_new")
    assert wording.refusal(refused.code, refused.field) == "The district could not take it (something_new)"


@pytest.mark.parametrize(
    ("progress", "title"),
    [
        (SyncProgress(SyncStage.PUSHING, 0, 6), "Sending record 1 of 6"),
        (SyncProgress(SyncStage.PUSHING, 6, 6), "Sending record 6 of 6"),
        (SyncProgress(SyncStage.PUSHING, 0, 0), "Connecting to the district"),
        (SyncProgress(SyncStage.PULLING, 1200, 1519), "Getting news from the district: 1,200 of 1,519"),
        (SyncProgress(SyncStage.PULLING, 2_000, 0), "Getting news from the district: 2,000 so far"),
        (SyncProgress(SyncStage.PHOTOS, 2, 8, 1_100_000, 2_400_000), "Sending photo 3 of 8"),
    ],
)
def test_progress_says_what_and_how_many(progress: SyncProgress, title: str) -> None:
    assert wording.stage_title(progress) == title


def test_progress_says_bytes_and_time_left_and_that_pausing_is_safe() -> None:
    progress = SyncProgress(SyncStage.PHOTOS, 2, 8, 1_100_000, 2_400_000)
    assert wording.stage_detail(progress, 41.0) == "1.1 MB of 2.4 MB · about 40 seconds left · You may pause: nothing is lost"


def test_where_the_time_is_not_known_that_is_said_once_somebody_has_waited() -> None:
    progress = SyncProgress(SyncStage.PULLING, 2_000, 0)
    assert wording.stage_detail(progress, None) == "You may pause: nothing is lost"
    assert wording.stage_detail(progress, None, long_under_way=True) == "time left not known · You may pause: nothing is lost"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (sent_item(kind="visit.recorded", what="wants_return"), "Wants to go back"),
        (sent_item(kind="child.edited", what="guardian_phone,house_no"), "guardian's phone, house number"),
        (sent_item(kind="follow_up.planned", what="2026-12-01"), "1 Dec 2026"),
        (sent_item(kind="follow_up.closed", what=""), ""),
        (sent_item(kind="visit.recorded", what="of_a_newer_program"), ""),
    ],
)
def test_a_line_says_what_was_recorded(item: SentItem, said: str) -> None:
    assert wording.what(item) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"delivery": Delivery.WAITING}, ""),
        ({"delivery": Delivery.WAITING, "waits_again": True}, "put back from a backup"),
        ({"delivery": Delivery.WAITING, "code": "receipt_invalid"}, "without a receipt that holds"),
        ({"delivery": Delivery.WAITING, "code": "server_failed"}, "stumbled"),
        ({"delivery": Delivery.HELD, "code": "merged"}, "on the list twice"),
        ({"delivery": Delivery.HELD, "code": "account_expired"}, "expired"),
    ],
)
def test_why_something_waits_or_is_kept_is_told_beside_it(values: dict[str, Any], said: str) -> None:
    assert said in wording.beside(sent_item(**values))
    assert bool(said) == bool(wording.beside(sent_item(**values)))


@pytest.mark.parametrize(
    ("taken", "elsewhere", "said", "pill"),
    [(True, False, "took it in", "Taken in"), (True, True, "for another case", "Taken in"), (False, False, "left it out", "Left out")],
)
def test_what_the_office_decided_is_told_with_who_when_and_why(taken: bool, elsewhere: bool, said: str, pill: str) -> None:
    decision = Decided(taken, "ผิดบ้าน", "ศน. สมศรี", NOW.replace(hour=9, minute=5), elsewhere)
    item = sent_item(delivery=Delivery.HELD, code="no_longer_yours", decided=decision)
    told = wording.decided(item, NOW)
    assert all(part in told for part in (said, "ศน. สมศรี", phrases.moment(decision.at, NOW), "note: ผิดบ้าน"))
    assert (wording.pill(item)[0], wording.beside(item)) == (pill, "")
    assert wording.pill(sent_item(delivery=Delivery.RECEIVED, decided=decision)) == wording.delivery(Delivery.RECEIVED)
    assert wording.decided(sent_item(), NOW) == ""


def test_every_reason_of_the_protocol_has_words() -> None:
    page = (Path(messages.__file__).parent / "PROTOCOL.md").read_text(encoding="utf-8")
    told = page.partition("Codes of a rejection:")[2].partition("\n\n")[0]
    codes = re.findall(r"`([a-z_]+)`", told)
    assert len(codes) > 10
    assert [code for code in codes if f"({code})" in refusals.reason(code)] == []


class TestPace:
    def test_time_left_follows_from_how_it_went(self) -> None:
        now = NOW
        pace = Pace(lambda: now)
        assert pace.seconds_left(SyncProgress(SyncStage.PHOTOS, 0, 8, 0, 1000)) is None
        now += dt.timedelta(seconds=10)
        assert pace.seconds_left(SyncProgress(SyncStage.PHOTOS, 2, 8, 250, 1000)) == pytest.approx(30)

    def test_a_new_stage_begins_anew(self) -> None:
        now = NOW
        pace = Pace(lambda: now)
        pace.seconds_left(SyncProgress(SyncStage.PUSHING, 0, 10))
        now += dt.timedelta(seconds=10)
        assert pace.seconds_left(SyncProgress(SyncStage.PHOTOS, 1, 8)) is None

    def test_nothing_is_said_too_early(self) -> None:
        now = NOW
        pace = Pace(lambda: now)
        pace.seconds_left(SyncProgress(SyncStage.PHOTOS, 0, 8, 0, 1000))
        now += dt.timedelta(seconds=1)
        assert pace.seconds_left(SyncProgress(SyncStage.PHOTOS, 4, 8, 500, 1000)) is None


class TestRuns:
    def test_each_end_has_its_word(self) -> None:
        assert [wording.run_title(run)[0] for run in sync_runs()] == [
            "complete", "complete", "goes on later", "sign in again", "interrupted",
        ]  # fmt: skip

    def test_a_full_disk_asks_for_a_look(self) -> None:
        assert wording.run_title(SyncRun(NOW, NOW, "store.disk_full", 0, 0, 0))[0] == "needs a look"

    def test_what_moved_is_counted(self) -> None:
        assert wording.run_detail(sync_runs()[1]) == "got 11 · sent 3 · 6 photos"
        assert wording.run_detail(SyncRun(NOW, NOW, "", 0, 0, 0)) == "nothing new"

    def test_a_district_that_was_put_back_and_a_new_scope_are_told(self) -> None:
        told = wording.run_detail(SyncRun(NOW, NOW, "", 2, 40, 1, "pull.forgotten", 3))
        assert told == "The district was restored from a backup; 3 records are sent again · got 40 · sent 2 · 1 photo"
        assert wording.run_detail(SyncRun(NOW, NOW, "", 0, 40, 0, "pull.forgotten", 0)).startswith(
            "The district was restored from a backup; nothing of yours was missing"
        )
        result = SyncResult(pulled=40, anew="pull.new_scope")
        assert wording.result_words(result) == "Your role or school changed, so the children were read anew · 40 pieces of news"


class TestReceiptText:
    def test_it_holds_what_proves_and_no_name(self) -> None:
        text = receipt_text.as_text(receipt_view())
        for part in ("7F3A-20C1", "20,418", receipt_view().receipt.sha256, receipt_view().receipt.signature, "right, checked"):
            assert part in text
        assert "ธนกร" not in text

    def test_a_wrong_signature_is_said_loudly(self) -> None:
        text = receipt_text.as_text(receipt_view(verified=False))
        assert "WRONG" in text
        assert "The district signed" not in text

    def test_thai_gives_the_buddhist_year(self) -> None:
        use_language("th")
        assert "พฤศจิกายน 2569" in receipt_text.as_text(receipt_view())


def test_every_kind_of_record_has_a_word() -> None:
    kinds = {found.KIND for found in vars(payloads).values() if isinstance(getattr(found, "KIND", None), str)}
    assert "consent.recorded" in kinds
    assert sorted(kind for kind in kinds if refusals.kind(kind) == kind) == []
