"""The state machine that draws schedules: what people and offices do, what goes wrong, and when. What must hold is in `agreement`."""

import datetime as dt
import shutil
from enum import StrEnum

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.visit import Outcome
from fieldapp.errors import SignInNeeded, StoreError
from fieldapp.usecases.conflicts import Side
from tests.support import agreement
from tests.support.district import VISITED_ON
from tests.support.faulty_line import LineFault
from tests.support.rough_laptop import RoughLaptop, a_picture
from tests.support.rough_world import Ground, RoughWorld

_ROUNDS = 8
_TEACHERS = ("somying", "wichai", "arun")

_LAPTOPS = 5

number = st.integers(0, 11)
# Most of what happens, happens to the first cases: people meet only where they work on the same child.
case_number = st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4))
pictures = st.lists(st.integers(0, 5), max_size=2)
fields = st.sampled_from(("village", "guardian_name"))
values = st.sampled_from("กขค")
# What meets the first requests of a sync, in their order.
fault_schedules = st.lists(st.sampled_from((None, *LineFault)), min_size=1, max_size=5).map(
    lambda faults: {number: fault for number, fault in enumerate(faults, 1) if fault}
)


class OfficeWork(StrEnum):
    LIST_COMES = "list comes"
    EDIT = "edit"
    CLOSE_ACCOUNT = "close account"
    NEW_LAPTOP = "new laptop"
    MERGE = "merge a duplicate"
    BACK_UP = "back up"


class Mishap(StrEnum):
    LATE_REQUESTS_ARRIVE = "late requests arrive"
    KILLED = "killed"
    BACKED_UP = "backed up"
    GOES_BACK = "goes back to a backup"
    DISK_LOST = "the disk is lost, and only a backup is left"
    CLOCK_JUMPS = "clock jumps"
    TIME_PASSES = "time passes"


class Stick(StrEnum):
    EXPORT = "export"
    TO_THE_OFFICE = "to the office"
    BACK = "back"


