"""`fieldapp office import-bundle`: takes a laptop's file and writes the answer, or says in one sentence why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import cli, texts
from tests.support.bundles import answered, export
from tests.support.world import FieldLaptop, World, world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FIELDAPP_LANGUAGE", "en")
    before = texts.language()
    yield
    texts.use_language(before)


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    laptop = world.teacher()
    world.district.add_case(world.district.people["somying"])
    laptop.sync()
    return laptop


def office(world: World, capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    url = world.district.engine.url.render_as_string(hide_password=False)
    photos = world.folder.parent / "district-photos"
    given = ["office", "--database-url", url, "--district", world.district.id, "import-bundle", *words, "--photos", photos]
    code = cli.main([str(word) for word in given])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_the_office_takes_a_file_in_and_answers(
    world: World, laptop: FieldLaptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = laptop.visit(next(iter(laptop.case_ids())))
    photo = laptop.photograph(visit)
    export(laptop, tmp_path / "out.fieldapp")
    code, said = office(world, capsys, tmp_path / "out.fieldapp", "--answer", tmp_path / "back.fieldapp")
    assert code == 0
    assert "From ครู somying" in said
    assert "2  records taken in" in said
    assert "1  photos taken in" in said
    assert answered(laptop, tmp_path / "back.fieldapp").receipts_verified == 3
    assert world.photo_is_stored(photo)


def test_a_file_that_is_none_is_told_in_words(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.fieldapp").write_text("เรียน ผู้อำนวยการ", encoding="utf-8")
    code, said = office(world, capsys, tmp_path / "letter.fieldapp", "--answer", tmp_path / "back.fieldapp")
    assert code != 0
    assert "This is not a file of this app." in said
    assert not list(tmp_path.glob("back*"))


def test_a_stick_that_is_gone_is_told_in_words(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = office(world, capsys, tmp_path / "none.fieldapp")
    assert code != 0
    assert "The file cannot be read or written." in said
