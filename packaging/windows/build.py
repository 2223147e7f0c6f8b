"""Makes the Windows installer of the bundle in dist/fieldapp with makensis (NSIS 3)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Where NSIS puts itself on Windows; it is not on the path there.
_USUAL = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"


def build(version: str, bundle: Path, out: Path) -> Path:
    compiler = shutil.which("makensis") or str(_USUAL)
    mark = "/D" if os.name == "nt" else "-D"
    said = [f"{mark}{name}={value}" for name, value in (("VERSION", version), ("BUNDLE", bundle), ("OUT", out))]
    subprocess.run([compiler, *said, str(HERE / "fieldapp.nsi")], check=True)
    return out


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from fieldapp import __version__

    made = build(__version__, ROOT / "dist" / "fieldapp", ROOT / "dist" / f"fieldapp-{__version__}-setup.exe")
    print(made.relative_to(ROOT))
