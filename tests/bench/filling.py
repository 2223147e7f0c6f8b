"""A long form read, begun and answered; beside reading, the bare reading of the same XML."""

import gc
import random
from xml.etree import ElementTree

from fieldapp.forms import FormDefinition, Session
from fieldapp.forms.xpath import compiler, parser
from tests.bench.measure import percentile, seconds_of, take_turns, tell
from tests.support.long_form import QUESTIONS, long_form
from tests.support.xforms import xform_of

ANSWERS = 5_000


def run() -> None:
    text = xform_of(long_form())

    def read() -> float:
        # As if no form had been read before.
        compiler.compile_expression.cache_clear()
        parser.parse.cache_clear()
        gc.collect()
        return 1000 * seconds_of(lambda: FormDefinition.from_xml(text))

    ours, bare = take_turns(read, lambda: 1000 * seconds_of(lambda: ElementTree.fromstring(text)))
    definition = FormDefinition.from_xml(text)
    tell(f"read_form_{QUESTIONS}", ours=ours, limit=bare, budget="<= 200 ms", rules=len(definition.graph.rules))
    gc.collect()
    tell(f"begin_form_{QUESTIONS}", ours=1000 * seconds_of(lambda: Session(definition)), budget="<= 50 ms")
    session, draw = Session(definition), random.Random(2)
    questions = [place for place in definition.places.values() if place.control is not None and not place.children]
    times = []
    for _ in range(ANSWERS):
        place = draw.choice(questions)
        choice = place.control is not None and place.control.kind == "select1"
        value = draw.choice(("yes", "no", "dk", "") if choice else ("1", "50", "3", ""))
        times.append(1000 * seconds_of(lambda place=place, value=value: session.set(place.path, value)))
    tell(
        f"answer_form_{QUESTIONS}",
        ours=percentile(times, 0.5),
        budget="median <= 1 ms, worst <= 20 ms",
        p99_ms=round(percentile(times, 0.99), 2),
        worst_ms=round(max(times), 2),
        answers=ANSWERS,
    )
