"""Random answers to any XForm: drawn from the literals of its own expressions and from its choices, so that conditions are met and missed.

A walk is a list of steps [operation, path, value]; it is drawn from the form's text alone, so that no engine decides what another is asked.
"""

import datetime as dt
import random
import re
from collections import defaultdict
from xml.etree import ElementTree

Step = list[str]
XF = "{http://www.w3.org/2002/xforms}"
_H = "{http://www.w3.org/1999/xhtml}"
_CONTROLS = {"input", "select", "select1", "upload", "range", "trigger", "rank", "secret"}
_EXPRESSIONS = ("relevant", "constraint", "calculate", "required", "readonly")
_LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NUMBER = re.compile(r"(?<![\w.'-])\d+(?:\.\d+)?(?![\w'])")
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_TODAY = dt.date(2026, 11, 22)


class Walker:
    """Draws walks through one form."""

    def __init__(self, xform: str) -> None:
        root = ElementTree.fromstring(xform.encode())
        model = root.find(f".//{XF}model")
        body = root.find(f"{_H}body")
        self._types: dict[str, str] = {}
        self._literals: dict[str, set[str]] = defaultdict(set)
        self._choices: dict[str, list[str]] = {}
        self._kinds: dict[str, str] = {}
        self.repeats: list[str] = []
        self._counted = "{http://openrosa.org/javarosa}count" in str([element.attrib for element in root.iter(f"{XF}repeat")])
        if model is None or body is None:
            return
        for bind in model.iter(f"{XF}bind"):
            self._read_bind(bind)
        items = {str(instance.get("id")): instance for instance in model.iter(f"{XF}instance")}
        self._read_body(body, "", items)

    def _read_bind(self, bind: ElementTree.Element) -> None:
        path = bind.get("nodeset", bind.get("ref", ""))
        self._types[path] = bind.get("type", "string").rpartition(":")[2]
        for expression in filter(None, map(bind.get, _EXPRESSIONS)):
            self._harvest(expression, path.rpartition("/")[2])

    def _harvest(self, expression: str, own: str) -> None:
        found = {first or second for first, second in _LITERAL.findall(expression)}
        for number in _NUMBER.findall(_LITERAL.sub("", expression)):
            found |= {number} if "." in number else {number, str(int(number) + 1), str(max(0, int(number) - 1))}
        for name in {own, *_NAME.findall(_LITERAL.sub("", expression))}:
            self._literals[name] |= found

    def _read_body(self, parent: ElementTree.Element, context: str, instances: dict[str, ElementTree.Element]) -> None:
        for element in parent:
            name = str(element.tag).rpartition("}")[2]
            path = _absolute(element.get("ref") or element.get("nodeset") or "", context)
            if name == "repeat":
                self.repeats.append(path)
            if name in _CONTROLS:
                self._kinds[path] = name
                self._choices[path] = _choices(element, instances)
                for itemset in element.iter(f"{XF}itemset"):
                    self._harvest(itemset.get("nodeset", ""), "")
            else:
                self._read_body(element, path or context, instances)

    @property
    def questions(self) -> list[str]:
        return list(self._kinds)

    def walk(self, draw: random.Random, most: int) -> list[Step]:
        """At most so many steps: half of the walks go through the form in order, the others jump about."""
        if not self._kinds:
            return []
        in_order = draw.random() < 0.5
        steps: list[Step] = []
        questions = self.questions
        start = draw.randrange(len(questions)) if len(questions) > most else 0
        while len(steps) < most:
            if self.repeats and draw.random() < 0.12:
                steps.append(self._repeat(draw))
            path = questions[(start + len(steps)) % len(questions)] if in_order else draw.choice(questions)
            steps.append(["set", self._placed(draw, path), self._value(draw, path)])
        return steps[:most]

    def _repeat(self, draw: random.Random) -> Step:
        path = draw.choice(self.repeats)
        if draw.random() < 0.7:
            return ["add_repeat", self._placed(draw, path, own=False), ""]
        return ["remove_repeat", self._placed(draw, path), ""]

    def _placed(self, draw: random.Random, path: str, *, own: bool = True) -> str:
        """The path with a position at each repeat on the way."""
        placed = ""
        plain = ""
        for name in path[1:].split("/"):
            plain, placed = f"{plain}/{name}", f"{placed}/{name}"
            if plain in self.repeats and (own or plain != path):
                placed += f"[{draw.choice((1, 1, 1, 2, 2, 3))}]"
        return placed

    def _value(self, draw: random.Random, path: str) -> str:
        if draw.random() < 0.1:
            return ""
        kind = self._kinds[path]
        literals = sorted(self._literals[path.rpartition("/")[2]])
        choices = self._choices[path]
        if kind in {"select", "rank"}:
            drawn = draw.sample(choices, draw.randint(1, min(4, len(choices)))) if choices else []
            return " ".join(choice for choice in drawn if " " not in choice)
        if kind == "select1":
            return draw.choice(choices) if choices else ""
        if kind == "trigger":
            return "OK"
        return self._typed(draw, self._types.get(path, "string"), literals)

    def _typed(self, draw: random.Random, kind: str, literals: list[str]) -> str:
        numbers = [literal for literal in literals if re.fullmatch(r"\d{1,9}(\.\d+)?", literal)]
        if kind in {"int", "integer"}:
            if self._counted:
                return str(draw.randrange(5))
            whole = [number for number in numbers if "." not in number]
            return draw.choice(whole) if whole and draw.random() < 0.7 else str(draw.choice((0, 1, 2, 5, 17, 18, 60, 100, 2569)))
        if kind == "decimal":
            return draw.choice(numbers) if numbers and draw.random() < 0.6 else str(draw.choice((0.0, 0.5, 1.5, 36.6, 250.0, 12000.75)))
        if kind in {"date", "dateTime", "time"}:
            dates = [literal for literal in literals if _DATE.match(literal)]
            day = dt.date.fromisoformat(draw.choice(dates)) if dates and draw.random() < 0.5 else _TODAY
            day += dt.timedelta(days=draw.choice((0, 0, -1, 1, -30, -400, -365 * 7, -365 * 17, -365 * 60, 20)))
            hour = f"{draw.randrange(24):02}:{draw.choice((0, 30)):02}:00.000+07:00"
            return {"date": str(day), "dateTime": f"{day}T{hour}", "time": hour}[kind]
        if kind == "geopoint":
            return f"{draw.uniform(16, 17):.6f} {draw.uniform(103, 104):.6f} 0 0"
        if kind in {"geotrace", "geoshape"}:
            return ""
        if kind == "binary":
            return "a.jpg"
        if kind == "boolean":
            return draw.choice(("true", "false"))
        return (
            draw.choice(literals)
            if literals and draw.random() < 0.6
            else draw.choice(("a", "สมชาย", "0812345678", "12", "a b", "Kalasin 46"))
        )


def _absolute(path: str, context: str) -> str:
    if not path or path.startswith("/"):
        return path
    names = context.split("/")
    for name in path.split("/"):
        if name == "..":
            names.pop()
        elif name != ".":
            names.append(name)
    return "/".join(names)


def _choices(control: ElementTree.Element, instances: dict[str, ElementTree.Element]) -> list[str]:
    values = [value.text or "" for item in control.iter(f"{XF}item") for value in item.iter(f"{XF}value")]
    for itemset in control.iter(f"{XF}itemset"):
        name = re.match(r"(?:randomize\()?\s*instance\('([^']+)'\)", itemset.get("nodeset", ""))
        instance = instances.get(name.group(1)) if name else None
        value = itemset.find(f"{XF}value")
        if instance is not None and value is not None:
            wanted = value.get("ref", "")
            found = [node.text or "" for node in instance.iter() if str(node.tag).rpartition("}")[2] == wanted]
            # Of a table that is attached, what corpus.Form.attached() makes up.
            values += found or ["a", "b", "c"]
    return sorted(set(filter(None, values)))
