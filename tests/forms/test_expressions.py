"""The language itself: operators, paths, predicates, and what is not in it."""

import datetime as dt
import math

import pytest

from fieldapp.forms import FormError, evaluate
from tests.support.expressions import ORCHARD, agrees, value_of


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3 - 4 div 2", 5.0),
        ("7 mod 4", 3.0),
        ("-7 mod 4", -3.0),
        ("7 mod 0", math.nan),
        ("1 div 0", math.inf),
        ("- - 2", 2.0),
        ("2 - -2", 4.0),
        ("2-1", 1.0),
        (".5 + 1.", 1.5),
        ("(1 + 2) * 3", 9.0),
        ("1 < 2 and 2 < 1 or 1 = 1", True),
        ("0.1 + 0.2 = 0.3", True),
        ("'1' = 1", True),
        ("'01' = '1'", False),
        ("'a' != 'b'", True),
        ("true() = 'anything'", True),
        ("false() = 'false'", False),
        ("1 = 1 = 1", True),
        ("3 > 2 > 1", False),
        ("'a' < 'b'", False),
        ("'2' < '10'", True),
        ("/data/empty = ''", True),
        ("/data/nothing = ''", True),
        ("/data/empty > 0", False),
        ("/data/count * 2", 6.0),
        ("/data/planted > '2012-01-01'", True),
        ("'it''s' = 'it'", None),
        ('"it\'s"', "it's"),
        ("/data/count\n+\t1", 4.0),
    ],
)
def test_operators(expression: str, expected: object) -> None:
    if expected is None:
        with pytest.raises(FormError):
            value_of(expression)
    else:
        agrees(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("string(.)", "Somchai"),
        ("string(../count)", "3"),
        ("string(../tree[2]/kind)", "lime"),
        ("string(/data/tree[kind = 'longan']/height)", "9.5"),
        ("string(/data/tree[height > 4][1]/kind)", "longan"),
        ("string(/data/tree[position() = 2]/kind)", "lime"),
        ("count(/data/plot/field[rai > 2])", 2.0),
        ("count(/data/*)", 17.0),
        ("count(//kind)", 3.0),
        ("count(/data//rai)", 3.0),
        ("count(/data/tree/kind | /data/tree/height)", 6.0),
        ("string(/data/@version)", "7"),
        ("string(../@version)", "7"),
        ("count(/data/tree[kind = 'mango' or kind = 'lime'])", 2.0),
        ("string(child::nothing)", ""),
        ("string(parent::data/child::name)", "Somchai"),
        ("string(self::node())", "Somchai"),
        ("string(/data/name/following-sibling::price)", "12.50"),
        ("count(ancestor::*)", 2.0),
        ("string((/data/tree/kind)[3])", "longan"),
        ("string(/data/tree[not(height = '')][2]/kind)", "longan"),
        ("count(../../data)", 1.0),
        ("string(/data/tree[kind = /data/tree[2]/kind]/at)", "16.5 103.6 150 5"),
        ("div", ""),
        ("string(/data/./name/.)", "Somchai"),
        ("string(/data/ tree [ 1 ] / kind)", "mango"),
    ],
)
def test_paths(expression: str, expected: object) -> None:
    agrees(expression, expected)


def test_an_absolute_path_in_a_repeat_means_this_instance() -> None:
    agrees("string(/data/tree/kind)", "lime", "/data/tree[2]/height")
    agrees("/data/tree/height > 5", True, "/data/tree[3]/kind")
    agrees("sum(/data/plot/field/rai)", 7.0, "/data/plot[2]")
    agrees("sum(../../tree/height)", 13.5, "/data/tree[2]/kind")
    agrees("count(../../tree)", 3.0, "/data/tree[2]/kind")


@pytest.mark.parametrize(
    ("expression", "code", "at"),
    [
        ("1 +", "xpath.syntax", 3),
        ("(1", "xpath.syntax", 2),
        ("1 2", "xpath.syntax", 2),
        ("", "xpath.syntax", 0),
        ("/data/tree[", "xpath.syntax", 11),
        ("a = = b", "xpath.syntax", 4),
        ("'open", "xpath.string_not_closed", 0),
        ("\u2018curly\u2019 = 1", "xpath.character", 0),
        ("a\u00a0= 1", "xpath.character", 1),
        ("1 # 2", "xpath.character", 2),
        ("$answer", "xpath.variable", 0),
        ("sideways::a", "xpath.axis", 0),
        ("1 + nothing(2)", "xpath.unknown_function", 4),
        ("//", "xpath.syntax", 2),
        ("if(1, 2, 3", "xpath.syntax", 10),
    ],
)
def test_what_is_broken_says_where(expression: str, code: str, at: int) -> None:
    with pytest.raises(FormError) as broken:
        value_of(expression)
    assert (broken.value.code, broken.value.at) == (code, at)


def test_names_may_be_thai() -> None:
    found = evaluate("/ข้อมูล/ชื่อ-เล่น = 'ต้น' and ../ปี * 2 = 4", "<ข้อมูล><ชื่อ-เล่น>ต้น</ชื่อ-เล่น><ปี>2</ปี></ข้อมูล>", "/ข้อมูล/ปี")
    assert found is True


def test_what_comes_back_is_a_value() -> None:
    assert value_of("/data/tree/kind") == "mango"
    assert value_of("/data/nothing") == ""
    assert value_of("today()") == dt.date(2026, 11, 22)
    assert isinstance(value_of("now()"), dt.datetime)


def test_the_context_must_be_there() -> None:
    for path in ("/data/tree[4]", "/other", "/data/name[x]", ""):
        if path:
            with pytest.raises(FormError) as missing:
                evaluate("1", ORCHARD, path)
            assert missing.value.code == "form.no_such_node"


def test_a_zone_is_a_name_or_an_object() -> None:
    assert evaluate("format-date(date-time(0), '%H')", ORCHARD, "/data", timezone=dt.timezone(dt.timedelta(hours=7))) == "07"
    with pytest.raises(FormError):
        evaluate("1", ORCHARD, "/data", timezone="Moon/Crater")


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 500 + "1" + ")" * 500,
        "not(" * 300 + "1" + ")" * 300,
        "/data" + "[1 = count(/data" * 120 + ")]" * 120,
        "-" * 50_000 + "1",
        "1" + " + 1" * 20_000,
        "/data" + "/tree" * 10_000,
        "'" + "x" * 200_000 + "'",
        "count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0])",
    ],
    ids=["brackets", "calls", "predicates", "minus", "sum", "path", "long", "visits"],
)
def test_a_monster_is_refused_or_reckoned_and_never_kills(expression: str) -> None:
    try:
        value_of(expression)
    except FormError as refused:
        assert refused.code in ("xpath.too_deep", "xpath.too_long", "xpath.too_much_work", "xpath.syntax")
