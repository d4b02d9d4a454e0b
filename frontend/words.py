"""The words of the page: plain first, the technical name one hover away."""

from __future__ import annotations

DEPLOYMENTS: dict[str, tuple[str, str]] = {
    "Ensemble": ("Ensemble", "asks every source and mixes their films into one slate"),
    "ColorRecommender": ("Colour", "finds films whose posters look alike"),
    "PlotRecommender": ("Plot", "finds films that tell a like story"),
    "RecommendationService": ("Service", "takes requests for a personal ranking"),
    "UserFeatureExtractor": ("Features", "turns what a viewer liked into numbers"),
    "ItemRankingModel": ("Ranking", "scores films for a viewer; grows and shrinks with the load"),
    "ImpressionStore": ("Store", "remembers what was shown and liked"),
    "Control": ("Control", "watches the others for this strip"),
}
"""Plain name of each deployment and what it does."""

ORDER = tuple(DEPLOYMENTS)


def deployment(name: str) -> tuple[str, str]:
    """Plain name of a deployment and what it does; an unknown one keeps its own name."""
    return DEPLOYMENTS.get(name, (name, ""))


def count_of(number: int, one: str, many: str = "") -> str:
    """`number` with its noun: "1 like", "2 likes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def spell(number: int) -> str:
    """A count in words up to twelve, in digits above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)