class Schedules(RuleBasedStateMachine):
    """One instance is one schedule."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.world = RoughWorld.make(self.ground)
        self.ledger = agreement.Ledger()

    @initialize(cases=st.integers(2, 3), second=st.sampled_from(("wichai", "head", "officer")))
    def begin(self, cases: int, second: str) -> None:
        self.world.list_cases(cases, "somying")
        for account in ("somying", second):
            self.world.laptop(account).sync()

    # People

    @rule(which=number, case=case_number, outcome=st.sampled_from(Outcome), photos=pictures, correct=st.booleans())
    def visit(self, which: int, case: int, outcome: Outcome, photos: list[int], correct: bool) -> None:
        laptop, case_id = self._case_on(which, case)
        if case_id is None:
            return
        earlier = laptop.visits_of(case_id)
        values: dict[str, object] = {"visited_on": min(VISITED_ON, laptop.now().date())}
        if correct and earlier:
            values |= {"supersedes": earlier[-1]}
        if outcome is Outcome.NOT_RETURNING:
            values |= {"causes": ("c01",), "main_cause": "c01"}
        visit = laptop.visit(case_id, outcome=outcome, **values)
        for picture in photos:
            laptop.photograph(visit, content=a_picture(picture))
        self._recorded(laptop)

    @rule(which=number, case=case_number)
    def visit_dated_by_a_wrong_clock(self, which: int, case: int) -> None:
        """The day is the laptop's today; where its clock is years ahead, the district cannot take it."""
        laptop, case_id = self._case_on(which, case)
        if case_id is None:
            return
        today = laptop.now().date()
        visit = laptop.visit(case_id, outcome=Outcome.UNDECIDED, visited_on=today)
        laptop.photograph(visit, content=a_picture(6))
        self.ledger.write_down(laptop, may_be_refused=today > self.world.now().date() + dt.timedelta(days=1))
        self._recorded(laptop)

    @rule(which=number, case=case_number, field=fields, value=values)
    def edit(self, which: int, case: int, field: str, value: str) -> None:
        laptop, case_id = self._case_on(which, case)
        child = laptop.child_of(case_id) if case_id else None
        if child is not None:
            laptop.edit(child, **{field: value})
            self._recorded(laptop)

    @rule(case=case_number, field=fields, mine=values, theirs=values)
    def two_people_change_the_same_field(self, case: int, field: str, mine: str, theirs: str) -> None:
        """Each on a laptop of their own, without having seen the other's value where they had not synced."""
        for which, value in ((0, mine), (1, theirs)):
            self.edit(which, case, field, value)
            self._sync(self._laptop(which), {})

    @rule(which=number, conflict=number, side=st.sampled_from(Side))
    def decide(self, which: int, conflict: int, side: Side) -> None:
        laptop = self._laptop(which)
        # What the window offers: not where the card has gone to someone else.
        waiting = [one for one in laptop.conflicts() if one.may_decide]
        if waiting:
            laptop.decide(waiting[conflict % len(waiting)], side)
            self._recorded(laptop)

    @rule(which=number, case=case_number, end=st.sampled_from((None, FollowUpState.DONE, FollowUpState.CANCELLED)))
    def plan_or_end_a_plan(self, which: int, case: int, end: FollowUpState | None) -> None:
        laptop, case_id = self._case_on(which, case)
        plans = laptop.plans()
        if end is not None and plans:
            laptop.close_plan(plans[case % len(plans)], end)
        elif case_id is not None:
            laptop.plan(case_id)
        self._recorded(laptop)

    @rule(which=number, case=case_number, on=st.booleans())
    def refer_or_send_on(self, which: int, case: int, on: bool) -> None:
        laptop, case_id = self._case_on(which, case)
        if on:
            laptop.send_on(case)
        elif case_id is not None:
            laptop.refer(case_id)
        self._recorded(laptop)

    @rule(which=number, case=case_number)
    def a_paper_comes_back(self, which: int, case: int) -> None:
        laptop = self._laptop(which)
        laptop.paper_back(case, a_picture(case + 3))
        self._recorded(laptop)

    # The office

    @rule(case=case_number, account=st.sampled_from(_TEACHERS))
    def assign(self, case: int, account: str) -> None:
        self.world.assign(self.world.cases[case % len(self.world.cases)], account)

    @rule(case=case_number, other=st.sampled_from(("wichai", "arun")), back=st.booleans(), faults=fault_schedules)
    def away_and_perhaps_back(self, case: int, other: str, back: bool, faults: dict[int, LineFault]) -> None:
        """A visit that was made offline comes when the case is someone else's; before the laptop hears of that, it may be back."""
        self.visit(0, case, Outcome.WANTS_RETURN, [1], False)
        case_id = self.world.cases[case % len(self.world.cases)]
        self.world.assign(case_id, other)
        self._sync(self._laptop(0), faults)
        if back:
            self.world.assign(case_id, "somying")

    @rule(case=case_number, field=fields, mine=values, theirs=values)
    def news_comes_under_unsent_work(self, case: int, field: str, mine: str, theirs: str) -> None:
        """The line brings what is new and takes nothing away."""
        self.visit(0, case, Outcome.UNDECIDED, [], False)
        self.edit(0, case, field, mine)
        case_id = self.world.cases[case % len(self.world.cases)]
        self.world.assign(case_id, "somying")
        self.world.office_edits(case_id, field, theirs)
        self._sync(self._laptop(0), {1: LineFault.PUSHES_FAIL})

    @rule(case=case_number, account=st.sampled_from(_TEACHERS), what=st.sampled_from(OfficeWork), field=fields, value=values)
    def office(self, case: int, account: str, what: "OfficeWork", field: str, value: str) -> None:
        match what:
            case OfficeWork.LIST_COMES:
                self.world.list_cases(1, account)
            case OfficeWork.EDIT:
                self.world.office_edits(self.world.cases[case % len(self.world.cases)], field, value)
            case OfficeWork.CLOSE_ACCOUNT if case == 4 and not self.world.closed:
                self.world.close_account(account)
            case OfficeWork.NEW_LAPTOP if len(self.world.laptops) < _LAPTOPS and self.world.person(account).id not in self.world.closed:
                self.world.laptop(account)
            case OfficeWork.MERGE:
                self.world.merge(self.world.cases[0], self.world.cases[case % len(self.world.cases)])
            case OfficeWork.BACK_UP:
                self.world.back_up()

    @rule(which=number, case=case_number, picture=st.integers(0, 5), faults=fault_schedules)
    def the_district_is_put_back(self, which: int, case: int, picture: int, faults: dict[int, LineFault]) -> None:
        """What came after its backup it forgets; it may be the backup of long ago."""
        self.world.back_up()
        self.visit(which, case, Outcome.UNDECIDED, [picture], True)
        self._sync(self._laptop(which), faults)
        self.world.put_back()
        self.ledger.lost(self.world)

    # The line

    @rule(which=number)
    def sync(self, which: int) -> None:
        self._sync(self._laptop(which), {})

    @rule(which=number, faults=fault_schedules)
    def sync_in_trouble(self, which: int, faults: dict[int, LineFault]) -> None:
        self._sync(self._laptop(which), faults)

    @rule(which=number, case=case_number, field=fields, value=values, faults=fault_schedules)
    def edit_and_sync_in_trouble(self, which: int, case: int, field: str, value: str, faults: dict[int, LineFault]) -> None:
        self.edit(which, case, field, value)
        self._sync(self._laptop(which), faults)

    @rule(which=number, case=case_number, picture=st.integers(0, 5), faults=fault_schedules)
    def visit_and_sync_in_trouble(self, which: int, case: int, picture: int, faults: dict[int, LineFault]) -> None:
        self.visit(which, case, Outcome.UNDECIDED, [picture], False)
        self._sync(self._laptop(which), faults)

    # What happens to laptops

    @rule(which=number, what=st.sampled_from(Mishap), copy=number, days=st.sampled_from((-2_900, -1, 0, 1, 1_100)))
    def mishap(self, which: int, what: "Mishap", copy: int, days: int) -> None:
        laptop = self._laptop(which)
        match what:
            case Mishap.LATE_REQUESTS_ARRIVE:
                laptop.wire.deliver_late()
            case Mishap.KILLED:
                laptop.die()
            case Mishap.BACKED_UP:
                laptop.back_up()
            case Mishap.GOES_BACK | Mishap.DISK_LOST if laptop.copies:
                laptop.go_back_to(copy % len(laptop.copies), old_file_readable=what is Mishap.GOES_BACK)
                if what is Mishap.DISK_LOST:
                    self.ledger.lost(self.world)
                self._answered(laptop)
            case Mishap.CLOCK_JUMPS:
                laptop.clock_runs_ahead = dt.timedelta(days=days)
            case Mishap.TIME_PASSES:
                self.world.pass_time(dt.timedelta(hours=(0.2, 1, 30, 800)[copy % 4]))
        self._recorded(laptop)

    @rule(which=number, what=st.sampled_from(Stick), file=number)
    def stick(self, which: int, what: "Stick", file: int) -> None:
        match what:
            case Stick.EXPORT:
                self.world.export(self._laptop(which))
            case Stick.TO_THE_OFFICE if self.world.bundles:
                self.world.take_bundle_in(file % len(self.world.bundles))
            case Stick.BACK if self.world.answers:
                laptop = self.world.take_answer_in(file % len(self.world.answers))
                if laptop is not None:
                    self._answered(laptop)

    # And then all is well

    def teardown(self) -> None:
        try:
            if self.world.laptops:
                self._heal()
                self._come_to_rest()
                self._check_all()
        finally:
            self.world.close()
            shutil.rmtree(self.world.folder)

    def _heal(self) -> None:
        for laptop in self.world.laptops:
            laptop.disk(full=False)
            laptop.wire.deliver_late()

    def _come_to_rest(self) -> None:
        for _ in range(_ROUNDS):
            restless = [laptop for laptop in self.world.laptops if not self.world.at_rest(laptop)]
            if not restless:
                return
            for laptop in restless:
                self._sync(laptop, {})
        raise AssertionError("the laptops do not come to rest")

    def _check_all(self) -> None:
        agreement.check_facts(self.world, self.ledger)
        agreement.check_edits(self.world)
        theirs = agreement.check_district(self.world)
        for laptop in self.world.laptops:
            agreement.check_agreement(self.world, theirs, laptop)

    def _sync(self, laptop: RoughLaptop, faults: dict[int, LineFault]) -> None:
        try:
            result = laptop.sync_under(faults)
        except StoreError as error:
            assert error.code == "store.disk_full", error
            result = None
        laptop.disk(full=False)
        if result is not None and result.error is None:
            laptop.history = self.world.histories
        self._answered(laptop)
        if result is not None and result.farewell:
            self.world.retire(laptop)
        elif result is not None and not faults:
            assert result.error is None or isinstance(result.error, SignInNeeded), result.error

    def _recorded(self, laptop: RoughLaptop) -> None:
        self.ledger.write_down(laptop)
        agreement.check_unsent(laptop)

    def _answered(self, laptop: RoughLaptop) -> None:
        self._recorded(laptop)
        agreement.check_answers(self.world, laptop)

    def _laptop(self, which: int) -> RoughLaptop:
        return self.world.laptops[which % len(self.world.laptops)]

    def _case_on(self, which: int, case: int) -> tuple[RoughLaptop, str | None]:
        """The laptop, and a case that it holds."""
        laptop = self._laptop(which)
        here = laptop.case_ids()
        cases = [case_id for case_id in self.world.cases if case_id in here]
        return laptop, cases[case % len(cases)] if cases else None


def schedules_on(ground: Ground) -> type[Schedules]:
    return type("SchedulesHere", (Schedules,), {"ground": ground})
