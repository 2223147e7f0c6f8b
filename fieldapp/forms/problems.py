"""What can be wrong with a form or an expression: codes and data, no words. Must not know which screen or page shows them.

Codes. Expressions: xpath.character · xpath.syntax · xpath.string_not_closed · xpath.too_deep · xpath.too_long · xpath.unknown_function ·
xpath.arguments · xpath.axis · xpath.variable · xpath.not_a_node_set · xpath.not_a_date · xpath.regex · xpath.regex_costly ·
xpath.too_much_work · xpath.no_instance · xpath.algorithm · xpath.number_out_of_range.
Documents: xml.broken · xml.doctype · xml.too_big · xml.too_deep · xml.too_many_nodes.
Forms: form.no_head · form.no_instance · form.no_bind_target · form.bind_twice · form.no_control_target · form.instance_missing ·
form.file_missing (a warning) · form.csv_broken · form.cycle · form.repeat_count · form.action · form.itemset · form.not_this_form ·
form.no_such_node · form.not_a_repeat · form.read_only · form.too_many_repeats · form.not_valid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Fact = str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """`where`: node path, or "itext/th/ID", or the part of the document; `row`: the XLSForm's row where it is known, else 0."""

    code: str
    where: str = ""
    data: Mapping[str, Fact] = field(default_factory=dict)
    row: int = 0


class FormError(Exception):
    """One problem. `at`: 0-based offset in the expression, -1 where that has no meaning."""

    def __init__(self, code: str, where: str = "", at: int = -1, **data: Fact) -> None:
        self.code, self.where, self.at, self.data = code, where, at, data
        super().__init__(" ".join([code, *([where] if where else []), *(f"{key}={value}" for key, value in data.items())]))

    def problem(self, where: str = "") -> Problem:
        facts = {**self.data, "at": self.at} if self.at >= 0 else self.data
        return Problem(self.code, self.where or where, facts)


class FormRefused(FormError):
    """The form cannot be used; `problems` are all that were found, in document order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.code, first.where)
        self.data = dict(first.data)
