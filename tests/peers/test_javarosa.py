"""The engine of ODK Collect answers as asked: it is the judge of ours, so what it says must be what it did."""

import random

from tests.support import corpus
from tests.support.on_javarosa import TODAY, JavaRosa
from tests.support.walks import Walker

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title>
<model><instance><data id="t"><day/><age/><adult/><member jr:template=""><name/></member><wage/></data></instance>
<bind nodeset="/data/day" type="date" calculate="today()"/><bind nodeset="/data/age" type="int" constraint=". &lt; 120"/>
<bind nodeset="/data/adult" calculate="if(/data/age &gt; 17, 'yes', 'no')"/>
<bind nodeset="/data/wage" relevant="/data/adult = 'yes'" required="true()"/>
</model></h:head><h:body><input ref="/data/age"/><group ref="/data/member"><repeat nodeset="/data/member">
<input ref="/data/member/name"/></repeat></group><input ref="/data/wage"/></h:body></h:html>"""


def test_states_tell_value_relevance_required_readonly_and_constraint_of_each_node_that_changed(javarosa: JavaRosa) -> None:
    told = javarosa.walk(FORM, [["set", "/data/age", "20"], ["set", "/data/age", "130"]])
    assert told["states"][0]["nodes"]["/data/wage"] == ["", False, True, False, None]
    assert told["states"][0]["nodes"]["/data/day"][0] == TODAY
    assert told["states"][1]["nodes"] == {
        "/data/age": ["20", True, False, False, True],
        "/data/adult": ["yes", True, False, False, None],
        "/data/wage": ["", True, True, False, None],
    }
    assert told["states"][2]["nodes"] == {"/data/age": ["130", True, False, False, False]}


def test_a_step_that_the_form_does_not_offer_is_not_done(javarosa: JavaRosa) -> None:
    told = javarosa.walk(FORM, [["set", "/data/wage", "3"], ["set", "/data/member[1]/name", "x"], ["remove_repeat", "/data/member[1]", ""]])
    assert [state["done"] for state in told["states"]] == [True, False, False, False]


def test_repeats_come_and_go(javarosa: JavaRosa) -> None:
    steps = [
        ["add_repeat", "/data/member", ""],
        ["set", "/data/member[1]/name", "x"],
        ["add_repeat", "/data/member", ""],
        ["remove_repeat", "/data/member[1]", ""],
    ]
    states = javarosa.walk(FORM, steps)["states"]
    assert all(state["done"] for state in states)
    assert set(states[3]["nodes"]) == {"/data/member[2]", "/data/member[2]/name"}
    assert set(states[4]["gone"]) == {"/data/member[2]", "/data/member[2]/name"}
    assert states[4]["nodes"]["/data/member[1]/name"][0] == ""


def test_expressions_are_evaluated_in_a_context(javarosa: JavaRosa) -> None:
    told = javarosa.evaluate(
        FORM, [("/data/age", "position(..)"), ("/data/age", "1 + 1"), ("/data/age", "name(..)"), ("/data/age", "today()")]
    )
    assert [result.get("value") for result in told["results"]] == ["1.0", "2.0", None, f"{TODAY}T00:00:00.000+07:00"]
    assert "cannot handle function" in told["results"][2]["error"]


def test_a_form_that_it_refuses_is_refused_with_its_words(javarosa: JavaRosa) -> None:
    assert "non-existent node" in javarosa.walk(FORM.replace('input ref="/data/age"', 'input ref="/data/agee"'), [])["refused"]


def test_it_takes_most_forms_of_the_corpus_and_does_most_of_what_is_drawn(javarosa: JavaRosa) -> None:
    taken, done = 0, 0
    for form in corpus.committed():
        told = javarosa.walk(form.xform, Walker(form.xform).walk(random.Random(form.name), 10), form.attached())
        taken += "states" in told
        done += sum(state.get("done", False) for state in told.get("states", []))
    assert taken > 70
    assert done > taken * 6
