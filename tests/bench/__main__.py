"""`make bench`: all workloads, or those named: `python -m tests.bench starting searching`."""

import sys

from tests.bench import bundle_start, filling, form_pages, office, searching, starting, syncing

WORKLOADS = {
    "starting": starting.run,
    "bundle": bundle_start.run,
    "searching": searching.run,
    "syncing": syncing.run,
    "office": office.run,
    "filling": filling.run,
    "pages": form_pages.run,
}

for name in sys.argv[1:] or WORKLOADS:
    WORKLOADS[name]()
