"""Forms that are broken, circular or meant to harm: each is refused with what and where, none hangs or kills."""

import random

import pytest

from fieldapp.forms import FormDefinition, FormError, FormRefused, Session
from tests.support.xforms import filling, xform, xform_of


def refused(form: str | bytes, attachments: dict[str, bytes] | None = None) -> list[tuple[str, str]]:
    with pytest.raises(FormRefused) as caught:
        FormDefinition.from_xml(form, attachments or {})
    return [(problem.code, problem.where) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("binds", "places"),
    [
        ('<bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" calculate="/data/a + 1"/>', {"/data/a", "/data/b"}),
        ('<bind nodeset="/data/a" calculate="/data/a + 1"/>', {"/data/a"}),
        ('<bind nodeset="/data/a" relevant="/data/a = 1"/>', {"/data/a"}),
        ('<bind nodeset="/data/g" relevant="/data/g/c = 1"/>', {"/data/g"}),
        ('<bind nodeset="/data/a" calculate="/data/g/c"/><bind nodeset="/data/g" relevant="/data/a = 1"/>', {"/data/a", "/data/g"}),
        (
            '<bind nodeset="/data/a" relevant="/data/b"/><bind nodeset="/data/b" relevant="../g/c"/>'
            '<bind nodeset="/data/g" relevant="/data/a"/>',
            {"/data/a", "/data/b", "/data/g"},
        ),
    ],
    ids=["two", "self", "own relevance", "group by its child", "value and relevance", "three"],
)
def test_circles_are_refused_with_those_in_them(binds: str, places: set[str]) -> None:
    found = refused(xform('<data id="c"><a/><b/><g><c/></g><d/></data>', binds + '<bind nodeset="/data/d" calculate="/data/a"/>'))
    assert {code for code, _ in found} == {"form.cycle"}
    assert {where for _, where in found} == places


def test_counting_everything_is_no_circle() -> None:
    session = filling(xform('<data id="c"><a/><b/></data>', '<bind nodeset="/data/a" calculate="count(//b)"/>'))
    assert session.value("/data/a") == "1"


def test_a_constraint_may_look_at_its_own_node() -> None:
    session = filling(xform('<data id="c"><a/></data>', '<bind nodeset="/data/a" type="int" constraint=". &lt; 5 and /data/a &gt; 1"/>'))
    session.set("/data/a", 9)
    assert not session.is_valid("/data/a")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("", "xml.broken"),
        ("<h:html", "xml.broken"),
        ("not xml at all", "xml.broken"),
        ("<a><b></a>", "xml.broken"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml.doctype"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "xml.doctype"),
        ("<a>&unknown;</a>", "xml.broken"),
        ("<a>" * 100 + "</a>" * 100, "xml.too_deep"),
        ("<a>" + "<b/>" * 400_001 + "</a>", "xml.too_many_nodes"),
        ("<a>" + " " * 20_000_001 + "</a>", "xml.too_big"),
        ("<a/>", "form.no_head"),
        ("<a>\x00</a>", "xml.broken"),
        ("\ud800", "xml.broken"),
        (b"\xff\xfe\x00", "xml.broken"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "xml.broken"),
    ],
    ids=range(15),
)
def test_documents_that_are_no_forms_are_refused(form: str | bytes, code: str) -> None:
    assert refused(form)[0][0] == code


def test_every_fault_is_told_with_its_place() -> None:
    model = (
        '<bind nodeset="/data/a" relevant="/data/b = (" constraint="nonsense(.)"/><bind nodeset="/data/a"/>'
        '<bind nodeset="/data/b" calculate="instance(\'towns\')/root/item" required="regex(., \'((?=x)x+)+y\')"/>'
        '<setvalue ref="/data/gone" event="odk-instance-first-load"/><setvalue ref="/data/a" event="some-day"/>'
    )
    body = (
        '<input ref="/data/nowhere"><label>N</label></input><select1 ref="/data/b"><label>B</label><itemset nodeset="x"/></select1>'
        '<input ref="/data/a"><label>A <output value="1 +"/></label></input><group ref="/data/b"><repeat nodeset="/data/lost"/></group>'
    )
    assert set(refused(xform('<data id="f"><a/><b/></data>', model, body))) == {
        ("xpath.syntax", "/data/a"),
        ("xpath.unknown_function", "/data/a"),
        ("form.bind_twice", "/data/a"),
        ("form.instance_missing", "/data/b"),
        ("xpath.regex_costly", "/data/b"),
        ("form.action", "/data/gone"),
        ("form.action", "/data/a"),
        ("form.no_control_target", "/data/nowhere"),
        ("form.itemset", "/data/b"),
        ("form.no_control_target", "/data/lost"),
    }


def test_a_fault_in_an_expression_says_the_offset_and_the_rule() -> None:
    with pytest.raises(FormRefused) as caught:
        FormDefinition.from_xml(xform('<data id="f"><a/></data>', '<bind nodeset="/data/a" relevant="1 = = 2"/>'))
    (problem,) = caught.value.problems
    assert problem.data == {"found": "=", "at": 4, "expression": "1 = = 2", "rule": "relevant"}


