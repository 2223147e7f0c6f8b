"""The instruments as a teacher fills them in: what they ask, what they reckon, and what they raise."""

import csv
from xml.etree import ElementTree

import pytest

from fieldapp.domain.national_id import has_valid_check_digit
from tests.support.instruments import NAMES, Filling, lists, sheet
from tests.support.national_ids import an_id
from tests.support.xforms import TODAY

TOMORROW = "2026-11-23"
SDQ_REVERSED = (7, 11, 14, 21, 25)
SDQ_ITEMS = {
    "emotion": (3, 8, 13, 16, 24),
    "conduct": (5, 7, 12, 18, 22),
    "hyper": (2, 10, 15, 21, 25),
    "peer": (6, 11, 14, 19, 23),
    "prosocial": (1, 4, 9, 17, 20),
}
# normal / risk / problem, first and last score of each (domain, the instruments, SDQ).
ADULT = {
    "emotion": ((0, 3), (4, 4), (5, 10)),
    "conduct": ((0, 3), (4, 4), (5, 10)),
    "hyper": ((0, 5), (6, 6), (7, 10)),
    "peer": ((0, 5), (6, 6), (7, 10)),
    "total": ((0, 15), (16, 17), (18, 40)),
    "prosocial": ((4, 10), (3, 3), (0, 2)),
}
SELF = {
    "emotion": ((0, 5), (6, 6), (7, 10)),
    "conduct": ((0, 4), (5, 5), (6, 10)),
    "hyper": ((0, 5), (6, 6), (7, 10)),
    "peer": ((0, 3), (4, 4), (5, 10)),
    "total": ((0, 16), (17, 18), (19, 40)),
    "prosocial": ((4, 10), (3, 3), (0, 2)),
}
CUT_OFFS = {"teacher": ADULT, "parent": ADULT, "self": SELF}


def money(filling: Filling, *incomes: float) -> Filling:
    """A row of the table of members for each; 0 is someone without income."""
    for income in incomes:
        filling.member(member_relation="ญาติ", age=40, has_income="yes" if income else "no")
        if income:
            filling.put(row=filling.session.repeats("/data/member"), income_wage=income)
    return filling


@pytest.mark.parametrize("name", NAMES)
def test_the_day_is_today_and_cannot_be_one_to_come(name: str) -> None:
    filling = Filling(name)
    day = next(place for place in filling.session.definition.places.values() if place.name.endswith("ed_on") and place.bind.type == "date")
    assert filling[day.name] == TODAY.isoformat()
    assert not filling.accepts(day.name, TOMORROW)


def least_answer(filling: Filling, path: str) -> str:
    """What someone answers who has nothing to report."""
    place = filling.session.definition.places[path.replace("[1]", "")]
    if "phone" in place.name:
        return "0812345678"
    options = [option.value for option in filling.session.options(path)]
    for quiet in ("none", "no", "child", "regular", "normal"):
        if quiet in options:
            return quiet
    return options[0] if options else {"int": "1", "decimal": "1", "date": TODAY.isoformat()}.get(place.bind.type, "ก")


@pytest.mark.parametrize("name", NAMES)
def test_whoever_answers_what_must_be_answered_can_finish(name: str) -> None:
    filling = Filling(name)
    given = 0
    while missing := filling.session.validate():
        assert missing[0].code == "answer.required", missing[0]
        filling.session.set(missing[0].where, least_answer(filling, missing[0].where))
        given += 1
    sent = ElementTree.fromstring(filling.session.finalize())
    assert (sent.get("id"), sent.get("version")) == (name, sheet(name, "settings")[0]["version"])
    assert [node.tag for node in sent.iter() if node.text in ("1", "risk", "problem") and node.tag.startswith(("urgent_", "risk_"))] == []
    # SDQ on paper has 25 items, each of which must be answered, and นร.01 asks for all there is in a house.
    assert given <= {"sdq": 30, "poverty": 25}.get(name, 20), given


# Household and poverty


def test_income_per_head_is_the_income_of_all_over_all_members() -> None:
    filling = Filling("household").put(needs_income="yes", members_count=3)
    filling.member(member_relation="บิดา", age=41, has_income="yes", income_wage=5000, income_farm=1200, income_other=300)
    filling.member(member_relation="ยาย", age=70, has_income="yes", income_welfare=600)
    filling.member(member_relation="นักเรียน", age=11, has_income="no")
    assert filling["income_total"] == "7100"
    assert filling["income_per_head"] == "2366.67"
    assert not filling.asked("members_differ")


