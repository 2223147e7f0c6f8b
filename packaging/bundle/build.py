"""Builds the bundle into dist/: `python packaging/bundle/build.py [--keep-symbols]`. Says what it weighs."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# Wheels for Linux that come with their debugging symbols. No others: those that auditwheel has patched do not survive stripping.
_WITH_SYMBOLS = ("libpython3*.so*", "zstandard/*.so", "uvloop/*.so", "httptools/**/*.so", "python3*/lib-dynload/*.so")


def build(*, keep_symbols: bool = False) -> Path:
    """The folder of the bundle, with its program `fieldapp` in it."""
    texts = ROOT / "resources" / "locale"
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "-q", "compile", "-d", str(texts), "-D", "fieldapp"], check=True)
    _draw_icon(ROOT / "build" / "fieldapp.ico")
    work, dist = ROOT / "build" / "bundle", ROOT / "dist"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run([*command, "--workpath", str(work), "--distpath", str(dist), str(HERE / "fieldapp.spec")], check=True)
    bundle = dist / "fieldapp"
    if sys.platform == "linux" and not keep_symbols:
        _strip(bundle / "_internal")
    return bundle


def size(folder: Path) -> int:
    """Bytes of the files below."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _draw_icon(target: Path) -> None:
    """The app's icon in the sizes that Windows asks for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QIcon

    app = QGuiApplication.instance() or QGuiApplication([])
    target.parent.mkdir(parents=True, exist_ok=True)
    large = target.with_suffix(".png")
    QIcon(str(ROOT / "resources" / "icons" / "app.svg")).pixmap(256, 256).save(str(large))
    with Image.open(large) as picture:
        picture.save(target, sizes=[(size, size) for size in (16, 24, 32, 48, 64, 128, 256)])
    del app


def _strip(internal: Path) -> None:
    strip = shutil.which("strip")
    if strip is None:
        print("No `strip` here: the bundle keeps its debugging symbols.", file=sys.stderr)
        return
    for pattern in _WITH_SYMBOLS:
        for library in internal.glob(pattern):
            if not library.is_symlink():
                subprocess.run([strip, "--strip-debug", str(library)], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-symbols", action="store_true", help="leave the debugging symbols in, to look into a crash")
    made = build(keep_symbols=parser.parse_args().keep_symbols)
    print(f"{made.relative_to(ROOT)}: {size(made) / 1e6:.0f} MB")