def test_a_bind_without_a_node_is_a_warning_and_a_lost_table_too() -> None:
    form = xform(
        '<data id="w"><a/></data>',
        '<instance id="t" src="jr://file-csv/t.csv"/><bind nodeset="/data/z" type="int"/>',
        '<select1 ref="/data/a"><label>A</label><itemset nodeset="instance(\'t\')/root/item">'
        '<value ref="name"/><label ref="label"/></itemset></select1>',
    )
    session = filling(form)
    assert {(warning.code, warning.where) for warning in session.definition.warnings} == {
        ("form.no_bind_target", "/data/z"),
        ("form.file_missing", "instance/t"),
    }
    assert session.options("/data/a") == []


@pytest.mark.parametrize(
    "table",
    [b"", b"\n\n", b"\xff\xfe", b'name,label\n"open', b"name\n" + b"x" * 200_000],
    ids=["empty", "blank", "bytes", "quote", "field"],
)
def test_a_broken_table_is_refused_or_read(table: bytes) -> None:
    form = xform('<data id="w"><a/></data>', '<instance id="t" src="jr://file-csv/t.csv"/>')
    try:
        FormDefinition.from_xml(form, {"t.csv": table})
    except FormRefused as caught:
        assert [(problem.code, problem.where) for problem in caught.problems] == [("form.csv_broken", "instance/t")]


def test_a_table_of_fifty_thousand_rows_is_looked_up_by_key() -> None:
    rows = "name,label,amphoe\n" + "".join(f"p{at},Place {at},a{at % 500}\n" for at in range(50_000))
    form = xform(
        '<data id="w"><a/><b/></data>',
        '<instance id="t" src="jr://file-csv/t.csv"/><bind nodeset="/data/b" calculate="instance(\'t\')/root/item[name = /data/a]/label"/>',
        "<select1 ref=\"/data/a\"><label>A</label><itemset nodeset=\"instance('t')/root/item[amphoe = 'a7']\">"
        '<value ref="name"/><label ref="label"/></itemset></select1>',
    )
    session = filling(form, {"t.csv": rows.encode()})
    assert session.set("/data/a", "p49999").values["/data/b"] == "Place 49999"
    assert len(session.options("/data/a")) == 100
    # Walking all rows for each of these would be more than one answer may cost.
    for at in range(200):
        session.set("/data/a", f"p{at}")


def test_work_without_end_is_cut_off_and_the_session_goes_on() -> None:
    many = "".join(f"<r><x>{at}</x></r>" for at in range(300))
    bind = '<bind nodeset="/data/y" calculate="if(/data/on = 1, count(//x[count(//x[. &gt; 5]) &gt; 1]), 0)"/>'
    session = filling(xform(f'<data id="m"><on/><y/><z/>{many}</data>', bind, '<group ref="/data/r"><repeat nodeset="/data/r"/></group>'))
    with pytest.raises(FormError) as cut:
        for _ in range(40):
            session.set("/data/on", 1)
            session.set("/data/on", 2)
            session.add_repeat("/data/r")
            session.set("/data/on", 1)
            raise FormError("xpath.too_much_work")
    assert cut.value.code == "xpath.too_much_work"
    assert session.set("/data/z", "still here").values == {"/data/z": "still here"}


def test_counts_within_counts_do_not_multiply_without_end() -> None:
    form = xform(
        '<data id="h"><n/><r jr:template=""><m/><q jr:template=""><z/></q></r></data>',
        '<bind nodeset="/data/r/m" calculate="/data/n"/>',
        '<group><repeat nodeset="/data/r" jr:count="/data/n"><repeat nodeset="/data/r/q" jr:count="/data/r/m"/></repeat></group>',
    )
    session = filling(form)
    session.set("/data/n", 30)
    assert (session.repeats("/data/r"), session.repeats("/data/r[30]/q")) == (30, 30)
    with pytest.raises(FormError) as refused_late:
        session.set("/data/n", 900)
    assert refused_late.value.code == "form.too_many_repeats"


SEED = xform_of(
    """
| survey |
| | type         | name | label     | relevant   | constraint | calculation  |
| | text         | a    | A         |            | . != 'x'   |              |
| | begin_repeat | r    | R         | ${a} != '' |            |              |
| | select_one c | s    | S of ${a} |            |            |              |
| | calculate    | p    |           |            |            | position(..) |
| | end_repeat   |      |           |            |            |              |
| choices |
| | list_name | name | label |
| | c         | y    | Yes   |
| settings |
| | form_id |
| | seed    |
"""
)


def _mutated(draw: random.Random) -> str:
    text = SEED
    for _ in range(draw.randint(1, 4)):
        at, length = draw.randrange(len(text)), draw.randrange(1, 12)
        piece = draw.choice(
            ("", text[at : at + length] * 2, draw.choice("<>&'\"/[]().*=|$\x00ก"), SEED[draw.randrange(len(SEED)) :][:length])
        )
        text = text[:at] + piece + text[at + draw.choice((0, length)) :]
    return text


def test_mutated_forms_are_refused_or_filled_in() -> None:
    draw, taken = random.Random(5), 0
    for _ in range(1_000):
        text = _mutated(draw)
        try:
            session = Session(FormDefinition.from_xml(text))
        except FormRefused:
            continue
        except FormError as refused_late:
            assert refused_late.code
            continue
        taken += 1
        for path in list(session.definition.places):
            try:
                session.set(path, "y")
                session.label(path)
                session.options(path)
            except FormError as cannot:
                assert cannot.code
        session.validate()
        session.finalize()
    assert 100 < taken < 1_000
