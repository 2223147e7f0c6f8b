"""The loop itself: what it tells, when it stops, what it remembers."""

import datetime as dt
from dataclasses import replace

from fieldapp.errors import ServerProblem
from fieldapp.store import sync_log, sync_state
from fieldapp.store.changes import Changes
from fieldapp.sync.engine import sync_once
from fieldapp.sync.progress import SyncStage
from fieldapp.wire.messages import Change, PullPage
from tests.support.district import VISITED_ON
from tests.support.faults import Fault
from tests.support.world import FieldLaptop, World


def _state(laptop: FieldLaptop, name: str) -> str | None:
    with laptop.store.reading() as connection:
        return sync_state.read(connection, name)


def _runs(laptop: FieldLaptop) -> tuple[sync_log.Run, ...]:
    with laptop.store.reading() as connection:
        return sync_log.runs(connection, 10)


def test_progress_names_every_stage_and_ends_with_all_done(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    laptop.photograph(visit)
    laptop.progress.clear()
    laptop.sync()
    assert list(dict.fromkeys(step.stage for step in laptop.progress)) == list(SyncStage)
    for stage in (SyncStage.PUSHING, SyncStage.PHOTOS):
        last = [step for step in laptop.progress if step.stage is stage][-1]
        assert last.done == last.total > 0
        assert last.bytes_done == last.bytes_total > 0


def test_a_cancelled_sync_loses_nothing(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)

    def pushed() -> bool:
        return laptop.receipt_of(visit.id) is not None

    result = sync_once(laptop.store, laptop.line, laptop.now, lambda progress: None, pushed)
    assert (result.cancelled, result.pushed, result.photos, result.error) == (True, 2, 0, None)
    assert _runs(laptop)[0].code == "cancelled"
    assert laptop.photo_state(photo) == "waiting"
    assert laptop.sync().photos == 1


def test_changes_are_announced_and_reported(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    heard: list[Changes] = []
    laptop.store.subscribe(heard.append)
    result = laptop.sync()
    assert result.changes.cases == {case_id}
    assert result.changes.reference
    assert any(case_id in changes.cases for changes in heard)
    heard.clear()
    visit = laptop.visit(case_id)
    result = laptop.sync()
    assert result.changes.outbox
    assert visit.id in result.changes.visits


def test_a_wrong_clock_is_measured(world: World) -> None:
    laptop = world.teacher()
    laptop.clock_runs_ahead = dt.timedelta(days=-3650)
    laptop.sync()
    offset = int(_state(laptop, sync_state.CLOCK_OFFSET) or 0)
    assert abs(offset - 3650 * 86_400) < 60


def test_years_of_wrong_clock_do_not_stop_a_visit(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    for wrong in (dt.timedelta(days=-3650), dt.timedelta(days=3650)):
        laptop.clock_runs_ahead = wrong
        assert laptop.sync().error is None
        visit = laptop.visit(case_id, visited_on=min(laptop.now().date(), VISITED_ON))
        assert laptop.sync().error is None
        assert laptop.status(visit.id)[0] == "accepted"


def test_each_run_is_written_down(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    laptop.visit(case_id)
    laptop.line.fail(Fault.CUT_BEFORE, on="push")
    laptop.sync()
    laptop.sync()
    complete, cut, first = _runs(laptop)
    assert (first.code, cut.code, complete.code) == ("", "offline.unreachable", "")
    assert (first.pulled > 0, cut.pushed, complete.pushed) == (True, 0, 1)
    assert complete.finished_at is not None and complete.bytes_up > 0


def test_a_run_that_was_killed_leaves_its_trace(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    laptop.visit(case_id)
    laptop.line.refuse("push", lambda token, push: KeyboardInterrupt())
    try:
        laptop.sync()
    except KeyboardInterrupt:
        laptop.restart()
    assert _runs(laptop)[0].finished_at is None


def test_what_this_program_cannot_read_is_left_out_and_asked_for_again_by_a_newer_one(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])

    def with_news(page: PullPage) -> PullPage:
        """As a newer district would send it: a type that is not known, and a case in a state that is not."""
        changes = [
            replace(change, body={**change.body, "state": "teleported"}) if change.id == case_id and change.body else change
            for change in page.changes
        ]
        return replace(page, changes=(*changes, Change(page.cursor, "support", "0190a000-0000-7000-8000-000000000099", {"area": "W1"})))

    laptop.line.alter("pull", with_news)
    assert laptop.sync().error is None
    assert laptop.case_ids() == set()
    assert laptop.sync().error is None
    laptop.line.heal()
    laptop.sync()
    assert laptop.case_ids() == set()

    with laptop.store.writing() as connection:
        remembered = sync_state.read(connection, sync_state.LEFT_OUT) or ""
        sync_state.write(connection, sync_state.LEFT_OUT, remembered.replace('"program": "', '"program": "older-'))
    laptop.sync()
    assert laptop.case_ids() == {case_id}
    assert _state(laptop, sync_state.LEFT_OUT) is None


def test_a_page_that_leads_nowhere_is_not_asked_for_for_ever(world: World) -> None:
    laptop = world.teacher()
    laptop.line.alter("pull", lambda page: replace(page, cursor=0, more=True))
    result = laptop.sync()
    assert result.error is not None and result.error.code == "offline.broken_answer"


def test_a_busy_district_is_left_alone(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    laptop.visit(case_id)
    laptop.line.refuse("push", lambda token, push: ServerProblem("rate_limited", 429, seconds=60))
    pulls = laptop.line.calls["pull"]
    result = laptop.sync()
    assert result.error is not None and result.error.code == "rate_limited"
    assert laptop.line.calls["pull"] == pulls


def test_a_large_scope_comes_in_several_pages(world: World) -> None:
    laptop = world.teacher()
    cases = world.district.add_cases(1_100, world.district.people["somying"])
    before = laptop.line.calls["pull"]
    result = laptop.sync()
    assert result.error is None
    assert laptop.line.calls["pull"] - before == 2
    assert laptop.case_ids() == set(cases)


def test_a_cut_between_two_pages_goes_on_with_the_second(world: World) -> None:
    laptop = world.teacher()
    cases = world.district.add_cases(1_100, world.district.people["somying"])
    laptop.line.fail(Fault.CUT_BEFORE, on="pull", at=2)
    cut = laptop.sync()
    assert (cut.pulled, cut.error is not None) == (2_000, True)
    rest = laptop.sync()
    assert 0 < rest.pulled < 2_000
    assert laptop.case_ids() == set(cases)
