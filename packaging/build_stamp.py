"""Which commit a package was built from, as a file that travels inside it (`fieldapp/build.py` reads it)."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / "build" / "build.json"


def write_stamp(root: Path = ROOT, target: Path = STAMP) -> Path | None:
    """{"commit": 12 hex digits, "committed_on": ISO date, "changed": whether files differed from it}. Outside a git checkout there is
    None, and no file."""
    target.unlink(missing_ok=True)
    try:
        commit, day = _git(root, "show", "-s", "--format=%H %cs", "HEAD").split()
        changed = bool(_git(root, "status", "--porcelain"))
    except (OSError, subprocess.CalledProcessError):
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"commit": commit[:12], "committed_on": day, "changed": changed}), encoding="utf-8")
    return target


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True).stdout.strip()
