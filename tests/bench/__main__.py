"""`make bench`: all workloads, or those named: `python -m tests.bench starting searching`."""

import sys

from tests.bench import office, searching, starting, syncing

WORKLOADS = {"starting": starting.run, "searching": searching.run, "syncing": syncing.run, "office": office.run}

for name in sys.argv[1:] or WORKLOADS:
    WORKLOADS[name]()
