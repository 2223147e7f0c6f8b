"""Every member of every vocabulary has a word in both languages, and dates, ages and places are said as people say them."""

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from fieldapp import phrases, texts, words
from fieldapp.domain import child, compulsory_age, follow_up, ladder, photo, received_list, reference, states, submission, thai_dates, visit
from fieldapp.domain.care import consent, goal, paper, referral, risk, support, transfer
from fieldapp.domain.compulsory_age import eligibility
from fieldapp.domain.thai_dates import PartialDate, Precision
from fieldapp.usecases import children

VOCABULARIES: tuple[type[StrEnum], ...] = (
    states.CaseState, states.ListError, received_list.ListType, visit.Outcome, visit.Met, visit.Whereabouts, visit.NextStep,
    visit.ReturnLevel, visit.PhotosShow, photo.PhotoKind, compulsory_age.AgeStatus, compulsory_age.Reason, reference.Role, child.Sex,
    follow_up.FollowUpState, children.Delivery, children.PhotoDelivery, children.SortBy, ladder.Bucket, ladder.Rounding,
    thai_dates.Precision, reference.AgencyKind, submission.HarmSign, risk.RiskSource, risk.RiskLevel, risk.RiskReason, risk.RiskState,
    support.SupportArea, support.SupportState, goal.CareAspect, goal.GoalState, referral.ReferralKind, referral.ReferralState,
    referral.Shared, consent.ConsentPurpose, consent.ConsentState, transfer.TransferState, follow_up.FollowUpReason,
    follow_up.Attendance, paper.PaperOf, paper.PaperState,
)  # fmt: skip
TODAY = dt.date(2026, 11, 22)
HERE = dt.datetime.now().astimezone().tzinfo


@pytest.fixture
def in_english() -> Iterator[None]:
    texts.use_language("en")
    yield
    texts.use_language("th")


def test_every_table_of_words_is_a_vocabulary() -> None:
    assert set(words.WORDS) == {vocabulary.__name__ for vocabulary in VOCABULARIES}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_every_member_has_a_thai_word_and_a_short_one(vocabulary: type[StrEnum]) -> None:
    assert set(words.WORDS[vocabulary.__name__]) == {member.value for member in vocabulary}
    for member in vocabulary:
        assert re.search("[ก-๙]", words.of(member)), member
        assert re.search("[ก-๙]", words.short(member)), member


def test_short_words_are_not_longer() -> None:
    assert all(len(words.short(state)) <= len(words.of(state)) for state in states.CaseState)


@pytest.mark.parametrize("outcome", visit.Outcome)
def test_every_outcome_says_what_follows_from_it(outcome: visit.Outcome) -> None:
    assert re.search("[ก-๙]", words.hint(outcome))


def test_every_problem_that_a_visit_can_have_has_a_sentence() -> None:
    later = TODAY + dt.timedelta(days=2)
    drafts = (
        visit.Visit("v", "c", "k", later, "p"),  # type: ignore[arg-type]
        visit.Visit("v", "c", "k", TODAY, "p", met=tuple(visit.Met), outcome=visit.Outcome.RETURNED, return_on=later),  # type: ignore[arg-type]
        visit.Visit("v", "c", "k", TODAY, "p", outcome=visit.Outcome.NOT_RETURNING, next_on=dt.date(2026, 1, 1)),  # type: ignore[arg-type]
        visit.Visit("v", "c", "k", TODAY, "p", causes=("a",)),  # type: ignore[arg-type]
    )
    found = {f"{problem.field}:{problem.code}" for draft in drafts for problem in visit.problems(draft, TODAY)}
    assert found == set(words.PROBLEMS)


def test_the_ministry_word_of_a_state_is_kept() -> None:
    assert words.of(states.CaseState.RETURNED) == "กลับเข้าระบบ"
    assert words.of(visit.Outcome.RETURNED) == "กลับเข้าเรียนแล้ว"
    assert words.of(states.CaseState.WANTS_RETURN) == "ประสงค์กลับเข้าเรียน"


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "ครบกำหนดวันนี้"), (1, "ครบกำหนดพรุ่งนี้"), (2, "อีก 2 วัน"), (-5, "เกินกำหนด 5 วัน")],
)
def test_a_due_date_is_said_from_today(days: int, said: str) -> None:
    assert phrases.due(TODAY + dt.timedelta(days=days), TODAY) == said


def test_no_due_date_says_nothing() -> None:
    assert phrases.due(None, TODAY) == ""


def test_a_due_date_in_english(in_english: None) -> None:
    assert phrases.due(TODAY - dt.timedelta(days=1), TODAY) == "1 day overdue"
    assert phrases.due(TODAY + dt.timedelta(days=2), TODAY) == "in 2 days"


def test_years_are_buddhist_in_thai_and_gregorian_in_english() -> None:
    assert phrases.day(TODAY) == "22 พ.ย. 2569"
    assert phrases.long_day(TODAY) == "อาทิตย์ 22 พฤศจิกายน 2569"
    texts.use_language("en")
    assert phrases.day(TODAY) == "22 Nov 2026"
    texts.use_language("th")


def test_a_moment_is_said_the_shorter_the_nearer() -> None:
    now = dt.datetime(2026, 11, 22, 10, 31, tzinfo=HERE)
    assert phrases.moment(now.replace(hour=6, minute=40), now) == "วันนี้ 06:40"
    assert phrases.moment(now - dt.timedelta(days=1), now) == "เมื่อวาน 10:31"
    assert phrases.moment(now - dt.timedelta(days=2), now) == "20 พ.ย. 10:31"
    assert phrases.moment(now.replace(year=2025), now) == "22 พ.ย. 2568"


def test_an_age_says_how_sure_it_is() -> None:
    born = dt.date(2014, 7, 9)
    assert phrases.age(PartialDate(born), TODAY) == "12 ปี"
    assert phrases.age_long(PartialDate(born), TODAY) == "12 ปี 4 เดือน"
    assert phrases.age(PartialDate(dt.date(2014, 1, 1), Precision.YEAR), TODAY) == "ราว 12 ปี"
    assert phrases.age(None, TODAY) == "ไม่ทราบอายุ"


def test_a_place_is_written_as_on_an_envelope() -> None:
    code = "461601"
    district = phrases.place_in_district(code)
    assert re.fullmatch(r"ต\.\S+ อ\.\S+", district)
    assert phrases.place("112", "4", code) == f"112 ม.4 {district}"
    assert phrases.place("", "7", code) == f"ไม่ทราบบ้านเลขที่ ม.7 {district}"
    assert phrases.place_short("4", code, "บ้านนาคู") == "นาคู ม.4"


def test_a_line_that_was_not_understood_as_a_place_is_no_village() -> None:
    assert phrases.place("199", "1", "", "นาคู") == "199 ม.1 บ้านนาคู"
    assert phrases.place("199", "1", "", "ต.นาคูพัฒนา อ.นาคู") == "199 ม.1 ต.นาคูพัฒนา อ.นาคู"


def test_compulsory_age_says_until_when() -> None:
    standing = eligibility(PartialDate(dt.date(2014, 7, 9)), TODAY)
    assert phrases.eligibility(standing) == "อยู่ในเกณฑ์ภาคบังคับถึง 31 ธ.ค. 2572"


def test_sizes_are_round() -> None:
    assert [phrases.size(count) for count in (812, 48_200, 1_400_000)] == ["812 ไบต์", "48 KB", "1.4 MB"]
