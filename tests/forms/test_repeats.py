"""Repeats: instances come and go, nest, are counted, and what lies outside follows."""

import pytest

from fieldapp.forms import FormDefinition, FormError, Session
from tests.support.xforms import filling

VILLAGE = """
| survey |
| | type         | name   | label  | calculation                            | relevant | repeat_count | constraint | default |
| | integer      | least  | Least  |                                        |          |              |            | 10      |
| | begin_repeat | house  | House  |                                        |          |              |            |         |
| | text         | owner  | Owner  |                                        |          |              |            |         |
| | integer      | heads  | Heads  |                                        |          |              |            |         |
| | begin_repeat | person | Person |                                        |          | ${heads}     |            |         |
| | text         | called | Name   |                                        |          |              |            |         |
| | integer      | earns  | Earns  |                                        | ${called} != 'child' |  | . >= ${least} |  |
| | calculate    | number |        | position(..)                           |          |              |            |         |
| | calculate    | whose  |        | concat(${called}, ' of ', ${owner})    |          |              |            |         |
| | end_repeat   |        |        |                                        |          |              |            |         |
| | calculate    | income |        | sum(${earns})                          |          |              |            |         |
| | end_repeat   |        |        |                                        |          |              |            |         |
| | calculate    | all    |        | sum(${earns})                          |          |              |            |         |
| | calculate    | houses |        | count(${house})                        |          |              |            |         |
| | calculate    | richest |       | max(${income})                         |          |              |            |         |
| settings |
| | form_id |
| | village |
"""


@pytest.fixture
def village() -> Session:
    session = filling(VILLAGE)
    session.set("/data/house[1]/owner", "Dao")
    session.set("/data/house[1]/heads", 2)
    return session


def test_a_count_makes_instances_and_says_so(village: Session) -> None:
    changes = village.set("/data/house[1]/heads", 4)
    assert changes.repeats == {"/data/house[1]/person": 4}
    assert village.repeats("/data/house/person") == 4
    assert [village.value(f"/data/house/person[{at}]/number") for at in (1, 2, 3, 4)] == ["1", "2", "3", "4"]


def test_a_count_never_takes_answers_away(village: Session) -> None:
    village.set("/data/house[1]/person[2]/earns", 50)
    village.set("/data/house[1]/heads", 1)
    village.set("/data/house[1]/heads", "")
    assert village.repeats("/data/house[1]/person") == 2
    assert village.value("/data/all") == "50"


def test_an_answer_concerns_its_own_instance_and_the_sums_above(village: Session) -> None:
    village.add_repeat("/data/house")
    village.set("/data/house[2]/heads", 1)
    changes = village.set("/data/house[2]/person[1]/earns", 30)
    assert changes.values == {
        "/data/house[2]/person[1]/earns": "30",
        "/data/house[2]/income": "30",
        "/data/all": "30",
        "/data/richest": "30",
    }
    village.set("/data/house[1]/person[2]/earns", 12)
    assert (village.value("/data/house[1]/income"), village.value("/data/all"), village.value("/data/richest")) == ("12", "42", "30")


def test_an_answer_above_reaches_into_its_instances_only(village: Session) -> None:
    village.add_repeat("/data/house")
    village.set("/data/house[2]/heads", 1)
    changes = village.set("/data/house[1]/owner", "Lek")
    assert set(changes.values) == {"/data/house[1]/owner", "/data/house[1]/person[1]/whose", "/data/house[1]/person[2]/whose"}


def test_what_is_not_relevant_is_missing_from_a_sum(village: Session) -> None:
    village.set("/data/house[1]/person[1]/earns", 20)
    village.set("/data/house[1]/person[2]/earns", 22)
    assert village.set("/data/house[1]/person[1]/called", "child").values["/data/all"] == "22"
    assert village.set("/data/house[1]/person[1]/called", "Nid").values["/data/all"] == "42"


def test_an_instance_goes_and_those_behind_it_move_up(village: Session) -> None:
    village.set("/data/house[1]/person[1]/called", "one")
    village.set("/data/house[1]/person[2]/called", "two")
    village.set("/data/house[1]/person[2]/earns", 33)
    village.set("/data/house[1]/heads", 1)
    changes = village.remove_repeat("/data/house[1]/person[1]")
    assert changes.repeats == {"/data/house[1]/person": 1}
    assert village.value("/data/house[1]/person[1]/called") == "two"
    assert village.value("/data/house[1]/person[1]/number") == "1"
    assert village.value("/data/all") == "33"


def test_a_count_puts_a_new_instance_where_one_was_taken(village: Session) -> None:
    village.set("/data/house[1]/person[1]/called", "one")
    village.remove_repeat("/data/house[1]/person[1]")
    assert village.repeats("/data/house[1]/person") == 2
    assert village.value("/data/house[1]/person[2]/called") == ""


