"""What the tests of windows have in common. Tests that read the words on a screen read them in English."""

import pytest

from fieldapp.texts import use_language
from tests.support.laptop import laptop

__all__ = ["english", "laptop"]


@pytest.fixture
def english() -> None:
    use_language("en")
