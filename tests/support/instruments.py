"""The instruments that come with the program, as an office publishes them and a teacher fills them in."""

import io
from functools import lru_cache
from pathlib import Path

from openpyxl import load_workbook
from pyxform.xls2xform import convert

from fieldapp.forms import FormDefinition, Session
from tests.support.xforms import BANGKOK, NOW

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "forms"
NAMES = sorted(path.stem for path in FOLDER.glob("*.xlsx"))
THAI = "ไทย (th)"


def sheet(name: str, title: str) -> list[dict[str, str]]:
    """The rows of one sheet, each by the headers of its columns."""
    header, *rows = load_workbook(FOLDER / f"{name}.xlsx")[title].iter_rows(values_only=True)
    return [{str(key): str(cell) for key, cell in zip(header, row, strict=True) if cell is not None} for row in rows]


def lists() -> dict[str, bytes]:
    """What the office uploads with them, as it is kept: without the mark that Excel needs."""
    return {path.name: path.read_text(encoding="utf-8-sig").encode() for path in FOLDER.glob("*.csv")}


@lru_cache
def converted(name: str) -> tuple[str, tuple[str, ...]]:
    """The XForm and what pyxform warned of."""
    warned: list[str] = []
    result = convert(io.BytesIO((FOLDER / f"{name}.xlsx").read_bytes()), warnings=warned, form_name="data", file_type=".xlsx")
    return result.xform, tuple(warned)


@lru_cache
def definition(name: str) -> FormDefinition:
    return FormDefinition.from_xml(converted(name)[0], lists())


class Filling:
    """A copy being filled in; questions by their own names, which are unique in each instrument."""

    def __init__(self, name: str) -> None:
        self.session = Session(definition(name), clock=lambda: NOW, timezone=BANGKOK)
        self._paths = {place.name: path for path, place in definition(name).places.items()}

    def path(self, question: str, row: int = 0) -> str:
        """`row`: which member of the repeat, from 1."""
        path = self._paths[question]
        return path.replace("/member/", f"/member[{row}]/") if row else path

    def put(self, row: int = 0, **answers: object) -> "Filling":
        for question, answer in answers.items():
            self.session.set(self.path(question, row), answer)
        return self

    def member(self, **answers: object) -> "Filling":
        """One more row of the table of members."""
        repeat = self._paths["member"]
        count = self.session.repeats(repeat)
        if not (count == 1 and not self.session.value(self.path("member_relation", 1))):
            self.session.add_repeat(repeat)
            count += 1
        return self.put(row=count, **answers)

    def __getitem__(self, question: str) -> str:
        """The answer as it would be sent: nothing where it is not asked."""
        path = self._paths[question]
        return self.session.value(path) if self.session.is_relevant(path) else ""

    def asked(self, question: str) -> bool:
        return self.session.is_relevant(self._paths[question])

    def accepts(self, question: str, answer: object) -> bool:
        self.put(**{question: answer})
        return self.session.is_valid(self._paths[question])
