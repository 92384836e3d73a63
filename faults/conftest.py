"""At the end: how many cases of each kind were tried, and the slowest of each."""

from collections import defaultdict
from pathlib import Path


def pytest_terminal_summary(terminalreporter):
    tried = defaultdict(list)
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        if report.when == "call":
            tried[Path(report.location[0]).stem.removeprefix("test_")].append(report)
    terminalreporter.section("faults tried")
    for kind, reports in sorted(tried.items()):
        bad = sum(report.failed for report in reports)
        slowest = max(report.duration for report in reports)
        terminalreporter.write_line(f"{kind:<14}{len(reports):>5} tried{bad:>5} failed   slowest {slowest:.1f} s")
