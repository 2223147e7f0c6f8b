"""`make package`: the wheel, the bundle, what the bundle is made of, and of the bundle what this system can build: a .deb, a Windows
installer (with makensis; of a Windows bundle, where this is Windows). All into dist/, with SHA256SUMS."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DIST = ROOT / "dist"
CLEAN = ROOT / "build" / "package-venv"
_TOOLS = ("pyinstaller", "pip-licenses", "cyclonedx-bom")


def main() -> None:
    shutil.rmtree(DIST, ignore_errors=True)
    python = _clean_environment()
    _run(python, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", DIST, ROOT)
    _run(python, HERE / "licences" / "collect.py", ROOT / "build" / "licences")
    _run(python, HERE / "bundle" / "build.py")
    for file in ("licences.txt", "sbom.cdx.json"):
        shutil.copy(ROOT / "build" / "licences" / file, DIST / "fieldapp")
        shutil.copy(ROOT / "build" / "licences" / file, DIST)
    if shutil.which("dpkg-deb"):
        _run(python, HERE / "deb" / "build.py")
    if os.name == "nt":
        _run(python, HERE / "windows" / "build.py")
    _sum_up()


def _clean_environment() -> Path:
    """Only what runs, and what builds: the developers' tools would come along otherwise."""
    python = CLEAN / ("Scripts" if os.name == "nt" else "bin") / ("python.exe" if os.name == "nt" else "python")
    if not python.exists():
        venv.create(CLEAN, with_pip=True, clear=True)
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", HERE / "constraints.txt")
    _run(*pip, f"{ROOT}[server,camera]", *_TOOLS)
    return python


def _sum_up() -> None:
    files = sorted(file for file in DIST.iterdir() if file.is_file() and file.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    for file in files:
        print(f"dist/{file.name}: {file.stat().st_size / 1e6:.1f} MB")


def _run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
