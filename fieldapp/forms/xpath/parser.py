"""Tokens -> tree, by precedence climbing. Must not know functions: an unknown name is found when the tree is compiled."""

from functools import lru_cache

from fieldapp.forms.problems import FormError
from fieldapp.forms.xpath.lexer import Token, tokens
from fieldapp.forms.xpath.syntax import Call, Chain, Expression, Filter, Negate, Number, Path, Step, Text, Union

# Nested brackets. A level costs seven frames here, and Python stops at a thousand.
MAX_DEPTH = 80
_RANK = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6}
_UNION_RANK = 8
_AXES = frozenset(
    (
        "child", "parent", "self", "attribute", "descendant", "descendant-or-self", "ancestor", "ancestor-or-self",
        "following-sibling", "preceding-sibling", "following", "preceding",
    )
)  # fmt: skip
_NODE_TYPES = frozenset(("node", "text", "comment", "processing-instruction"))
_END = Token("end", "", -1)


@lru_cache(maxsize=4096)
def parse(expression: str) -> Expression:
    """The tree of `expression`. Raises FormError with the offset: xpath.syntax, .too_deep, .axis, .variable and those of the lexer."""
    reading = _Reading(expression)
    tree = reading.expression(0)
    if reading.next.kind != "end":
        raise reading.unexpected()
    return tree


class _Reading:
    def __init__(self, expression: str) -> None:
        self.tokens = tokens(expression)
        self.length = len(expression)
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _END

    def after(self, count: int = 1) -> Token:
        return self.tokens[self.at + count] if self.at + count < len(self.tokens) else _END

    def take(self) -> Token:
        token = self.next
        self.at += 1
        return token

    def take_if(self, text: str) -> bool:
        token = self.next
        if token.text == text and token.kind in ("sign", "operator"):
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.take_if(text):
            raise self.unexpected(expected=text)

    def unexpected(self, **data: str) -> FormError:
        token = self.next
        return FormError("xpath.syntax", at=token.at if token.kind != "end" else self.length, found=token.text, **data)

    def expression(self, lowest: int) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH * 4:
            raise FormError("xpath.too_deep", at=self.next.at, limit=MAX_DEPTH)
        left = self.unary()
        while (rank := self._rank()) > lowest:
            rest: list[tuple[str, Expression]] = []
            while self._rank() == rank:
                operator = self.take().text
                rest.append((operator, self.expression(rank)))
            left = Chain(left, tuple(rest))
        self.depth -= 1
        return left

    def _rank(self) -> int:
        token = self.next
        return _RANK.get(token.text, 0) if token.kind == "operator" else 0

    def unary(self) -> Expression:
        minus = 0
        while self.next.text == "-" and self.next.kind in ("sign", "operator"):
            self.at += 1
            minus += 1
        parts = [self.path()]
        while self.next.kind == "operator" and self.take_if("|"):
            parts.append(self.path())
        whole = parts[0] if len(parts) == 1 else Union(tuple(parts))
        # Two minus signs make a number of their operand, so one pair is kept.
        for _ in range(minus if minus < 3 else 2 - minus % 2):
            whole = Negate(whole)
        return whole

    def path(self) -> Expression:
        token = self.next
        if token.text in ("/", "//") and token.kind in ("sign", "operator"):
            return self.absolute()
        if self._begins_step():
            return Path("context", self.steps([]), token.at)
        subject = self.primary()
        predicates = self.predicates()
        if predicates:
            subject = Filter(subject, predicates)
        if self.next.text in ("/", "//") and self.next.kind in ("sign", "operator"):
            start = self.take()
            return Path(subject, self.steps([Step("descendant-or-self", "node()")] if start.text == "//" else []), token.at)
        return subject

    def absolute(self) -> Path:
        slash = self.take()
        steps = [Step("descendant-or-self", "node()")] if slash.text == "//" else []
        if not self._begins_step():
            if steps:
                raise self.unexpected()
            return Path("root", (), slash.at)
        return Path("root", self.steps(steps), slash.at)

    def steps(self, found: list[Step]) -> tuple[Step, ...]:
        while True:
            found.append(self.step())
            if self.next.kind not in ("sign", "operator") or self.next.text not in ("/", "//"):
                return tuple(found)
            if self.take().text == "//":
                found.append(Step("descendant-or-self", "node()"))

    def _begins_step(self) -> bool:
        token = self.next
        if token.kind == "name":
            return self.after().text != "(" or token.text in _NODE_TYPES or self.after().kind == "text"
        return token.kind == "sign" and token.text in (".", "..", "@", "*")

    def step(self) -> Step:
        token = self.next
        if self.take_if("."):
            return Step("self", "node()", self.predicates())
        if self.take_if(".."):
            return Step("parent", "node()", self.predicates())
        axis = "child"
        if self.take_if("@"):
            axis = "attribute"
        elif token.kind == "name" and self.after().text == "::":
            axis = self.take().text
            self.take()
            if axis not in _AXES:
                raise FormError("xpath.axis", at=token.at, axis=axis)
        return Step(axis, self.node_test(), self.predicates())

    def node_test(self) -> str:
        token = self.next
        if token.kind == "name":
            self.take()
            if token.text in _NODE_TYPES and self.take_if("("):
                if self.next.kind == "text":
                    self.take()
                self.expect(")")
                return f"{token.text}()"
            return token.text
        if token.kind == "sign" and token.text == "*":
            self.take()
            return "*"
        raise self.unexpected()

    def predicates(self) -> tuple[Expression, ...]:
        found = []
        while self.next.kind == "sign" and self.take_if("["):
            found.append(self.nested("]"))
        return tuple(found)

    def nested(self, closing: str) -> Expression:
        self.depth += 3
        inner = self.expression(0)
        self.depth -= 3
        self.expect(closing)
        return inner

    def primary(self) -> Expression:
        token = self.take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "text":
            return Text(token.text[1:-1])
        if token.kind == "name" and self.next.text == "(":
            self.take()
            return Call(token.text, self.arguments(), token.at)
        if token.kind == "sign" and token.text == "(":
            return self.nested(")")
        if token.text == "$":
            raise FormError("xpath.variable", at=token.at)
        self.at -= 1
        raise self.unexpected()

    def arguments(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        if self.take_if(")"):
            return ()
        self.depth += 3
        while True:
            found.append(self.expression(0))
            if self.take_if(")"):
                self.depth -= 3
                return tuple(found)
            self.expect(",")
