"""Our engine and the one of ODK Collect fill the same forms with the same random answers: what is relevant, stored and refused is the same.

`make soak` walks more forms and longer, and prints what differs; README, "Forms" lists the systematic differences with their reasons.
"""

import random

import pytest

from fieldapp.forms import FormRefused
from tests.support import corpus
from tests.support.drawn_forms import drawn
from tests.support.on_javarosa import JavaRosa
from tests.support.replays import Tally, compare
from tests.support.walks import Walker


def _walk(javarosa: JavaRosa, form: corpus.Form, seeds: range, most: int, tally: Tally) -> None:
    walker = Walker(form.xform)
    for seed in seeds:
        compare(javarosa, form, walker.walk(random.Random(f"{form.name} {seed}"), most), tally, f"seed {seed}")


def _require(tally: Tally) -> None:
    assert tally.share("relevance") >= 0.999, tally.report()
    assert tally.share("value") >= 0.99, tally.report()
    assert tally.share("constraint") >= 0.995, tally.report()
    assert min(tally.share(kind) for kind in ("step", "required", "readonly", "options", "label", "submission")) >= 0.99, tally.report()


def test_forms_that_nobody_here_wrote_are_filled_as_javarosa_fills_them(javarosa: JavaRosa) -> None:
    tally = Tally()
    for form in corpus.committed():
        _walk(javarosa, form, range(1), 25, tally)
    assert len(tally.forms) >= 60
    assert tally.total["relevance"] > 20_000
    _require(tally)


def test_forms_that_nobody_would_write_are_filled_as_javarosa_fills_them(javarosa: JavaRosa) -> None:
    tally = Tally()
    for number in range(60):
        _walk(javarosa, drawn(number), range(1), 15, tally)
    assert len(tally.forms) == 60
    _require(tally)


@pytest.mark.soak
def test_long_walks_through_all_forms_that_could_be_had(javarosa: JavaRosa) -> None:
    tally = Tally()
    for form in (*corpus.committed(), *corpus.fetched()):
        try:
            _walk(javarosa, form, range(8), 60, tally)
        except FormRefused as refused:
            tally.examples["refused by ours alone", form.name, ""].append(str(refused))
    print(tally.report())  # noqa: T201 - shown with -rP
    assert len(tally.forms) >= 90
    _require(tally)


@pytest.mark.soak
def test_a_thousand_forms_that_nobody_would_write(javarosa: JavaRosa) -> None:
    tally = Tally()
    for number in range(1_000, 2_000):
        _walk(javarosa, drawn(number), range(2), 30, tally)
    print(tally.report())  # noqa: T201 - shown with -rP
    _require(tally)
