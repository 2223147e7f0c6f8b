"""What holds whatever is answered: drafts come back the same, hidden nodes count as empty, an order of answers makes no difference."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.forms import FormDefinition, FormError, Session
from tests.support.xforms import BANGKOK, NOW, TODAY, xform_of

FORM = xform_of(
    """
| survey |
| | type | name | label | relevant | constraint | calculation | choice_filter |
| | integer | n | N | | . < 50 | | |
| | text | t | T | ${n} > 3 | | | |
| | select_multiple c | m | M | ${t} != '' | | | |
| | begin_group | g | G | selected(${m}, 'a') or ${n} = 2 | | | |
| | date | d | D | | . <= today() | | |
| | calculate | age | | | | today() - ${d} | |
| | begin_repeat | r | R | ${n} != 7 | | | |
| | decimal | x | X | | . >= ${n} | | |
| | text | why | Why | ${x} > 10 | | | |
| | calculate | here | | | | concat(position(..), ${why}) | |
| | end_repeat | | | | | | |
| | calculate | sum | | | | sum(${x}) | |
| | end_group | | | | | | |
| | calculate | all | | | | concat(${t}, '/', ${sum}, '/', ${age}, '/', count(${r}), '/', join(',', ${why})) | |
| choices |
| | list_name | name | label |
| | c | a | A |
| | c | b | B |
| settings |
| | form_id |
| | laws |
"""
)
DEFINITION = FormDefinition.from_xml(FORM)
_FREE = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
ANSWERS = st.one_of(
    st.tuples(st.just("/data/n"), st.sampled_from(["", "2", "3", "7", "12", "60", "x"])),
    st.tuples(st.just("/data/t"), _FREE),
    st.tuples(st.just("/data/m"), st.sampled_from(["", "a", "b", "a b"])),
    st.tuples(st.just("/data/g/d"), st.sampled_from(["", "2026-11-22", "2026-11-23", "2012-02-29", "never"])),
    st.tuples(st.sampled_from(["/data/g/r[1]/x", "/data/g/r[2]/x"]), st.sampled_from(["", "5", "11.5", "100"])),
    st.tuples(st.sampled_from(["/data/g/r[1]/why", "/data/g/r[2]/why"]), _FREE),
    st.tuples(st.just("+"), st.just("/data/g/r")),
    st.tuples(st.just("-"), st.sampled_from(["/data/g/r[1]", "/data/g/r[2]"])),
)
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def begun() -> Session:
    return Session(DEFINITION, today=TODAY, clock=lambda: NOW, timezone=BANGKOK)


def answered(answers: list[tuple[str, str]]) -> Session:
    session = begun()
    for path, value in answers:
        try:
            if path == "+":
                session.add_repeat(value)
            elif path == "-":
                session.remove_repeat(value)
            else:
                session.set(path, value)
        except FormError as refused:
            assert refused.code == "form.no_such_node"
    return session


def standing(session: Session) -> list[tuple[str, str, bool, bool]]:
    paths = [path for path in DEFINITION.places if "meta" not in path and not DEFINITION.places[path].repeats]
    paths += [f"/data/g/r[{at}]/{name}" for at in range(1, session.repeats("/data/g/r") + 1) for name in ("x", "why", "here")]
    return [(path, session.value(path), session.is_relevant(path), session.is_valid(path)) for path in paths]


@CALM
@given(st.lists(ANSWERS, max_size=12))
def test_a_draft_comes_back_as_it_was(answers: list[tuple[str, str]]) -> None:
    session = answered(answers)
    again = Session.from_xml(DEFINITION, session.to_xml(), today=TODAY, clock=lambda: NOW, timezone=BANGKOK)
    assert standing(again) == standing(session)
    assert again.to_xml() == session.to_xml()
    assert [(problem.code, problem.where) for problem in again.validate()] == [(p.code, p.where) for p in session.validate()]


@CALM
@given(st.lists(ANSWERS, max_size=12))
def test_what_is_hidden_counts_as_empty(answers: list[tuple[str, str]]) -> None:
    session = answered(answers)
    for path, value, relevant, valid in standing(session):
        if not relevant:
            assert valid
            assert f"<{path.rpartition('/')[2]}>{value}<" not in session.finalize() or not value
    emptied = answered(answers)
    hidden = [path for path, _, relevant, _ in standing(session) if not relevant and path not in ("/data/g", "/data/g/sum", "/data/g/age")]
    for path in hidden:
        if not path.endswith("/here"):
            emptied.set(path, "")
    assert emptied.value("/data/all") == session.value("/data/all")


@CALM
@given(st.lists(ANSWERS.filter(lambda answer: answer[0] not in "+-"), max_size=8, unique_by=lambda answer: answer[0]), st.randoms())
def test_the_order_of_answers_makes_no_difference(answers: list[tuple[str, str]], draw: object) -> None:
    shuffled = list(answers)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(answered(answers)) == standing(answered(shuffled))


@CALM
@given(st.lists(ANSWERS, max_size=12))
def test_the_change_sets_tell_everything_that_changed(answers: list[tuple[str, str]]) -> None:
    session = begun()
    for path, value in answers:
        before = {row[0]: row for row in standing(session)}
        if path in "+-":
            answered_so_far = session.add_repeat(value) if path == "+" else None
            if answered_so_far is None:
                continue
        else:
            try:
                told = session.set(path, value)
            except FormError:
                continue
            for name, text, relevant, _ in standing(session):
                assert (before[name][1] != text) <= (name in told.values)
                assert (before[name][2] != relevant) <= (name in told.relevance)
