"""Functions of numbers, nodes, dates and places: three expressions of each at least."""

import datetime as dt
import math

import pytest

from fieldapp.forms import FormError
from tests.support.expressions import TODAY, agrees, value_of

NAN = math.nan


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("number('12.5')", 12.5),
        ("number('12,5')", 12.5),
        ("number(/data/empty)", NAN),
        ("number('1e3')", NAN),
        ("number(true())", 1.0),
        ("number('1970-01-03')", 2.0),
        ("number('1970-01-02T00:00:00.000Z')", 1.0),
        ("int(3.9)", 3.0),
        ("int(-3.9)", -3.0),
        ("int('abc')", NAN),
        ("sum(/data/tree/height)", 13.5),
        ("sum(/data/nothing)", 0.0),
        ("sum(/data/plot/field/rai)", 14.0),
        ("max(/data/tree/height)", 9.5),
        ("max(1, 5, 3)", 5.0),
        ("max(-3, -2)", -2.0),
        ("max('')", NAN),
        ("min(/data/tree/height)", 4.0),
        ("min(2, '1')", 1.0),
        ("min(/data/nothing)", NAN),
        ("round(2.5)", 3.0),
        ("round(-1.5)", -1.0),
        ("round(-2.5)", -2.0),
        ("round(1.234, 2)", 1.23),
        ("round(2.345, 2)", 2.35),
        ("round(1250, -2)", 1300.0),
        ("round('x')", NAN),
        ("round(1, 40)", NAN),
        ("floor(2.7)", 2.0),
        ("floor(-2.1)", -3.0),
        ("floor('')", NAN),
        ("ceiling(2.1)", 3.0),
        ("ceiling(-2.7)", -2.0),
        ("ceiling(5)", 5.0),
        ("pow(2, 10)", 1024.0),
        ("pow(9, 0.5)", 3.0),
        ("pow(-8, 1 div 3)", NAN),
        ("pow(1, 0 div 0)", NAN),
        ("pow(0, -1)", math.inf),
        ("log(exp(2))", 2.0),
        ("log(0)", -math.inf),
        ("log(-1)", NAN),
        ("log10(1000)", 3.0),
        ("log10(0)", -math.inf),
        ("log10('x')", NAN),
        ("abs(-3)", 3.0),
        ("abs(/data/minus)", 4.0),
        ("abs('a')", NAN),
        ("sin(0)", 0.0),
        ("sin(pi() div 2)", 1.0),
        ("sin('')", NAN),
        ("cos(0)", 1.0),
        ("cos(pi())", -1.0),
        ("cos('x')", NAN),
        ("tan(0)", 0.0),
        ("tan(pi() div 4)", 1.0),
        ("tan('x')", NAN),
        ("asin(1)", math.pi / 2),
        ("asin(2)", NAN),
        ("asin(0)", 0.0),
        ("acos(1)", 0.0),
        ("acos(-1)", math.pi),
        ("acos(2)", NAN),
        ("atan(1)", math.pi / 4),
        ("atan(0)", 0.0),
        ("atan('x')", NAN),
        ("atan2(1, 1)", math.pi / 4),
        ("atan2(0, -1)", math.pi),
        ("atan2(-1, 0)", -math.pi / 2),
        ("sqrt(16)", 4.0),
        ("sqrt(-1)", NAN),
        ("sqrt('2.25')", 1.5),
        ("exp(0)", 1.0),
        ("exp(1)", math.e),
        ("exp(1000)", math.inf),
        ("exp10(3)", 1000.0),
        ("exp10(-1)", 0.1),
        ("exp10(0)", 1.0),
        ("pi()", math.pi),
        ("round(pi(), 2)", 3.14),
        ("pi() > 3", True),
        ("random() < 1", True),
        ("random() >= 0", True),
        ("random() = random()", False),
    ],
)
def test_numbers(expression: str, expected: object) -> None:
    agrees(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("count(/data/tree)", 3.0),
        ("count(/data/nothing)", 0.0),
        ("count(/data/tree[height > 4])", 1.0),
        ("count-non-empty(/data/tree/height)", 2.0),
        ("count-non-empty(/data/empty)", 0.0),
        ("count-non-empty(/data/tree)", 3.0),
        ("position(/data/tree[kind = 'lime'])", 2.0),
        ("position()", 1.0),
        ("count(/data/tree[position() < 3])", 2.0),
        ("position(/data/nothing)", 0.0),
        ("string(/data/tree[last()]/kind)", "longan"),
        ("count(/data/tree[position() = last()])", 1.0),
        ("last()", 1.0),
        ("string(current())", "Somchai"),
        ("string(/data/tree[kind = current()/../tree[2]/kind]/at)", "16.5 103.6 150 5"),
        ("current() = .", True),
        ("indexed-repeat(/data/tree/kind, /data/tree, 2)", "lime"),
        ("indexed-repeat(/data/plot/field/rai, /data/plot, 1, /data/plot/field, 2)", "5"),
        ("indexed-repeat(/data/tree/kind, /data/tree, 0)", "mango"),
        ("indexed-repeat(/data/tree/kind, /data/tree, 9)", ""),
        ("indexed-repeat(../tree/kind, ../tree, 3)", "longan"),
        ("string(randomize(/data/tree/kind, 42)) != ''", True),
        ("count(randomize(/data/tree))", 3.0),
        ("join(' ', randomize(/data/tree/kind, 1)) = join(' ', randomize(/data/tree/kind, 1))", True),
        ("name(/data/tree)", "tree"),
        ("name()", "name"),
        ("local-name(..)", "data"),
        ("name(/data/nothing)", ""),
        ("local-name()", "name"),
        ("local-name(/data/tree/kind)", "kind"),
    ],
)
def test_nodes(expression: str, expected: object) -> None:
    agrees(expression, expected)


