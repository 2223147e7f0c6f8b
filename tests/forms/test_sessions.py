"""What a form does by itself, its tables and languages, and drafts that are taken up again."""

import datetime as dt

import pytest

from fieldapp.forms import FormDefinition, FormError, Session
from tests.support.xforms import BANGKOK, NOW, filling, xform, xform_of

PLACES = """
| survey |
| | type | name | label::ไทย (th) | label::English (en) | hint::ไทย (th) | choice_filter | calculation | trigger | default | appearance |
| | start | begun | | | | | | | | |
| | end | ended | | | | | | | | |
| | today | day | | | | | | | | |
| | username | who | | | | | | | | |
| | select_one a | amphoe | อำเภอ | District | เลือก | | | | | minimal |
| | select_one t | tambon | ตำบล | Village of ${amphoe} | | amphoe = ${amphoe} | | | | |
| | select_one_from_file s.csv | school | โรงเรียน | School | | amphoe = ${amphoe} | | | | |
| | calculate | head | | | | | pulldata('s', 'head', 'name', ${school}) | | | |
| | calculate | said | | | | | jr:choice-name(${tambon}, '${tambon}') | | | |
| | calculate | since | | | | | now() | ${amphoe} | | |
| | date | visit | วันที่ | Date | | | | | today() | |
| | note | thanks | ขอบคุณ ${who} | Thanks ${who} | | | | | | |
| choices |
| | list_name | name | label::ไทย (th) | label::English (en) | amphoe |
| | a | kn | คำม่วง | Kham Muang | |
| | a | st | สมเด็จ | Somdet | |
| | t | kn1 | ทุ่งคลอง | Thung Khlong | kn |
| | t | st1 | แซงบาดาล | Saeng Badan | st |
| settings |
| | form_id | version |
| | places | 9 |
"""
SCHOOLS = '\ufeffname,label,amphoe,head\ns1,โรงเรียนหนึ่ง,kn,ครูหนึ่ง\ns2,"โรงเรียน, สอง",st,ครูสอง\n'.encode()


@pytest.fixture
def places() -> Session:
    return filling(PLACES, {"s.csv": SCHOOLS}, metadata={"username": "kru01"})


def test_what_the_device_knows_is_there_from_the_start(places: Session) -> None:
    assert places.value("/data/begun") == "2026-11-22T09:30:00.000+07:00"
    assert places.value("/data/day") == "2026-11-22"
    assert places.value("/data/who") == "kru01"
    assert places.value("/data/visit") == "2026-11-22"
    assert places.value("/data/ended") == ""
    assert "<ended>2026-11-22T09:30:00.000+07:00</ended>" in places.finalize()


def test_choices_follow_an_answer(places: Session) -> None:
    assert places.options("/data/tambon") == []
    changes = places.set("/data/amphoe", "kn")
    assert changes.options == {"/data/tambon", "/data/school"}
    assert [(option.value, option.label) for option in places.options("/data/tambon")] == [("kn1", "ทุ่งคลอง")]
    assert [(option.value, option.label) for option in places.options("/data/school")] == [("s1", "โรงเรียนหนึ่ง")]


def test_an_answer_that_is_no_choice_any_more_is_found(places: Session) -> None:
    places.set("/data/amphoe", "kn")
    places.set("/data/tambon", "kn1")
    assert places.validate() == []
    places.set("/data/amphoe", "st")
    assert [(problem.where, problem.code) for problem in places.validate()] == [("/data/tambon", "answer.not_a_choice")]


def test_a_table_is_looked_up(places: Session) -> None:
    places.set("/data/amphoe", "st")
    assert places.set("/data/school", "s2").values["/data/head"] == "ครูสอง"
    assert places.set("/data/school", "s9").values["/data/head"] == ""


def test_a_choice_says_its_name(places: Session) -> None:
    places.set("/data/amphoe", "kn")
    assert places.set("/data/tambon", "kn1").values["/data/said"] == "ทุ่งคลอง"


