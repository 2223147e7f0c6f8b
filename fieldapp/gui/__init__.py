"""The windows. The only importer of PySide6."""

import builtins

import PySide6.QtCore  # noqa: F401 - puts its `import` in place of Python's, which is taken back below

# PySide's `import` reads the source of every module that is loaded, in search of its snake_case switch, and Python keeps what was read:
# a third of the time to load and 18 MiB. We do not use the switch.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
