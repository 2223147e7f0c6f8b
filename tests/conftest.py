"""For every test: Thai words are there, Qt draws offscreen, and nothing is logged as a warning unless the test expects it."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "packaging"))


@pytest.fixture(scope="session", autouse=True)
def thai_words() -> None:
    """Compile the catalogues, so that a changed .po is what the tests see."""
    from compile_texts import compile_all

    from fieldapp import texts

    compile_all()
    texts.use_language("th")


@pytest.fixture(autouse=True)
def no_unexpected_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test; one that belongs to the tested behaviour is removed by `caplog.clear()` after it was checked."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]