def test_nobody_has_an_income_of_nothing_because_it_was_not_asked() -> None:
    filling = Filling("household").put(needs_income="yes", members_count=2)
    filling.member(member_relation="มารดา", age=38, has_income="yes")
    assert filling["income_total"] == ""
    assert filling.asked("row_missing")
    filling.put(row=1, income_business=900)
    filling.member(member_relation="นักเรียน", age=9)
    assert filling["income_per_head"] == ""
    filling.put(row=2, has_income="no")
    assert filling["income_per_head"] == "450"


def test_fewer_rows_than_members_are_pointed_out() -> None:
    filling = money(Filling("household").put(needs_income="yes", members_count=4), 8000, 0)
    assert filling["income_per_head"] == "2000"
    assert filling.asked("members_differ")


def test_who_asks_for_no_support_has_no_table_to_fill() -> None:
    filling = Filling("household").put(needs_income="no", members_count=4)
    assert filling.asked("income_told")
    assert not filling.asked("member")
    assert not filling.asked("income_sum")


@pytest.mark.parametrize(("told", "flag"), [(3000, "1"), (3000.01, "")])
def test_a_low_income_that_was_told_counts_like_one_that_was_reckoned(told: float, flag: str) -> None:
    assert Filling("household").put(needs_income="no", income_told=told)["low_income"] == flag
    reckoned = money(Filling("household").put(needs_income="yes", members_count=2), 2 * told, 0)
    assert reckoned["low_income"] == flag


def test_tambons_are_those_of_the_amphoe() -> None:
    filling = Filling("household").put(same_address="no", amphoe="4616")
    assert [option.value for option in filling.session.options(filling.path("tambon"))] == [f"46160{number}" for number in range(1, 6)]
    filling.put(tambon="461601", amphoe="4605")
    problem = filling.session.problem(filling.path("tambon"))
    assert problem is not None and problem.code == "answer.not_a_choice"
    filling.put(amphoe="other")
    assert filling.asked("address_other") and not filling.asked("tambon")


def test_who_does_not_want_photos_is_asked_for_none() -> None:
    filling = Filling("household").put(photo_consent="no")
    assert not filling.asked("photo_outside")
    assert Filling("household").put(photo_consent="yes").asked("photo_outside")


@pytest.mark.parametrize(("total", "flag"), [(11_999, "1"), (12_000, "1"), (12_000.01, ""), (12_001, "")])
def test_three_thousand_baht_a_head_is_the_last_that_counts(total: float, flag: str) -> None:
    filling = money(Filling("poverty").put(income_from="members", members_count=4), total, 0, 0, 0)
    assert filling["low_income"] == flag
    assert filling.asked("low_income_shown") is bool(flag)


def test_a_total_that_is_known_needs_no_table() -> None:
    filling = Filling("poverty").put(income_from="known", members_count=2, income_known=6000)
    assert not filling.asked("member")
    assert (filling["income_per_head"], filling["low_income"]) == ("3000", "1")


def test_no_income_yet_is_not_a_low_one() -> None:
    filling = Filling("poverty").put(members_count=2)
    assert filling["low_income"] == ""
    assert filling.put(income_from="members")["low_income"] == ""


WELL_OFF = {
    "burden": "none", "living": "own", "floor": "cement", "wall": "brick", "roof": "metal", "toilet": "yes", "land": "over_5",
    "water": "tap", "power": "meter", "car": "newer", "pickup": "none", "tractor": "none", "goods": "fridge",
}  # fmt: skip


@pytest.mark.parametrize(
    "sign",
    [
        {"burden": "elderly chronic"}, {"living": "rent"}, {"roof": "leaves"}, {"toilet": "no"}, {"land": "under_1"}, {"water": "rain"},
        {"power": "shared"}, {"car": "old"}, {"goods": "none"},
    ],
)  # fmt: skip
def test_each_sign_of_hardship_counts_once(sign: dict[str, str]) -> None:
    filling = Filling("poverty").put(**WELL_OFF)
    assert filling["status_signs"] == "0"
    assert filling.put(**sign)["status_signs"] == "1"


