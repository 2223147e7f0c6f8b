"""Functions of text, truth and choice: three expressions of each at least."""

import re

import pytest

from fieldapp.forms import FormError
from tests.support.expressions import agrees, value_of


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("string(3)", "3"),
        ("string(0.1 + 0.2)", "0.30000000000000004"),
        ("string(/data/nothing)", ""),
        ("string(2 > 1)", "true"),
        ("string(1000000 * 1000000)", "1000000000000"),
        ("string(0 div 0)", "NaN"),
        ("string(-1 div 0)", "-Infinity"),
        ("concat('a', 'b', 3)", "ab3"),
        ("concat(/data/tree/kind)", "mangolimelongan"),
        ("concat('x')", "x"),
        ("concat(/data/empty, '-', /data/count)", "-3"),
        ("join(', ', /data/tree/kind)", "mango, lime, longan"),
        ("join('-', 'a', 'b')", "a-b"),
        ("join('', /data/tree/kind, 'x')", "mangolimelonganx"),
        ("join(' ')", ""),
        ("substr('มะม่วง', 0, 2)", "มะ"),
        ("substr('hello', 1)", "ello"),
        ("substr('hello', -3)", "llo"),
        ("substr('hello', 1, -1)", "ell"),
        ("substr('hello', 4, 2)", ""),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 0)", "12345"),
        ("substring('12345', 4)", "45"),
        ("substring-before('1999/04/01', '/')", "1999"),
        ("substring-before('abc', 'x')", ""),
        ("substring-before(/data/name, 'chai')", "Som"),
        ("substring-after('1999/04/01', '/')", "04/01"),
        ("substring-after('abc', 'x')", ""),
        ("substring-after('abc', '')", "abc"),
        ("translate('bar', 'abc', 'ABC')", "BAr"),
        ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
        ("translate('aa', 'aa', 'bc')", "bb"),
        ("translate('๑๒๓', '๐๑๒๓๔๕๖๗๘๙', '0123456789')", "123"),
        ("string-length('ก็')", 2.0),
        ("string-length(/data/empty)", 0.0),
        ("string-length()", 7.0),
        ("string-length(12.5)", 4.0),
        ("normalize-space('  a   b ')", "a b"),
        ("normalize-space(/data/name)", "Somchai"),
        ("normalize-space('\t\n')", ""),
        ("contains('mango', 'ang')", True),
        ("contains('mango', '')", True),
        ("contains(/data/name, 'chaa')", False),
        ("starts-with('mango', 'man')", True),
        ("starts-with('mango', 'an')", False),
        ("starts-with(/data/empty, 'a')", False),
        ("ends-with('mango', 'go')", True),
        ("ends-with('mango', 'g')", False),
        ("ends-with(/data/planted, '-23')", True),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("digest('', 'MD5')", "1B2M2Y8AsgTpgAmY7PhCfg=="),
        ("digest('abc', 'SHA-256', 'base64')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        ("base64-decode('4Liq4Lin4Lix4Liq4LiU4Li1')", "สวัสดี"),
        ("base64-decode('')", ""),
        ("base64-decode('aGk=')", "hi"),
        ("regex('46030001', '[0-9]{8}')", True),
        ("regex('46030001x', '[0-9]{8}')", False),
        ("regex('', 'a*')", True),
        ("regex('สมชาย', '[ก-๙]+')", True),
        ("regex('G123', '^G[0-9]+$')", True),
        ("regex('Anna Maria Lee', '[A-Z][a-z]+( [A-Z][a-z]+)*')", True),
        ("regex('Anna  Lee', '[A-Z][a-z]+( [A-Z][a-z]+)*')", False),
        ("regex('สมชาย ใจดี', '[ก-๙]+( [ก-๙]+)*')", True),
        ("regex('a.b@c.go.th', '[a-z.]+@([a-z]+\\.)+[a-z]{2,4}')", True),
        ("regex('a.b@c', '[a-z.]+@([a-z]+\\.)+[a-z]{2,4}')", False),
        ("regex('10.0.0.255', '([0-9]{1,3}\\.){3}[0-9]{1,3}')", True),
        ("regex('aaab', '(a|aa)*b')", True),
        ("regex('x1', '(?:[^0-9\\s]\\d?)+')", True),
        ("regex('', '(a*)*')", True),
        ("regex('abc', 'a?b?c?d?')", True),
        ("regex('pass1', '(?=.*[0-9]).{4,}')", True),
        ("regex('passw', '(?=.*[0-9]).{4,}')", False),
    ],
)
def test_text(expression: str, expected: object) -> None:
    agrees(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("true()", True),
        ("string(true())", "true"),
        ("true() and 'x'", True),
        ("false()", False),
        ("false() or 0", False),
        ("string(false())", "false"),
        ("not(1)", False),
        ("not(/data/empty)", True),
        ("not('false')", False),
        ("boolean('false')", True),
        ("boolean(/data/empty)", False),
        ("boolean(0 div 0)", False),
        ("boolean(0.0000000000001)", False),
        ("boolean-from-string('TRUE')", True),
        ("boolean-from-string('1')", True),
        ("boolean-from-string(1)", True),
        ("boolean-from-string('yes')", False),
        ("if(/data/count > 2, 'many', 'few')", "many"),
        ("if(/data/empty, 1, 2)", 2.0),
        ("if(true(), 'kept', date('never'))", "kept"),
        ("coalesce(/data/empty, 'b')", "b"),
        ("coalesce(/data/name, 'b')", "Somchai"),
        ("coalesce('', '')", ""),
        ("coalesce(0 div 0, 3)", 3.0),
        ("once('new')", "Somchai"),
        ("once(concat('a', 'b'))", "Somchai"),
        ("checklist(1, 2, /data/empty, /data/name)", True),
        ("checklist(2, -1, 'a', '', 'c')", True),
        ("checklist(-1, 1, 'a', 'b')", False),
        ("checklist(2, 2, /data/tree/height)", True),
        ("weighted-checklist(3, 9, 'a', 4, '', 9)", True),
        ("weighted-checklist(5, 9, 'a', 4, '', 9)", False),
        ("weighted-checklist(1, 1, 1 = 1, 1, 1 = 2, 5)", True),
        ("depend(1, 2, 3)", 1.0),
        ("depend('a')", "a"),
        ("depend(/data/name, /data/count)", "Somchai"),
        ("version()", ""),
        ("property('deviceid')", ""),
    ],
)
def test_truth(expression: str, expected: object) -> None:
    agrees(expression, expected)


