"""Functions of choice questions: a list of answers is a text with blanks between."""

from fieldapp.forms.functions.table import Compiling, Function, calls
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.paths import Closure
from fieldapp.forms.xpath.syntax import Call, Text
from fieldapp.forms.xpath.values import Value, to_index, to_text


def _selected(_: Context, answers: Value, wanted: Value) -> Value:
    return f" {to_text(wanted).strip()} " in f" {to_text(answers)} "


def _at(_: Context, answers: Value, index: Value) -> Value:
    chosen, at = to_text(answers).split(), to_index(index)
    return chosen[at] if 0 <= at < len(chosen) else ""


def _choice_name(compiling: Compiling, call: Call) -> Closure:
    """jr:choice-name(value, 'path of the question'): the path is a text, which the compiler cannot follow."""
    value = compiling.compiled(call.arguments[0])
    question = compiling.compiled(call.arguments[1])
    fixed = call.arguments[1].value.strip() if isinstance(call.arguments[1], Text) else None

    def run(context: Context) -> Value:
        path = fixed if fixed is not None else to_text(question(context)).strip()
        return context.surroundings.choice_label(to_text(value(context)), path, context.current)

    return run


TABLE = {
    "selected": calls(_selected, 2),
    "is-selected": calls(_selected, 2),
    "selected-at": calls(_at, 2),
    "count-selected": calls(lambda _, answers: float(len(to_text(answers).split())), 1),
    "jr:choice-name": Function(2, 2, build=_choice_name),
    "jr:itext": calls(lambda context, text_id: context.surroundings.translated(to_text(text_id)), 1),
}