def test_all_signs_together_are_eight() -> None:
    hard = {
        "burden": "disabled", "living": "with_others", "floor": "earth", "wall": "bamboo", "roof": "plastic", "toilet": "no",
        "land": "under_1", "water": "well", "power": "none", "car": "none", "pickup": "none", "tractor": "old", "goods": "none",
    }  # fmt: skip
    assert Filling("poverty").put(**hard)["status_signs"] == "8"


def test_a_house_that_nobody_looked_at_has_no_signs() -> None:
    assert Filling("poverty")["status_signs"] == "0"


# Numbers of cards


@pytest.mark.parametrize(("instrument", "question"), [("household", "guardian_id"), ("home_visit", "national_id")])
def test_an_id_needs_its_check_digit_or_the_word_that_the_card_reads_so(instrument: str, question: str) -> None:
    filling = Filling(instrument).put(**({"has_guardian": "yes", "guardian_card": "yes"} if instrument == "household" else {}))
    right = an_id(3)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert filling.accepts(question, right)
    assert not filling.asked(f"{question}_as_printed")
    for unfit in (wrong, right[:-1], right + "0", f"{right[:5]}-{right[6:]}", "G644200000001"):
        assert not filling.accepts(question, unfit), unfit
    assert filling.accepts(question, an_id(8)) and filling.accepts(question, "1103700000003")
    filling.put(**{question: wrong})
    assert filling.asked(f"{question}_as_printed")
    filling.put(**{f"{question}_as_printed": "yes"})
    assert filling.session.is_valid(filling.path(question))


def test_every_digit_of_an_id_is_weighed_as_the_program_does() -> None:
    filling = Filling("home_visit")
    right = an_id(1234567)
    for place in range(13):
        for digit in "0123456789":
            number = right[:place] + digit + right[place + 1 :]
            assert filling.accepts("national_id", number) is has_valid_check_digit(number), number


@pytest.mark.parametrize(("number", "fits"), [("0812345678", True), ("043123456", True), ("812345678", False), ("08-12345678", False)])
def test_a_phone_number_is_nine_or_ten_digits(number: str, fits: bool) -> None:
    assert Filling("household").put(has_guardian="yes").accepts("guardian_phone", number) is fits


# The visit


def test_a_visit_where_nothing_was_found_asks_for_no_details() -> None:
    filling = Filling("home_visit").put(topics="none")
    for page in ("health_page", "welfare_page", "conduct_page", "sexual_page", "gaming_page", "urgent_page"):
        assert not filling.asked(page)


def test_nothing_found_goes_with_nothing_else() -> None:
    assert not Filling("home_visit").accepts("topics", "none health")


@pytest.mark.parametrize(
    ("topic", "found", "raised"),
    [
        ("welfare", "no_carer", "urgent_no_carer"), ("welfare", "quarrels abused", "urgent_abused"),
        ("welfare", "sexually_abused", "urgent_sexually_abused"), ("violence", "self_harm", "urgent_self_harm"),
    ],
)  # fmt: skip
def test_harm_found_at_a_visit_is_urgent(topic: str, found: str, raised: str) -> None:
    filling = Filling("home_visit").put(topics=topic, **{topic: found})
    urgent = ("urgent_no_carer", "urgent_abused", "urgent_sexually_abused", "urgent_self_harm")
    assert {name: filling[name] for name in urgent} == {name: "1" if name == raised else "" for name in urgent}
    assert filling.asked("urgent_page")
    assert (filling[f"risk_{topic}"], filling["risk_harm"]) == ("problem", "problem")
    filling.put(topics="none")
    assert (filling[raised], filling["risk_harm"]) == ("", "")


def test_quarrels_at_home_are_a_risk_and_not_urgent() -> None:
    filling = Filling("home_visit").put(topics="welfare", welfare="quarrels")
    assert (filling["risk_welfare"], filling["risk_harm"]) == ("risk", "")
    assert not filling.asked("urgent_page")


@pytest.mark.parametrize("topic", ["health", "welfare", "drugs", "violence", "sexual", "gaming", "devices"])
def test_a_visit_weighs_what_it_finds_as_the_screening_does(topic: str) -> None:
    """Signs of one name in both are a risk or a problem in both."""
    found = {row["name"] for row in sheet("home_visit", "choices") if row["list_name"] == topic}
    levels = {
        row["name"]: level for level in ("risk", "problem") for row in sheet("aspects", "choices") if row["list_name"] == f"{topic}_{level}"
    }
    both = (found & levels.keys()) - {"none"}
    assert both or topic == "devices"
    for sign in both:
        assert Filling("home_visit").put(topics=topic, **{topic: sign})[f"risk_{topic}"] == levels[sign], sign