@pytest.mark.parametrize("context", ["/data/empty"])
def test_once_fills_what_is_empty(context: str) -> None:
    agrees("once('new')", "new", context)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("selected(/data/fruit, 'mango')", True),
        ("selected(/data/fruit, 'man')", False),
        ("selected(/data/fruit, 'tree')", False),
        ("selected(/data/fruit, ' lime ')", True),
        ("selected('', 'a')", False),
        ("is-selected('a b', 'b')", True),
        ("is-selected('ab', 'b')", False),
        ("is-selected(/data/empty, 'b')", False),
        ("selected-at(/data/fruit, 0)", "mango"),
        ("selected-at(/data/fruit, 2)", "mango-tree"),
        ("selected-at(/data/fruit, 3)", ""),
        ("selected-at(/data/fruit, -1)", ""),
        ("count-selected(/data/fruit)", 3.0),
        ("count-selected('')", 0.0),
        ("count-selected('  a  b ')", 2.0),
        ("jr:itext('some-id')", "some-id"),
        ("jr:choice-name('a', '/data/name')", "a"),
    ],
)
def test_choices(expression: str, expected: object) -> None:
    agrees(expression, expected)


def test_uuids_are_new_and_have_the_form_or_the_length_asked_for() -> None:
    made = {str(value_of("uuid()")) for _ in range(20)}
    assert len(made) == 20
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in made)
    assert re.fullmatch(r"[A-Z0-9]{12}", str(value_of("uuid(12)")))
    assert value_of("string-length(uuid(5))") == 5.0


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("digest('a', 'CRC', 'hex')", "xpath.algorithm"),
        ("digest('a', 'MD5', 'binary')", "xpath.algorithm"),
        ("substr('a')", "xpath.arguments"),
        ("if(1, 2)", "xpath.arguments"),
        ("true(1)", "xpath.arguments"),
        ("selected('a')", "xpath.arguments"),
        ("nonsense(1)", "xpath.unknown_function"),
        ("regex('a', '((?=a)a+)+b')", "xpath.regex_costly"),
        ("regex('aa', '(a+)+\\1')", "xpath.regex_costly"),
        ("regex('a', '((((a{1,40}){1,40}){1,40}){1,40})')", "xpath.regex_costly"),
        ("regex('a', '[')", "xpath.regex"),
    ],
)
def test_what_cannot_be_done_has_a_code(expression: str, code: str) -> None:
    with pytest.raises(FormError) as refused:
        value_of(expression)
    assert refused.value.code == code


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(.*a){30}", "(a?){25}a{25}", "(a{1,30}){1,30}b", "a*a*a*a*a*b", "([a-z]+ ?)+x"])
def test_a_pattern_that_others_lose_themselves_in_is_matched_at_once(pattern: str) -> None:
    agrees(f"regex('{'a' * 2000}!', '{pattern}')", False)
