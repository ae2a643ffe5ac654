"""Times and the table that shows them."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Seconds of several runs of one thing."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)

    def row(self, peer: "Measured | None") -> tuple[str, ...]:
        """Name, median, fastest, slowest, and how many times the peer's median it takes."""
        ratio = f"{self.median / peer.median:.2f}" if peer else ""
        return (self.name, *(f"{value * 1000:.2f}" for value in (self.median, *self.range)), ratio)

    @property
    def range(self) -> tuple[float, float]:
        """Fastest and slowest run."""
        return min(self.seconds), max(self.seconds)


def measure(name: str, action: Callable[[], object], runs: int, warm: int = 0) -> Measured:
    """Runs `action` `warm` times unmeasured, then `runs` times."""
    for _ in range(warm):
        action()
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    return Measured(name, tuple(seconds))


def interleaved(actions: dict[str, Callable[[], object]], runs: int, warm: int) -> list[Measured]:
    """Runs the actions in turn, so that a noisy moment of the machine meets all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(warm + runs):
        for name, action in actions.items():
            begin = time.perf_counter()
            action()
            if number >= warm:
                seconds[name].append(time.perf_counter() - begin)
    return [Measured(name, tuple(values)) for name, values in seconds.items()]


def table(title: str, rows: list[tuple[str, ...]]) -> str:
    """A Markdown table in milliseconds."""
    head = ("what", "median ms", "fastest", "slowest", "× peer")
    lines = [f"### {title}", "", f"| {' | '.join(head)} |", "|---|--:|--:|--:|--:|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