@pytest.mark.parametrize(("hours", "fits"), [(0, True), (24, True), (24.5, False), (-1, False)])
def test_a_day_has_24_hours(hours: float, fits: bool) -> None:
    assert Filling("home_visit").accepts("together_hours", hours) is fits


# Eleven aspects

# The aspect and its question, then numbers about its edges with their levels.
EDGES = {
    ("learning", "gpa"): "2.01 normal, 2 risk, 1 risk, 0.99 problem",
    ("learning", "failed_subjects"): "0 normal, 1 risk, 2 risk, 3 problem",
    ("learning", "late_per_week"): "2 normal, 3 risk, 4 problem",
    ("learning", "unsent_work"): "0 normal, 1 risk, 2 risk, 3 problem",
    ("learning", "traits_failed"): "0 normal, 1 risk, 2 problem",
    ("economy", "family_income"): "10000.01 normal, 10000 risk, 5000 risk, 4999.99 problem",
    ("gaming", "game_hours"): "1 normal, 1.5 risk, 2 risk, 2.5 problem",
    ("devices", "social_hours"): "1 normal, 1.5 risk, 2 risk, 2.1 problem",
}
NUMBERS = [(*question, *edge.split()) for question, edges in EDGES.items() for edge in edges.split(", ")]
# Of each aspect a sign of a risk and one of a problem.
SIGNS = {
    "learning": ("inattentive", "adhd"),
    "health": ("chronic", "hearing"),
    "economy": ("one_jobless", "debts"),
    "welfare": ("quarrels", "violent_home"),
    "drugs": ("tried", "addicted"),
    "violence": ("fought", "hurts_others"),
    "sexual": ("couple", "pregnant"),
    "gaming": ("spends", "steals"),
    "devices": ("class_needless", "class_2_3"),
}


def test_a_child_in_whom_nothing_was_found_is_well_in_all_aspects() -> None:
    filling = Filling("aspects").put(found="none", talent="no", special_need="no")
    levels = [name for name in filling.session.definition.places if name.startswith("/data/levels/levels_table/level_")]
    assert len(levels) == 10
    assert {filling.session.value(path) for path in levels} == {"normal"}


@pytest.mark.parametrize(("aspect", "question", "number", "level"), NUMBERS)
def test_a_number_at_the_edge_falls_to_its_level(aspect: str, question: str, number: str, level: str) -> None:
    filling = Filling("aspects").put(found=aspect, **{f"{aspect}_risk": "none", f"{aspect}_problem": "none", question: number})
    assert filling[f"level_{aspect}"] == level
    assert filling["level_overall"] == level
    assert filling[f"risk_{aspect}"] == ("" if level == "normal" else level)


@pytest.mark.parametrize("aspect", SIGNS)
def test_one_sign_of_a_problem_outweighs_those_of_a_risk(aspect: str) -> None:
    risk, problem = SIGNS[aspect]
    filling = Filling("aspects").put(found=aspect, **{f"{aspect}_risk": "none", f"{aspect}_problem": "none"})
    assert filling[f"level_{aspect}"] == "normal"
    assert filling.put(**{f"{aspect}_risk": risk})[f"level_{aspect}"] == "risk"
    assert filling.put(**{f"{aspect}_problem": problem})[f"level_{aspect}"] == "problem"
    assert filling.put(**{f"{aspect}_risk": "none"})[f"level_{aspect}"] == "problem"
    assert filling["level_overall"] == "problem"
    assert filling.put(found="none")["level_overall"] == "normal"


def test_the_worst_aspect_is_that_of_the_child() -> None:
    filling = Filling("aspects").put(
        found="health drugs", health_risk="chronic", health_problem="none", drugs_risk="none", drugs_problem="used"
    )
    assert (filling["level_health"], filling["level_drugs"], filling["level_overall"]) == ("risk", "problem", "problem")
    assert filling.put(drugs_problem="none")["level_overall"] == "risk"


@pytest.mark.parametrize("sign", ["no_carer", "abused", "sexually_abused"])
def test_harm_found_by_screening_is_urgent(sign: str) -> None:
    filling = Filling("aspects").put(found="welfare", welfare_risk="none", welfare_problem=sign)
    assert filling[f"urgent_{sign}"] == "1"
    assert filling.asked("urgent_page")
    assert filling.put(welfare_problem="gambling")[f"urgent_{sign}"] == ""


