"""For every test: Thai words are there, Qt draws offscreen, and nothing is logged as a warning unless the test expects it."""

import logging
import os
from collections.abc import Iterator

import pytest
from compile_texts import compile_all

from fieldapp import texts
from tests.support.browser import browser

# One Chromium for all tests: Playwright does not start twice in one process.
__all__ = ["browser"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def thai_words() -> None:
    """Compile the catalogues, so that a changed .po is what the tests see."""
    compile_all()
    texts.use_language(texts.DEFAULT_LANGUAGE)


@pytest.fixture(autouse=True)
def speaks_thai() -> Iterator[None]:
    """A test that changed the language does not change it for the next."""
    yield
    texts.use_language(texts.DEFAULT_LANGUAGE)


@pytest.fixture(autouse=True)
def no_unexpected_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test; one that belongs to the tested behaviour is removed by `caplog.clear()` after it was checked."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]
