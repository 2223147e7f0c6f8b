"""ODK's own engine fills in the instruments of the programme: on a phone they ask, reckon and refuse as on a laptop."""

import random
from pathlib import Path

import pytest

from tests.support import corpus
from tests.support.instruments import NAMES, converted, lists
from tests.support.on_javarosa import JavaRosa
from tests.support.replays import Tally, compare
from tests.support.walks import Walker


@pytest.mark.parametrize("name", NAMES)
def test_an_instrument_is_filled_as_javarosa_fills_it(name: str, javarosa: JavaRosa, tmp_path: Path) -> None:
    for file, content in lists().items():
        (tmp_path / file).write_bytes(content)
    form = corpus.Form(name, converted(name)[0], tmp_path)
    walker, tally = Walker(form.xform), Tally()
    for seed in range(2):
        compare(javarosa, form, walker.walk(random.Random(f"{name} {seed}"), 50), tally, f"seed {seed}")
    assert tally.forms == {name}, tally.only_theirs_refused
    assert tally.agreed == tally.total, tally.report()
