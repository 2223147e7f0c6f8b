"""A fresh laptop for each test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.laptop import Laptop, a_laptop


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = a_laptop(tmp_path / "profile")
    yield made
    made.store.close()
