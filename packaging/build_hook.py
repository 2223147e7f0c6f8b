"""Build hook: an install from a checkout or a wheel speaks Thai without a further step, and a wheel can say which commit it was built
from."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Hatchling runs this file alone, without its folder on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))
from build_stamp import write_stamp  # noqa: E402
from compile_texts import compile_all  # noqa: E402


class BuildHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """`version` is hatchling's word for the kind of wheel: an editable one is the checkout itself, and has no build."""
        compile_all()
        stamp = write_stamp() if version == "standard" else None
        if stamp:
            build_data["force_include"][str(stamp)] = "fieldapp/_resources/build.json"
