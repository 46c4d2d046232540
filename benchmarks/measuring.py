"""Interleaved rounds, medians, minimum and maximum."""

import os
import random
import statistics
import time
from collections.abc import Callable, Mapping

ROUNDS = int(os.environ.get("ROUNDS", "5"))


def rounds(acts: Mapping[str, Callable[[], object]], *, times: int = 1) -> dict[str, list[float]]:
    """CPU seconds of each act, `times` calls a round, ROUNDS rounds in random order, one warm-up."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(ROUNDS):
        names = list(acts)
        random.shuffle(names)
        for name in names:
            started, clock = time.process_time(), time.perf_counter()
            for _ in range(times):
                acts[name]()
            spent = max(time.process_time() - started, time.perf_counter() - clock)
            found[name].append(spent / times)
    return found


def report(found: Mapping[str, list[float]], yardstick: str) -> dict[str, float]:
    """Print each act in milliseconds and as a ratio to the yardstick; returns the medians."""
    middle = {name: statistics.median(values) for name, values in found.items()}
    for name, values in found.items():
        ratio = middle[name] / middle[yardstick]
        print(
            f"{name:<34}{middle[name] * 1000:9.2f} ms  ({min(values) * 1000:.2f}-"
            f"{max(values) * 1000:.2f})  {ratio:6.2f} x {yardstick}"
        )
    return middle
