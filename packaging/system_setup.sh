#!/bin/sh
# What pip cannot bring: Python's venv, the system libraries that Qt loads, and a font with Thai glyphs.
# Installs with apt what is missing where that is permitted; otherwise says exactly what to install.
set -eu

PYTHON=${PYTHON:-python3}
missing=""
# Without these something smaller is missing; where nothing may be installed that is no reason to stop.
wished=""
need() { missing="$missing $1"; }

"$PYTHON" -c "import ensurepip, venv" 2>/dev/null || need python3-venv

if [ "$(uname -s)" = Linux ]; then
    libraries=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null || true)
    has_library() { printf '%s' "$libraries" | grep -q "$1"; }
    has_library libEGL.so.1 || need libegl1
    has_library libGL.so.1 || need libgl1
    has_library libxkbcommon.so.0 || need libxkbcommon0
    has_library libxkbcommon-x11.so.0 || need libxkbcommon-x11-0
    has_library libfontconfig.so.1 || need libfontconfig1
    has_library libdbus-1.so.3 || need libdbus-1-3
    has_library libglib-2.0.so.0 || need libglib2.0-0
    # Finds where Thai words end; without it Qt wraps Thai lines poorly.
    has_library libthai.so.0 || need libthai0
    # Qt's camera is linked with the sound server's library; without it the app offers no camera.
    has_library libpulse.so.0 || wished="$wished libpulse0"
    has_library libxcb-cursor.so.0 || need libxcb-cursor0
    for part in icccm4:icccm.so.4 image0:image.so.0 keysyms1:keysyms.so.1 randr0:randr.so.0 render-util0:render-util.so.0 shape0:shape.so.0 xkb1:xkb.so.1; do
        has_library "libxcb-${part#*:}" || need "libxcb-${part%%:*}"
    done
    if command -v fc-list >/dev/null 2>&1; then
        [ -n "$(fc-list :lang=th family 2>/dev/null | head -n 1)" ] || need fonts-noto-core
    else
        need fontconfig
        need fonts-noto-core
    fi
fi

[ -n "$missing$wished" ] || exit 0

# Only wishes are open: nothing to stop for.
may_stop() { if [ -z "$missing" ]; then exit 0; fi; }

if ! command -v apt-get >/dev/null 2>&1; then
    may_stop
    echo "Please install with your system's package manager (Debian names):$missing" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    may_stop
    echo "Some system packages are missing. Please run:" >&2
    echo "  sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
echo "Installing system packages:$missing$wished"
$as_root apt-get update -qq || { may_stop; exit 1; }
if [ -n "$missing" ]; then
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi
if [ -n "$wished" ]; then
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends $wished >/dev/null ||
        echo "Not installed, the app runs without:$wished" >&2
fi