def test_words_come_in_each_language(places: Session) -> None:
    assert places.definition.languages == ("ไทย (th)", "English (en)")
    places.set("/data/amphoe", "kn")
    assert (places.label("/data/amphoe"), places.label("/data/amphoe", "English (en)")) == ("อำเภอ", "District")
    assert places.hint("/data/amphoe") == "เลือก"
    places.language = "English (en)"
    assert places.label("/data/tambon") == "Village of kn"
    assert [option.label for option in places.options("/data/amphoe")] == ["Kham Muang", "Somdet"]
    assert places.label("/data/thanks") == "Thanks kru01"


def test_a_change_sets_another_value(places: Session) -> None:
    assert places.value("/data/since") == ""
    assert places.set("/data/amphoe", "kn").values["/data/since"] == "2026-11-22T09:30:00.000+07:00"


def test_a_draft_goes_on_where_it_was_and_its_beginning_stays() -> None:
    definition = FormDefinition.from_xml(xform_of(PLACES), {"s.csv": SCHOOLS})
    first = Session(definition, clock=lambda: NOW, timezone=BANGKOK)
    first.set("/data/amphoe", "kn")
    later = Session.from_xml(definition, first.to_xml(), clock=lambda: NOW + dt.timedelta(days=2), timezone=BANGKOK)
    assert later.to_xml() == first.to_xml()
    assert [option.value for option in later.options("/data/tambon")] == ["kn1"]
    assert later.set("/data/amphoe", "st").values["/data/since"] == "2026-11-24T09:30:00.000+07:00"


def test_a_draft_of_another_form_is_refused_and_what_is_unknown_left_out(places: Session) -> None:
    with pytest.raises(FormError) as other:
        Session.from_xml(places.definition, '<data id="visit"/>')
    assert other.value.code == "form.not_this_form"
    mixed = '<data id="places"><amphoe>kn</amphoe><gone>1</gone></data>'
    session = Session.from_xml(places.definition, mixed)
    assert session.value("/data/amphoe") == "kn"
    assert session.value("/data/school") == ""
    assert "gone" not in session.to_xml()


def test_answers_may_come_as_values_and_are_written_as_the_phone_writes_them() -> None:
    kinds = ("int", "decimal", "date", "dateTime", "time", "boolean", "geopoint", "string")
    binds = "".join(f'<bind nodeset="/data/{kind}" type="{kind}"/>' for kind in kinds)
    session = filling(xform(f'<data id="k">{"".join(f"<{kind}/>" for kind in kinds)}</data>', binds))
    given: dict[str, tuple[object, str]] = {
        "int": (7, "7"),
        "decimal": (6, "6.0"),
        "date": (dt.date(2026, 1, 2), "2026-01-02"),
        "dateTime": (NOW, "2026-11-22T09:30:00.000+07:00"),
        "time": ("9:30", "09:30:00.000+07:00"),
        "boolean": (True, "1"),
        "geopoint": ("16.5 103.25", "16.5 103.25"),
        "string": (["a", "b"], "a b"),
    }
    for kind, (value, text) in given.items():
        session.set(f"/data/{kind}", value)
        assert session.value(f"/data/{kind}") == text
        assert session.is_valid(f"/data/{kind}")
        session.set(f"/data/{kind}", None)
        assert session.value(f"/data/{kind}") == ""
    assert session.set("/data/int", "many").validity == {"/data/int": False}
    assert not session.is_valid("/data/int")
    assert session.set("/data/int", "3").validity == {"/data/int": True}


def test_a_time_is_compared_in_its_own_day() -> None:
    form = xform(
        '<data id="t"><a/><late/></data>',
        '<bind nodeset="/data/a" type="time"/><bind nodeset="/data/late" calculate="if(decimal-time(/data/a) &gt; 0.5, \'yes\', \'no\')"/>',
    )
    assert filling(form).set("/data/a", "13:00:00.000+07:00").values["/data/late"] == "yes"


