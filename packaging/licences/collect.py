"""What the bundle is made of, with its licences: `licences.txt` and `sbom.cdx.json` (CycloneDX), from the environment it is built in.

Run with that environment's Python: `python packaging/licences/collect.py FOLDER`.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What builds the bundle and is not in it.
_TOOLS = ["pip", "setuptools", "wheel", "pip-licenses", "prettytable", "wcwidth", "cyclonedx-bom", "pyinstaller-hooks-contrib", "altgraph"]


def collect(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table = [sys.executable, "-m", "piplicenses", "--format", "plain-vertical", "--with-license-file", "--no-license-path", "--with-urls"]
    texts = subprocess.run([*table, "--ignore-packages", *_TOOLS], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    beside = (HERE / "beside.txt").read_text(encoding="utf-8")
    (folder / "licences.txt").write_text(f"{beside}\n{texts}", encoding="utf-8")
    sbom = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "environment",
        "--output-reproducible",
        "--of",
        "JSON",
        "-o",
        str(folder / "sbom.cdx.json"),
    ]
    subprocess.run([*sbom, "--pyproject", str(HERE.parent.parent / "pyproject.toml"), sys.executable], check=True)


if __name__ == "__main__":
    collect(Path(sys.argv[1]))
