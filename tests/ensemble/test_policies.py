"""The policies: one contract, and what is particular to each."""

import random

import pytest

from backend.ensemble.policies import POLICIES, ClassicPolicy, make_policy
from backend.ensemble.preference import Credit
from backend.errors import InvalidInput

EVEN = {"color": 0.5, "plot": 0.5}
CANDIDATES = {"color": [f"c{i}" for i in range(20)], "plot": [f"p{i}" for i in range(20)]}


def likes(*sources: str) -> list[Credit]:
    return [Credit(source, EVEN) for source in sources]


@pytest.mark.parametrize("name", POLICIES)
class TestEveryPolicy:
    def test_begins_even(self, name):
        assert make_policy(name, 1.0, 0.05).weights([], ["color", "plot"]) == EVEN

    def test_gives_shares_that_sum_to_one(self, name):
        weights = make_policy(name, 1.0, 0.05).weights(likes(*["color"] * 7), ["color", "plot"])
        assert sum(weights.values()) == pytest.approx(1)
        assert set(weights) == {"color", "plot"}

    def test_repeats_no_film_and_shows_none_that_is_excluded(self, name):
        slate = make_policy(name, 1.0, 0.05).fill(
            EVEN, CANDIDATES, 10, random.Random(0), exclude={"c0"}
        )
        films = [slot.movie_id for slot in slate.slots]
        assert len(set(films)) == len(films)
        assert "c0" not in films

    def test_takes_any_number_of_sources(self, name):
        sources = ["color", "plot", "cast"]
        candidates = {s: [f"{s}{i}" for i in range(20)] for s in sources}
        policy = make_policy(name, 1.0, 0.05)
        slate = policy.fill(policy.weights([], sources), candidates, 9, random.Random(0))
        assert {slot.source for slot in slate.slots} == set(sources)


def test_static_never_moves():
    assert (
        make_policy("static", 1, 0.05).weights(likes("color", "color"), ["color", "plot"]) == EVEN
    )


def test_preference_moves_with_every_like():
    policy = make_policy("preference", 1.0, 0.05)
    mixes = [policy.weights(likes(*["color"] * n), ["color", "plot"])["color"] for n in range(6)]
    assert mixes == sorted(set(mixes))
    # (1 + 1) / (1 + 2) of the attraction, over the exploration share.
    assert mixes[1] == pytest.approx(0.05 + 0.9 * 2 / 3)


class TestClassic:
    """The tutorial's rule, bug for bug."""

    def test_smooths_only_while_a_source_has_no_like(self):
        classic = ClassicPolicy()
        ten = likes(*["color"] * 10)
        assert classic.weights(ten, ["color", "plot"])["color"] == pytest.approx(11 / 12)
        assert classic.weights([*ten, *likes("plot")], ["color", "plot"])["color"] == (
            pytest.approx(10 / 11)
        )

    @pytest.mark.parametrize(
        "weights", [{"color": 0.51, "plot": 0.49}, {"color": 0.99, "plot": 0.01}]
    )
    def test_gives_six_to_three_whatever_the_lead(self, weights):
        slate = ClassicPolicy().fill(weights, CANDIDATES, 10, random.Random(0))
        sources = [slot.source for slot in slate.slots]
        assert sources == ["color", "color", "plot"] * 3

    def test_gives_eleven_when_the_mix_is_even(self):
        slate = ClassicPolicy().fill(EVEN, CANDIDATES, 10, random.Random(0))
        assert len(slate.slots) == 11


def test_an_unknown_policy_is_refused_with_the_known_ones():
    with pytest.raises(InvalidInput, match=r"preference, static, classic, got 'best'"):
        make_policy("best", 1, 0.05)
