"""The windows. The only importer of PySide6."""

import builtins

import PySide6.QtCore  # noqa: F401 - puts its `import` in place of Python's, which is taken back below

# PySide's `import` reads the source of every module that is loaded, in search of its snake_case switch, and Python keeps what was read:
# 18 MiB on a laptop with 4 GB. We do not use the switch. Should a later PySide drop this name, its own `import` stays.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
