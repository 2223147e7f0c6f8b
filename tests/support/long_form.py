"""A form of the size of the WHO's verbal autopsy: 485 questions in groups, most of them shown or not by earlier answers."""

import random

QUESTIONS = 485


def long_form(questions: int = QUESTIONS) -> str:
    """An XLSForm as Markdown tables; the same each time."""
    draw = random.Random(1)
    rows = ["| survey |", "| | type | name | label | relevant | calculation | constraint | required |", "| | start | start | | | | | |"]
    choices: list[int] = []
    for at in range(questions):
        if at % 15 == 0:
            if at:
                rows.append("| | end_group | | | | | | |")
            rows.append(f"| | begin_group | g{at} | Group {at} | {_is_yes(at - 3) if at > 15 else ''} | | | |")
            if not at:
                rows.append("| | integer | age | Age | | | . >= 0 and . < 130 | yes |")
        shown = ""
        if len(choices) > 2 and at % 3:
            shown = f"{_is_yes(choices[-1])} or (${{age}} > {draw.randint(1, 60)} and selected(${{q{choices[-2]}}}, 'dk'))"
        if at % 5 < 3:
            rows.append(f"| | select_one yn | q{at} | Question {at} about ${{age}} | {shown} | | | yes |")
            choices.append(at)
        elif at % 5 == 3:
            rows.append(f"| | integer | q{at} | Number {at} | {shown} | | . >= 0 and . <= ${{age}} * 12 | |")
        else:
            first = f"if(${{q{at - 1}}} != '' and {_is_yes(at - 2)}, ${{q{at - 1}}} * 30.4, coalesce(${{age}}, 0))"
            rows.append(f"| | text | q{at} | Text {at} | {shown} | | | |")
            rows.append(f"| | calculate | c{at} | | | {first} | | |")
            rows.append(f"| | calculate | d{at} | | | count-selected(${{q{at - 2}}}) + ${{c{at}}} | | |")
    rows += ["| | end_group | | | | | | |", "| choices |", "| | list_name | name | label |"]
    rows += [f"| | yn | {name} | {name} |" for name in ("yes", "no", "dk")]
    return "\n".join([*rows, "| settings |", "| | form_id |", "| | long |"])


def _is_yes(question: int) -> str:
    return f"${{q{question}}} = 'yes'"
