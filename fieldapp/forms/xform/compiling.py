"""Expressions of a form: compiled with their references, and every fault noted with the node it belongs to."""

from __future__ import annotations

from collections.abc import Container, Mapping

from fieldapp.forms.problems import FormError, Problem
from fieldapp.forms.xform.model import Kind, Place, Rule
from fieldapp.forms.xpath.compiler import compile_expression
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.paths import Closure
from fieldapp.forms.xpath.refs import Reference, references
from fieldapp.forms.xpath.regexes import compiled as compiled_regex
from fieldapp.forms.xpath.syntax import Call, Expression, Path, Text, every_part
from fieldapp.forms.xpath.values import Value


def _nothing(_: Context) -> Value:
    return ""


class Compiler:
    """`rules`: everything that must be worked out again when something changes, in document order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.rules: list[Rule] = []
        self._instances_named: list[tuple[str, str]] = []

    def rule(self, kind: Kind, path: str, source: str, watched: bool = True, besides: tuple[Reference, ...] = ()) -> Rule:
        """`source` compiled for the node at the generic `path`; with `watched` it is worked out again by itself, also when what is in
        `besides` changes."""
        tree = self._parsed(source, path, kind)
        run: Closure = _nothing
        if tree is not None:
            run = self.closure(source, path)
        rule = Rule(kind, path, source, run, (*references(tree, path), *besides) if tree is not None else ())
        if watched:
            self.rules.append(rule)
        return rule

    def closure(self, source: str, path: str) -> Closure:
        try:
            return compile_expression(source)
        except FormError as wrong:
            self.problems.append(Problem(wrong.code, path, {**wrong.data, "at": wrong.at, "expression": source[:200]}))
            return _nothing

    def _parsed(self, source: str, path: str, kind: Kind) -> Expression | None:
        try:
            tree = parse(source)
        except FormError as wrong:
            facts = {**wrong.data, "at": wrong.at, "expression": source[:200], "rule": kind.name.lower()}
            self.problems.append(Problem(wrong.code, path, facts))
            return None
        for part in every_part(tree):
            if isinstance(part, Call) and part.arguments:
                self._check_call(part, path, source)
        return tree

    def _check_call(self, call: Call, path: str, source: str) -> None:
        if call.name in ("instance", "pulldata") and isinstance(call.arguments[0], Text):
            self._instances_named.append((call.arguments[0].value, path))
        elif call.name == "regex" and len(call.arguments) == 2 and isinstance(call.arguments[1], Text):
            try:
                compiled_regex(call.arguments[1].value)
            except FormError as wrong:
                self.problems.append(Problem(wrong.code, path, {**wrong.data, "expression": source[:200]}))

    def check_references(self, places: Mapping[str, Place], instances: Container[str]) -> None:
        """Tables that are named and not there."""
        for name, path in dict.fromkeys(self._instances_named):
            if name not in instances:
                self.problems.append(Problem("form.instance_missing", path, {"instance": name[:80]}))

    def absolute(self, written: str, base: str) -> str:
        """The generic path of a reference to one node, written absolutely or relative to `base`; "" where it is neither."""
        try:
            tree = parse(written.strip())
        except FormError:
            return written
        if not isinstance(tree, Path) or not isinstance(tree.start, str):
            return written
        names = base.strip("/").split("/") if tree.start == "context" and base else []
        for step in tree.steps:
            if step.axis == "parent":
                names = names[:-1]
            elif step.axis == "child":
                names.append(step.test.rpartition(":")[2])
        return "/" + "/".join(names)
