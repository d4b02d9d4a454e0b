"""Where does clicking at random lead, by policy?

Each run is 100 clicks on cards drawn at random; an honest policy stays near even.

    .venv/bin/python -m benchmarks.random_clicks
"""

from __future__ import annotations

import random

from backend.ensemble.policies import POLICIES, make_policy
from backend.ensemble.preference import Credit

RUNS, CLICKS = 500, 100
SOURCES = ("color", "plot")
CANDIDATES = {source: [f"{source}-{i}" for i in range(60)] for source in SOURCES}


def ends_far(name: str, seed: int) -> bool:
    """Whether a run ends over 10 points from even."""
    rng = random.Random(seed)
    policy = make_policy(name, 1.0, 0.05)
    credits: list[Credit] = []
    for _ in range(CLICKS):
        mix = policy.weights(credits, SOURCES)
        slate = policy.fill(mix, CANDIDATES, 10, rng)
        credits.append(Credit(rng.choice(slate.slots).source, slate.exposure))
    return abs(policy.weights(credits, SOURCES)["color"] - 0.5) > 0.1


def main() -> None:
    """Print the share of runs that end far from even, for each policy."""
    for name in POLICIES:
        far = sum(ends_far(name, seed) for seed in range(RUNS)) / RUNS
        print(f"{name:<11} {far:.1%} of {RUNS} runs end over 10 points from even")


if __name__ == "__main__":
    main()