def test_a_seed_shuffles_as_the_specifications_generator() -> None:
    # MINSTD from 1: 16807, 282475249 -> 0.0000078, 0.1315; from the end the third goes with the first, then the second with the first.
    agrees("join(' ', randomize(/data/tree/kind, 1))", "lime longan mango")


def test_a_position_in_a_repeat_is_that_of_its_instance() -> None:
    agrees("position(..)", 2.0, "/data/tree[2]/kind")
    agrees("position(../..)", 1.0, "/data/plot[1]/field[2]/rai")
    agrees("position(..)", 2.0, "/data/plot[1]/field[2]/rai")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("today()", TODAY),
        ("string(today())", "2026-11-22"),
        ("today() + 1", 20780.0),
        ("now() >= today()", True),
        ("format-date(now(), '%Y-%m-%d')", "2026-11-22"),
        ("string-length(now())", 10.0),
        ("date('2012-07-23')", dt.date(2012, 7, 23)),
        ("date(15544)", dt.date(2012, 7, 23)),
        ("date('')", ""),
        ("date('2012-07-23T23:59:00.000+07:00')", dt.date(2012, 7, 23)),
        ("date('2012-07-23') < today()", True),
        ("string(date-time('2012-07-23T10:00:00.000+07:00'))", "2012-07-23"),
        ("format-date-time(date-time(0.5), '%H')", "19"),
        ("date-time('')", ""),
        ("decimal-date-time('1970-01-01T07:00:00.000+07:00')", 0.0),
        ("decimal-date-time('1970-01-02T12:00:00.000Z')", 1.5),
        ("decimal-date-time('')", ""),
        ("decimal-time('12:00:00.000+07:00')", 0.5),
        ("decimal-time('06:00')", 0.25),
        ("decimal-time('2012-07-23T18:00:00.000+07:00')", 0.75),
        ("format-date('2012-07-05', '%d/%m/%Y')", "05/07/2012"),
        ("format-date('2012-07-05', '%e %b %y, %a %n')", "5 Jul 12, Thu 7"),
        ("format-date('', '%Y')", ""),
        ("format-date-time(/data/seen, '%H:%M:%S %3 %h')", "10:30:00 000 10"),
        ("format-date-time('2026-01-01T00:30:00.000Z', '%d %H:%M')", "01 07:30"),
        ("format-date-time('', '%H')", ""),
        ("/data/planted < today()", True),
        ("today() - /data/planted", 5235.0),
        ("/data/planted = '2012-07-23'", True),
    ],
)
def test_dates(expression: str, expected: object) -> None:
    agrees(expression, expected)


def test_a_day_begins_where_the_person_is() -> None:
    assert value_of("format-date('2026-01-01T20:00:00.000Z', '%d')", zone="Asia/Bangkok") == "02"
    assert value_of("format-date('2026-01-01T20:00:00.000Z', '%d')", zone="America/Phoenix") == "01"
    assert value_of("decimal-date-time('1970-01-02')", zone="America/Phoenix") == pytest.approx(1 + 7 / 24)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("round(distance(/data/tree/at))", 21805.0),
        ("distance(/data/empty)", 0.0),
        ("round(distance('0 0 0 0; 0 1 0 0'))", 111319.0),
        ("round(distance('0 0', '0 1'))", 111319.0),
        ("round(area(/data/shape) div 1000000)", 12391.0),
        ("area('0 0;0 1')", 0.0),
        ("area(/data/empty)", 0.0),
        ("enclosed-area('0 0;0 1;0 0')", 0.0),
        ("enclosed-area(/data/shape) = area(/data/shape)", True),
        ("enclosed-area('')", 0.0),
        ("geofence('0.5 0.5 0 0', /data/shape)", True),
        ("geofence('1.5 0.5 0 0', /data/shape)", False),
        ("geofence('', /data/shape)", False),
    ],
)
def test_places(expression: str, expected: object) -> None:
    agrees(expression, expected)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("date('tomorrow')", "xpath.not_a_date"),
        ("date(1 div 0)", "xpath.number_out_of_range"),
        ("format-date('2012-07-05', '%Q')", "xpath.arguments"),
        ("sum(3)", "xpath.not_a_node_set"),
        ("count('a')", "xpath.not_a_node_set"),
        ("randomize(1)", "xpath.not_a_node_set"),
        ("indexed-repeat(1, 2, 3)", "xpath.arguments"),
        ("instance('nowhere')/root/item", "xpath.no_instance"),
        ("pulldata('nowhere', 'a', 'b', 'c')", "xpath.no_instance"),
    ],
)
def test_what_cannot_be_reckoned_has_a_code(expression: str, code: str) -> None:
    with pytest.raises(FormError) as refused:
        value_of(expression)
    assert refused.value.code == code