def test_levels_are_reckoned_and_not_typed() -> None:
    filling = Filling("aspects")
    assert filling.session.is_readonly(filling.path("level_overall"))
    assert [option.label for option in filling.session.options(filling.path("level_overall"))] == ["ปกติ", "เสี่ยง", "มีปัญหา"]


# SDQ


def sums(version: str, scores: dict[str, int]) -> Filling:
    return Filling("sdq").put(version=version, entry="sums", **{f"sum_{scale}": score for scale, score in scores.items()})


def level_of(bands: tuple[tuple[int, int], ...], score: int) -> str:
    return next(name for name, (low, high) in zip(("normal", "risk", "problem"), bands, strict=True) if low <= score <= high)


@pytest.mark.parametrize("version", CUT_OFFS)
@pytest.mark.parametrize("scale", SDQ_ITEMS)
def test_each_score_of_a_scale_has_the_level_of_its_version(version: str, scale: str) -> None:
    for score in range(11):
        filling = sums(version, dict.fromkeys(SDQ_ITEMS, 0) | {scale: score})
        assert filling[f"level_{scale}"] == level_of(CUT_OFFS[version][scale], score), score


@pytest.mark.parametrize("version", CUT_OFFS)
def test_the_total_is_of_four_scales_and_has_its_own_levels(version: str) -> None:
    for total in range(41):
        parts = {scale: min(10, max(0, total - 10 * at)) for at, scale in enumerate(("emotion", "conduct", "hyper", "peer"))}
        filling = sums(version, {**parts, "prosocial": 10})
        assert filling["score_total"] == str(total)
        level = level_of(CUT_OFFS[version]["total"], total)
        assert filling["level_total"] == level
        assert filling["risk_sdq"] == ("" if level == "normal" else level)
        assert filling.asked("plan") is (level != "normal")


@pytest.mark.parametrize(("impact", "level"), [(0, "normal"), (1, "risk"), (2, "risk"), (3, "problem"), (10, "problem")])
def test_impact_has_three_levels(impact: int, level: str) -> None:
    filling = Filling("sdq").put(version="parent", impact_filled="yes", impact=impact)
    assert filling["level_impact"] == level


@pytest.mark.parametrize("scale", SDQ_ITEMS)
@pytest.mark.parametrize("column", [0, 1, 2])
def test_items_are_added_up_and_five_of_them_turned_round(scale: str, column: int) -> None:
    filling = Filling("sdq").put(version="teacher", entry="items")
    filling.put(**{f"i{item}": column for item in SDQ_ITEMS[scale]})
    score = sum(2 - column if item in SDQ_REVERSED else column for item in SDQ_ITEMS[scale])
    assert filling[f"score_{scale}"] == str(score)
    assert filling[f"level_{scale}"] == level_of(ADULT[scale], score)
    assert filling["score_total"] == ""


def test_a_scale_with_an_item_missing_has_no_score() -> None:
    filling = Filling("sdq").put(version="self", entry="items", **{f"i{item}": 2 for item in range(1, 26) if item != 8})
    assert (filling["score_emotion"], filling["level_emotion"], filling["level_total"]) == ("", "", "")
    filling.put(i8=2)
    assert (filling["score_emotion"], filling["score_total"]) == ("10", "30")


def test_the_source_of_the_cut_offs_is_said() -> None:
    rows = {row["key"]: row for row in csv.DictReader(lists()["sdq_cutoffs.csv"].decode().splitlines())}
    filling = Filling("sdq").put(version="self")
    assert filling["cutoffs_source"] == rows["self_total"]["source"]
    assert rows["self_total"]["source"] in filling.session.label(filling.path("source_shown"))


def test_no_row_of_cut_offs_is_no_level() -> None:
    assert sums("", dict.fromkeys(SDQ_ITEMS, 0))["level_total"] == ""


# Results of other screenings


def test_who_refuses_a_screening_is_not_screened() -> None:
    for name in ("special_needs", "ld"):
        filling = Filling(name).put(certificate="no", consent="no") if name == "special_needs" else Filling(name).put(consent="no")
        assert filling.asked("refused")
        assert [page for page in ("results", "screener_1", "consent_by") if filling.asked(page)] == []


