"""Makes a Debian package of the bundle in dist/fieldapp. The bundle brings its Python and its Qt; the rest are the system's libraries."""

import gzip
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "bundle"))
from build import size  # noqa: E402 - beside this folder, not in a package

ID = "fieldapp"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# What the bundle leaves to the system: the display, its drivers, the C library. And a font with Thai in it.
_NEEDS = "libc6 (>= 2.36), libegl1, libgl1, libx11-6, libx11-xcb1, libpulse0, fontconfig-config, fonts-noto-core | fonts-thai-tlwg"


def build(version: str) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        program = root / "usr" / "lib" / ID
        shutil.copytree(ROOT / "dist" / ID, program, symlinks=True)
        _link(root / "usr" / "bin" / ID, f"../lib/{ID}/{ID}")
        _copy(HERE / "fieldapp.desktop", root / "usr" / "share" / "applications" / f"{ID}.desktop")
        _copy(HERE / "fieldapp-mime.xml", root / "usr" / "share" / "mime" / "packages" / f"{ID}.xml")
        _write(root / "usr" / "share" / "metainfo" / f"{ID}.metainfo.xml", _metainfo(version))
        _copy(ROOT / "resources" / "icons" / "app.svg", root / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg")
        papers = root / "usr" / "share" / "doc" / ID
        _copy(ROOT / "build" / "licences" / "licences.txt", papers / "copyright")
        changes = (ROOT / "CHANGELOG.md").read_bytes()
        papers.joinpath("changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
        _write(root / "DEBIAN" / "control", _control(version, size(root) // 1024))
        made = ROOT / "dist" / f"{ID}_{version}_{_architecture()}.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(made)], check=True, stdout=subprocess.DEVNULL)
    return made


def _control(version: str, kibibytes: int) -> str:
    text = (HERE / "control.in").read_text(encoding="utf-8")
    return text.format(version=version, architecture=_architecture(), size=kibibytes, needs=_NEEDS)


def _metainfo(version: str) -> str:
    return (HERE / "fieldapp.metainfo.xml.in").read_text(encoding="utf-8").replace("@VERSION@", version)


def _architecture() -> str:
    return _ARCHITECTURES[platform.machine()]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _link(place: Path, to: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(to)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from fieldapp import __version__

    print(build(__version__).relative_to(ROOT))
