"""Answers in, consequences out."""

from tests.support.xforms import filling, xform

ORCHARD = """
| survey |
| | type              | name     | label      | relevant          | constraint | constraint_message | calculation        | required |
| | text              | owner    | Owner      |                   |            |                    |                    | yes      |
| | integer           | trees    | Trees      |                   | . >= 0     | Not below zero     |                    |          |
| | begin_group       | harvest  | Harvest    | ${trees} > 0      |            |                    |                    |          |
| | integer           | baskets  | Baskets    |                   |            |                    |                    |          |
| | select_multiple f | fruit    | Which      | ${baskets} > 1    |            |                    |                    |          |
| | text              | other    | What else  | selected(${fruit}, 'other') |  |                    |                    |          |
| | end_group         |          |            |                   |            |                    |                    |          |
| | calculate         | each     |            |                   |            |                    | round(${baskets} div ${trees}, 2) |  |
| | note              | sum_up   | ${owner} has ${trees} |        |            |                    |                    |          |
| choices |
| | list_name | name  | label |
| | f         | mango | Mango |
| | f         | other | Other |
| settings |
| | form_id | version |
| | orchard | 3       |
"""


def test_an_answer_shows_what_depends_on_it_and_hides_it_again() -> None:
    session = filling(ORCHARD)
    assert not session.is_relevant("/data/harvest/baskets")
    shown = session.set("/data/trees", 4)
    assert shown.relevance == {"/data/harvest": True, "/data/harvest/baskets": True}
    hidden = session.set("/data/trees", 0)
    assert hidden.relevance == {"/data/harvest": False, "/data/harvest/baskets": False}


def test_a_hidden_answer_reads_as_nothing_and_is_there_again_when_it_is_shown() -> None:
    session = filling(ORCHARD)
    session.set("/data/trees", 4)
    session.set("/data/harvest/baskets", 10)
    assert session.value("/data/each") == "2.5"
    assert session.set("/data/trees", "").values["/data/each"] == ""
    assert session.value("/data/harvest/baskets") == "10"
    assert session.set("/data/trees", 5).values["/data/each"] == "2"


def test_relevance_goes_down_a_chain() -> None:
    session = filling(ORCHARD)
    session.set("/data/trees", 4)
    session.set("/data/harvest/baskets", 2)
    session.set("/data/harvest/fruit", ["mango", "other"])
    assert session.is_relevant("/data/harvest/other")
    assert session.set("/data/harvest/baskets", 1).relevance == {"/data/harvest/fruit": False, "/data/harvest/other": False}


def test_a_constraint_is_judged_at_once_and_has_the_forms_own_words() -> None:
    session = filling(ORCHARD)
    assert session.set("/data/trees", -1).validity == {"/data/trees": False}
    problem = session.problem("/data/trees")
    assert problem is not None
    assert (problem.code, problem.data["message"]) == ("answer.constraint", "Not below zero")
    assert session.set("/data/trees", 1).validity == {"/data/trees": True}


def test_a_required_answer_is_missed_and_an_unfit_one_named() -> None:
    session = filling(ORCHARD)
    session.set("/data/trees", "many")
    assert [(problem.where, problem.code) for problem in session.validate()] == [
        ("/data/owner", "answer.required"),
        ("/data/trees", "answer.type"),
    ]


def test_a_label_has_the_answers_in_it() -> None:
    session = filling(ORCHARD)
    assert session.set("/data/owner", "Malee").labels == {"/data/sum_up"}
    session.set("/data/trees", 3)
    assert session.label("/data/sum_up") == "Malee has 3"


def test_a_finished_form_leaves_out_what_is_not_relevant() -> None:
    session = filling(ORCHARD)
    session.set("/data/owner", "Malee & <co>")
    session.set("/data/trees", 3)
    session.set("/data/harvest/baskets", 6)
    session.set("/data/trees", 0)
    draft, sent = session.to_xml(), session.finalize()
    assert "<baskets>6</baskets>" in draft
    assert "<baskets>" not in sent
    assert "Malee &amp; &lt;co&gt;" in sent
    assert 'id="orchard" version="3"' in sent
    assert "<instanceID>uuid:" in sent


def test_the_same_answer_again_changes_nothing() -> None:
    session = filling(ORCHARD)
    session.set("/data/trees", 4)
    assert not session.set("/data/trees", "4")


def test_foreign_attributes_of_a_bind_are_kept() -> None:
    form = xform(
        '<data id="f"><name/></data>',
        '<bind nodeset="/data/name" app:field="child.name"/>',
        '<input ref="/data/name"><label>N</label></input>',
    )
    assert filling(form).definition.places["/data/name"].bind.extra == {"app:field": "child.name"}