def test_one_kind_of_need_that_was_found_is_a_risk() -> None:
    filling = Filling("special_needs").put(certificate="no", consent="yes", kinds="autism learning", result_autism="not_found")
    assert not filling.asked("result_seeing")
    assert filling["risk_special_need"] == ""
    assert filling.put(result_learning="found")["risk_special_need"] == "1"


def test_a_certificate_needs_no_screening() -> None:
    filling = Filling("special_needs").put(certificate="yes", certificate_kind="ทางการได้ยิน")
    assert filling["risk_special_need"] == "1"
    assert not filling.asked("results")
    assert filling.asked("scan_1")


@pytest.mark.parametrize(("gate", "asked"), [(2, False), (3, True)])
def test_the_second_part_of_ld_follows_three_of_three(gate: int, asked: bool) -> None:
    filling = Filling("ld").put(consent="yes", gate=gate)
    assert filling.asked("scores") is asked
    assert filling.asked("gate_closed") is not asked


def test_results_below_the_norm_are_a_risk() -> None:
    assert Filling("eq").put(result_total="below")["risk_eq"] == "1"
    assert Filling("eq").put(result_total="normal")["risk_eq"] == ""
    assert Filling("ld").put(consent="yes", gate=3, result_writing="found")["risk_ld"] == "1"


# Tracing and after


def test_where_nobody_was_met_nothing_is_asked_about_the_child() -> None:
    filling = Filling("tracing").put(met="nobody")
    assert [page for page in ("situation", "reasons", "wishes", "safety") if filling.asked(page)] == []
    assert not filling.accepts("met", "nobody neighbour")


def test_a_child_at_another_school_has_no_cause_to_name() -> None:
    filling = Filling("tracing").put(met="mother", doing="school")
    assert filling.asked("school")
    assert not filling.asked("reasons")
    assert filling.put(doing="work").asked("reasons")


def test_the_main_cause_is_not_named_twice() -> None:
    filling = Filling("tracing").put(met="mother", doing="work", main_cause="low_income")
    assert not filling.accepts("more_causes", "low_income transport")
    assert filling.accepts("more_causes", "transport")


@pytest.mark.parametrize(("name", "way"), [("tracing", {"met": "neighbour", "doing": "nothing"}), ("follow_up", {})])
@pytest.mark.parametrize("sign", ["no_carer", "abused", "sexually_abused", "self_harm"])
def test_harm_that_is_told_is_urgent(name: str, way: dict[str, str], sign: str) -> None:
    filling = Filling(name).put(**way, urgent_signs="none")
    assert not filling.asked("urgent_page")
    assert filling["risk_harm"] == ""
    assert filling.put(urgent_signs=sign)[f"urgent_{sign}"] == "1"
    assert filling["risk_harm"] == "problem"
    assert filling.asked("urgent_page")


def test_an_appointment_is_not_before_the_visit() -> None:
    filling = Filling("tracing").put(next_step="visit_again")
    assert not filling.accepts("next_on", "2026-11-21")
    assert filling.accepts("next_on", TOMORROW)


@pytest.mark.parametrize(("running", "month", "raised"), [(5, 7, ""), (6, 6, "risk"), (5, 8, "risk")])
def test_many_days_away_are_a_risk(running: int, month: int, raised: str) -> None:
    filling = Filling("follow_up").put(attending="irregular", school_days=40, absent_days=10, absent_running=running, absent_month=month)
    assert filling["attendance_percent"] == "75"
    assert filling["risk_attendance"] == raised


def test_a_child_who_stopped_coming_is_a_risk_and_not_asked_about_lessons() -> None:
    filling = Filling("follow_up").put(attending="stopped")
    assert filling["risk_attendance"] == "problem"
    assert filling.asked("stopped_why")
    assert not filling.asked("life")


def test_nobody_misses_more_days_than_there_were() -> None:
    assert not Filling("follow_up").put(attending="regular", school_days=5).accepts("absent_days", 6)


# Schools


def test_a_school_without_a_plan_says_when_it_will_have_one() -> None:
    filling = Filling("school_safety").put(has_plan="no")
    assert filling.asked("plan_by")
    assert not filling.asked("areas")
    assert filling.put(has_plan="yes").asked("plan_on")


def test_no_more_are_traced_than_listed() -> None:
    filling = Filling("supervision").put(listed=10)
    assert not filling.accepts("traced", 11)
    assert filling.accepts("traced", 10)
    assert not filling.accepts("returned", 11)
