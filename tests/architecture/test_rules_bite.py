"""The layer rules would notice a forbidden import: each is broken once, in a copy of the source."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("domain/names.py", "import fieldapp.records.tables"),
        ("store/tables.py", "import fieldapp.server.tables"),
        ("server/tables.py", "import fieldapp.store.tables"),
        ("forms/nodes.py", "import fieldapp.records.tables"),
        ("usecases/__init__.py", "import PySide6.QtCore"),
        ("store/__init__.py", "def late():\n    import requests"),
    ],
)
def test_a_forbidden_import_is_noticed(module: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fieldapp", tmp_path / "fieldapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "tests/architecture/test_layers.py", tmp_path / "test_layers.py")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    broken = tmp_path / "fieldapp" / module
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", "test_layers.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "FORBIDDEN" in done.stdout
