"""Search as you type over 100,000 children: every prefix of what a teacher would type, and what lies in the middle of words."""

import tempfile
from pathlib import Path

from fieldapp.usecases.children import ListFilter
from tests.bench.measure import percentile, seconds_of, tell
from tests.support.laptop import a_laptop, fill

CHILDREN = 100_000
TYPED = ("ธนกร", "พิมพ์สวัสดิ์", "แก้วตา ไชย", "14600", "112 ม.4", "นาคู", "หงษ์", "ไม่มีคนนี้")


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        laptop = a_laptop(Path(folder) / "laptop")
        try:
            fill(laptop, CHILDREN)
            children = laptop.children
            first = seconds_of(lambda: children.count(ListFilter(text="ก")))
            times = []
            for _ in range(3):
                for text in TYPED:
                    for end in range(1, len(text) + 1):
                        wanted = ListFilter(text=text[:end])
                        times.append(seconds_of(lambda wanted=wanted: (children.count(wanted), children.page(wanted, 0, 50))))
        finally:
            laptop.store.close()
    milliseconds = [1000 * seconds for seconds in times]
    tell(
        f"search_{CHILDREN}",
        ours=percentile(milliseconds, 0.95),
        budget="p95 <= 16 ms for count and first page",
        median_ms=round(percentile(milliseconds, 0.5), 2),
        worst_ms=round(max(milliseconds), 2),
        first_search_builds_index_s=round(first, 3),
        queries=len(times),
    )