def test_a_whole_house_goes_with_its_people(village: Session) -> None:
    village.set("/data/house[1]/person[2]/earns", 33)
    village.remove_repeat("/data/house[1]")
    assert (village.value("/data/houses"), village.value("/data/all"), village.repeats("/data/house")) == ("0", "0", 0)
    village.add_repeat("/data/house")
    assert village.value("/data/houses") == "1"


def test_a_constraint_in_a_repeat_is_judged_again_when_what_it_looks_at_changes(village: Session) -> None:
    village.set("/data/house[1]/person[1]/earns", 15)
    village.set("/data/house[1]/person[2]/earns", 40)
    assert village.set("/data/least", 20).validity == {"/data/house[1]/person[1]/earns": False}


def test_paths_that_are_no_repeats_are_refused(village: Session) -> None:
    for act in (village.add_repeat, village.remove_repeat):
        with pytest.raises(FormError):
            act("/data/least")
        with pytest.raises(FormError):
            act("/data/house[9]/person[1]")
    with pytest.raises(FormError) as too_many:
        village.set("/data/house[1]/heads", 1_000_000)
    assert too_many.value.code == "form.too_many_repeats"


def test_an_instance_sees_the_one_before_it() -> None:
    session = filling(
        """
| survey |
| | type         | name    | label | calculation |
| | begin_repeat | month   | Month |             |
| | decimal      | saved   | Saved |             |
| | calculate    | before  |       | if(position(..) = 1, 0, indexed-repeat(${balance}, ${month}, position(..) - 1)) |
| | calculate    | balance |       | ${before} + coalesce(${saved}, 0) |
| | end_repeat   |         |       |             |
| settings |
| | form_id |
| | purse   |
"""
    )
    for at in (2, 3):
        session.add_repeat("/data/month")
        session.set(f"/data/month[{at}]/saved", at)
    session.set("/data/month[1]/saved", 10)
    assert [session.value(f"/data/month[{at}]/balance") for at in (1, 2, 3)] == ["10", "12", "15"]


def test_a_draft_keeps_the_instances(village: Session) -> None:
    village.add_repeat("/data/house")
    village.set("/data/house[2]/owner", "Chai")
    village.set("/data/house[2]/heads", 3)
    again = Session.from_xml(village.definition, village.to_xml())
    assert again.to_xml() == village.to_xml()
    assert again.repeats("/data/house[2]/person") == 3
    village.remove_repeat("/data/house[1]")
    village.remove_repeat("/data/house[1]")
    assert Session.from_xml(village.definition, village.to_xml()).repeats("/data/house") == 0


_NESTED = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>t</h:title><model><instance><data id="t">{}<last/></data></instance></model></h:head><h:body><group ref="/data/house">
<repeat nodeset="/data/house"><input ref="/data/house/owner"/><group ref="/data/house/person"><repeat nodeset="/data/house/person">
<input ref="/data/house/person/called"/></repeat></group></repeat></group></h:body></h:html>"""
_PERSON, _PATTERN = "<person><called/></person>", '<person jr:template=""><called/></person>'


@pytest.mark.parametrize(
    ("written", "persons"),
    [
        (f"<house><owner/>{_PERSON}</house>", 0),
        (f'<house jr:template=""><owner/>{_PATTERN}</house><house><owner/>{_PERSON}</house>', 0),
        (f'<house jr:template=""><owner/>{_PATTERN}</house>', 0),
        (f'<house jr:template=""><owner/>{_PATTERN}{_PERSON}</house>', 1),
        (f'<house jr:template=""><owner/>{_PERSON}{_PERSON}</house>', 2),
    ],
)
def test_a_new_outer_instance_begins_with_what_stands_in_its_template_and_is_none(written: str, persons: int) -> None:
    session = Session(FormDefinition.from_xml(_NESTED.format(written)))
    session.add_repeat("/data/house")
    assert session.repeats(f"/data/house[{session.repeats('/data/house')}]/person") == persons
    session.add_repeat(f"/data/house[{session.repeats('/data/house')}]/person")
    assert Session.from_xml(session.definition, session.to_xml()).to_xml() == session.to_xml()


def test_a_count_that_the_form_begins_with_is_met_though_there_is_no_instance_yet() -> None:
    counted = _NESTED.replace('nodeset="/data/house"', 'nodeset="/data/house" jr:count="/data/heads"')
    session = Session(FormDefinition.from_xml(counted.format(f'<heads>2</heads><house jr:template=""><owner/>{_PATTERN}</house>')))
    assert session.repeats("/data/house") == 2
