"""How full this laptop's battery is, where the system tells it; no library is needed for that."""

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

_POWER = Path("/sys/class/power_supply")
_UNKNOWN = 255


@dataclass(frozen=True, slots=True)
class Battery:
    percent: int
    plugged_in: bool


def battery(power: Path = _POWER) -> Battery | None:
    """None for a computer without one, and where the system does not tell (macOS)."""
    return _windows() if sys.platform == "win32" else _linux(power)


def _linux(power: Path) -> Battery | None:
    for supply in sorted(power.glob("*")) if power.is_dir() else ():
        # A mouse has a battery too: its scope is a device.
        if (
            _read(supply / "type") == "Battery"
            and _read(supply / "scope") != "Device"
            and (percent := _read(supply / "capacity")).isdecimal()
        ):
            return Battery(min(int(percent), 100), _read(supply / "status") in ("Charging", "Full", "Not charging"))
    return None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


class _PowerStatus(ctypes.Structure):
    _fields_ = [
        ("line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("life", ctypes.c_ulong),
        ("full_life", ctypes.c_ulong),
    ]


def _windows() -> Battery | None:
    status = _PowerStatus()
    if not getattr(ctypes, "windll").kernel32.GetSystemPowerStatus(ctypes.byref(status)) or status.percent == _UNKNOWN:  # noqa: B009
        return None
    return Battery(status.percent, status.line == 1)
