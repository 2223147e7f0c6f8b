"""What JavaRosa said to some walks, kept: where there is no Java the engine is still judged.

`python -m tests.support.record_fillings` asks it again.
"""

import gzip
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support import corpus
from tests.support.drawn_forms import drawn
from tests.support.on_javarosa import JavaRosa, started
from tests.support.walks import Step, Walker

FILE = Path(__file__).resolve().parents[1] / "forms" / "recorded_fillings.json.gz"
_WRITTEN = (
    "tutorial.xls",
    "xlsform_spec_test.xlsx",
    "flat_xlsform_test.xlsx",
    "cascading_select_test_equivalent.xls",
    "repeat_date_test.xls",
    "widgets.xml",
    "range.xml",
)
_DRAWN = 40


class Recorded:
    """Stands where JavaRosa stands, and knows only what it was asked before."""

    def __init__(self, told: Any) -> None:
        self._told = told

    def walk(self, xform: str, steps: list[Step], attached: Mapping[str, bytes] | None = None) -> Any:
        return self._told


def recorded() -> list[tuple[corpus.Form, list[Step], Recorded]]:
    kept = json.loads(gzip.decompress(FILE.read_bytes()))
    return [(corpus.Form(one["name"], one["xform"], corpus.FOLDER), one["steps"], Recorded(one["told"])) for one in kept]


def record(javarosa: JavaRosa) -> None:
    forms = [form for form in corpus.committed() if form.name.rpartition("/")[2] in _WRITTEN]
    kept = []
    for form in (*forms, *map(drawn, range(_DRAWN))):
        steps = Walker(form.xform).walk(random.Random(form.name), 25)
        kept.append({"name": form.name, "xform": form.xform, "steps": steps, "told": javarosa.walk(form.xform, steps)})
    FILE.write_bytes(gzip.compress(json.dumps(kept, ensure_ascii=False).encode(), mtime=0))


if __name__ == "__main__":
    with started() as process:
        record(process)