def test_readonly_and_required_follow_answers() -> None:
    form = xform(
        '<data id="r"><a/><g><b/></g></data>',
        '<bind nodeset="/data/g" readonly="/data/a = 1"/><bind nodeset="/data/g/b" required="/data/a = 2" jr:requiredMsg="Please"/>',
    )
    session = filling(form)
    assert session.set("/data/a", "1").readonly == {"/data/g": True}
    assert session.is_readonly("/data/g/b")
    assert session.set("/data/a", "2").required == {"/data/g/b": True}
    problem = session.problem("/data/g/b")
    assert problem is not None
    assert problem.data["message"] == "Please"
    assert session.is_required("/data/g/b")


def test_actions_that_set_each_other_off_come_to_an_end() -> None:
    form = xform(
        '<data id="s"><a/><b/></data>',
        "",
        '<input ref="/data/a"><label>A</label><setvalue event="xforms-value-changed" ref="/data/b" value="concat(/data/a, \'x\')"/></input>'
        '<input ref="/data/b"><label>B</label>'
        '<setvalue event="xforms-value-changed" ref="/data/a" value="concat(/data/b, \'y\')"/></input>',
    )
    session = filling(form)
    with pytest.raises(FormError) as refused:
        session.set("/data/a", "1")
    assert refused.value.code == "xpath.too_much_work"


def test_a_calculation_that_fails_is_told_and_leaves_nothing() -> None:
    form = xform('<data id="e"><a/><b/></data>', '<bind nodeset="/data/b" calculate="format-date(/data/a, \'%Y\')"/>')
    session = filling(form)
    assert session.set("/data/a", "2026-11-22").values["/data/b"] == "2026"
    changes = session.set("/data/a", "some day")
    assert changes.values["/data/b"] == ""
    assert [(problem.code, problem.where) for problem in changes.problems] == [("xpath.not_a_date", "/data/b")]


def test_elements_of_other_namespaces_keep_theirs() -> None:
    form = xform('<data id="n" xmlns:orx="http://openrosa.org/xforms"><a/><orx:meta><orx:instanceID/></orx:meta></data>')
    sent = filling(form).finalize()
    assert 'xmlns:orx="http://openrosa.org/xforms"' in sent
    assert "<orx:instanceID>uuid:" in sent


def test_a_group_that_hides_its_repeat_hides_what_is_added_there() -> None:
    form = xform(
        '<data id="h"><on/><g><r jr:template=""><x/></r><r><x/></r></g><sum/></data>',
        '<bind nodeset="/data/g" relevant="/data/on = 1"/><bind nodeset="/data/sum" calculate="count(/data/g/r)"/>',
        '<group ref="/data/g"><repeat nodeset="/data/g/r"><input ref="/data/g/r/x"><label>X</label></input></repeat></group>',
    )
    session = filling(form)
    session.add_repeat("/data/g/r")
    assert not session.is_relevant("/data/g/r[2]/x")
    assert session.value("/data/sum") == "0"
    assert session.set("/data/on", 1).values["/data/sum"] == "2"
    assert session.is_relevant("/data/g/r[2]/x")


def test_a_constraint_is_judged_again_when_its_question_is_shown_again() -> None:
    form = xform(
        '<data id="c"><on>1</on><least/><a/></data>',
        '<bind nodeset="/data/a" relevant="/data/on = 1" constraint="/data/least &lt; 5"/>',
    )
    session = filling(form)
    session.set("/data/a", "x")
    session.set("/data/on", 0)
    session.set("/data/least", 9)
    assert session.is_valid("/data/a")
    session.set("/data/on", 1)
    assert not session.is_valid("/data/a")


def test_words_of_a_long_form_never_run_out_of_breath() -> None:
    rows = "".join(f"<item><name>{at}</name></item>" for at in range(2_000))
    form = xform(
        '<data id="w"><a/></data>',
        f'<instance id="t"><root>{rows}</root></instance>',
        '<input ref="/data/a"><label>There are <output value="count(instance(\'t\')/root/item[name &gt; 0])"/></label></input>',
    )
    session = filling(form)
    assert {session.label("/data/a") for _ in range(400)} == {"There are 1999"}
