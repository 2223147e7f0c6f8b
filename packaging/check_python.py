"""Says in one sentence that Python is too old, before anything is installed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells people with an older Python
    sys.exit("fieldapp needs Python 3.11 or newer; this is %s. Run: make PYTHON=python3.12 demo" % sys.version.split()[0])  # noqa: UP031
