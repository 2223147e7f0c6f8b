"""The workloads of design §9, each beside its limit in the same run: `python -m tests.bench` prints one JSON line a workload.

Nothing here fails by the clock.
"""
