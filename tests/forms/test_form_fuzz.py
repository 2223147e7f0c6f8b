"""Whatever comes as a form or as a draft of one: it is refused with a code, or it works. Nothing hangs, nothing else is raised."""

import datetime as dt
import random
from xml.etree import ElementTree

import pytest

from fieldapp.forms import FormDefinition, FormError, FormRefused, Session
from tests.support import corpus, mutations
from tests.support.on_javarosa import TODAY, ZONE
from tests.support.patience import Hung, within_patience
from tests.support.walks import Walker

_SMALL = 60_000


def filled(definition: FormDefinition, draw: random.Random, xform: str) -> str:
    """A short walk through the form; the draft that comes of it."""
    session = Session(definition, today=dt.date.fromisoformat(TODAY), timezone=ZONE)
    try:
        steps = Walker(xform).walk(draw, 8)
    except (ElementTree.ParseError, LookupError, ValueError):  # what it says of its encoding need not be so
        steps = []
    for operation, path, value in steps:
        try:
            if operation == "set":
                session.set(path, value)
                session.options(path)
                session.label(path)
            elif operation == "add_repeat":
                session.add_repeat(path)
            else:
                session.remove_repeat(path)
        except FormError:
            continue
    session.validate()
    session.finalize()
    return session.to_xml()


def mutated(draw: random.Random, text: str) -> str:
    how = draw.choices((mutations.twisted, mutations.torn, mutations.poisoned), (7, 3, 1))[0]
    return how(draw, text)


def try_one(seed: int, forms: list[corpus.Form]) -> str:
    """What became of one mutated form or draft: refused, worked, or draft refused."""
    draw = random.Random(seed)
    form = draw.choice(forms)
    if draw.random() < 0.25:
        with within_patience():
            definition = FormDefinition.from_xml(form.xform)
            draft = filled(definition, draw, form.xform)
            broken = mutated(draw, draft)
            try:
                session = Session.from_xml(definition, broken)
                session.validate()
                session.finalize()
            except FormError:
                return "draft refused"
            return "draft worked"
    broken = mutated(draw, form.xform)
    with within_patience():
        try:
            definition = FormDefinition.from_xml(broken.encode("utf-8", "surrogatepass") if draw.random() < 0.5 else broken)
        except FormRefused as refused:
            assert refused.problems
            assert all(problem.code for problem in refused.problems)
            return "refused"
        try:
            filled(definition, draw, broken)
        except FormError:
            return "error when filled"
        return "worked"


@pytest.fixture(scope="module")
def forms() -> list[corpus.Form]:
    """Those that the engine takes, and that are small enough to be broken thousands of times."""
    taken = []
    for form in corpus.committed():
        if len(form.xform) < _SMALL:
            try:
                FormDefinition.from_xml(form.xform)
            except FormRefused:
                continue
            taken.append(form)
    assert len(taken) > 60
    return taken


def run(seeds: range, forms: list[corpus.Form]) -> dict[str, int]:
    became: dict[str, int] = {}
    for seed in seeds:
        try:
            outcome = try_one(seed, forms)
        except (Exception, Hung) as problem:  # noqa: BLE001 - whatever it is, say with which seed it comes again
            pytest.fail(f"seed {seed}: {type(problem).__name__} {problem}")
        became[outcome] = became.get(outcome, 0) + 1
    return became


def test_mutated_forms_and_drafts_are_refused_or_work(forms: list[corpus.Form]) -> None:
    became = run(range(300), forms)
    assert became["refused"] > 50
    assert became["worked"] > 50
    assert became["draft refused"] > 10


@pytest.mark.soak
def test_thousands_of_mutated_forms_and_drafts_are_refused_or_work(forms: list[corpus.Form]) -> None:
    assert sum(run(range(1_000, 6_000), forms).values()) == 5_000
