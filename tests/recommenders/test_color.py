"""Colour: nearness of palettes as the eye has it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from backend.catalog.color_space import from_hex
from backend.catalog.palettes import Palette
from backend.recommenders.color import ColorRecommender, embed_palette
from tests.ranking.films import catalogue
from tests.recommenders.contract import RecommenderContract

WARM = ("#a8441f", "#f08020", "#3b2616", "#e8a93a", "#6b4423", "#f3e9cf")
COLD = ("#14213f", "#2c6fc9", "#86c5ec", "#56789a", "#0d1526", "#c0c4c8")
SHARES = (0.4, 0.2, 0.15, 0.1, 0.1, 0.05)

colors = arrays(np.float64, (6, 3), elements=st.floats(0, 1))
# Hundredths, so that shares also end exactly on a quantile now and then.
shares = st.lists(st.integers(1, 40), min_size=6, max_size=6).map(lambda n: np.array(n) / sum(n))
palettes = st.builds(Palette, colors, shares)
quick = settings(max_examples=40, deadline=None)


def palette(hexes, weights=SHARES):
    return Palette(np.stack([from_hex(color) for color in hexes]), np.array(weights))


def distance(first, second):
    return float(np.abs(embed_palette(first) - embed_palette(second)).mean())


def recommender(*members):
    return ColorRecommender(
        [f"film-{number}" for number in range(len(members))],
        np.stack([member.colors for member in members]),
        np.stack([member.shares for member in members]),
    )


class TestColorRecommender(RecommenderContract):
    recommender = ColorRecommender


@quick
@given(palettes, st.permutations(range(6)))
def test_the_order_of_swatches_does_not_matter(drawn, order):
    shuffled = Palette(drawn.colors[order], drawn.shares[order])
    assert embed_palette(shuffled) == pytest.approx(embed_palette(drawn), abs=1e-6)


@quick
@given(palettes, st.integers(0, 5))
def test_a_swatch_and_its_two_halves_are_the_same(drawn, at):
    halves = drawn.shares.copy()
    halves[at] /= 2
    split = Palette(
        np.concatenate([drawn.colors, drawn.colors[at : at + 1]]),
        np.append(halves, halves[at]),
    )
    assert embed_palette(split) == pytest.approx(embed_palette(drawn), abs=1e-6)


@quick
@given(palettes, palettes)
def test_distance_is_the_same_both_ways_and_zero_to_itself(first, second):
    assert distance(first, second) == pytest.approx(distance(second, first))
    assert distance(first, first) == 0


@quick
@given(palettes, palettes, palettes)
def test_no_detour_is_shorter(first, second, third):
    assert distance(first, third) <= distance(first, second) + distance(second, third) + 1e-6


def test_a_swatch_without_area_counts_for_nothing():
    first = palette(WARM, (0.5, 0.5, 0, 0, 0, 0))
    second = palette((*WARM[:2], *COLD[:4]), (0.5, 0.5, 0, 0, 0, 0))
    assert distance(first, second) == pytest.approx(0, abs=1e-7)


def test_shares_weigh():
    mostly_navy = palette(("#14213f", "#f08020"), (0.9, 0.1))
    mostly_orange = palette(("#14213f", "#f08020"), (0.1, 0.9))
    navy = palette(("#14213f",), (1.0,))
    assert distance(mostly_navy, navy) < 0.25 * distance(mostly_orange, navy)


def test_a_small_shift_of_everything_is_nearer_than_another_palette():
    warm = palette(WARM)
    shifted = Palette(np.clip(warm.colors + 40 / 255, 0, 1), warm.shares)
    swapped = Palette(warm.colors[[1, 0, 2, 3, 4, 5]], warm.shares[[1, 0, 2, 3, 4, 5]])
    assert distance(warm, swapped) == pytest.approx(0, abs=1e-7)
    assert 0 < distance(warm, shifted) < distance(warm, palette(COLD)) / 2


def test_hue_counts_and_not_only_lightness():
    # The same OKLab lightness within 0.01, other hues.
    red, green, dark_red = (palette((c,), (1.0,)) for c in ("#cf2a2a", "#2b8a44", "#a31f22"))
    assert distance(red, dark_red) < distance(red, green)


def test_the_nearer_palette_is_recommended_first_with_a_higher_score():
    made = recommender(palette(WARM), palette(COLD), palette((*WARM[:5], "#c0c4c8")))
    answer = made.recommend("film-0", 2)
    assert [candidate.movie_id for candidate in answer] == ["film-2", "film-1"]
    assert answer[0].score > 0.8 > 0.4 > answer[1].score


def test_the_same_palette_scores_one():
    made = recommender(palette(WARM), palette(COLD), palette(WARM))
    assert made.recommend("film-0", 1)[0].score == 1.0


def test_the_reason_names_shared_colours():
    first = palette(("#14213f", "#f08020"), (0.7, 0.3))
    second = palette(("#15233f", "#ee7d22"), (0.6, 0.4))
    reason = recommender(first, second).recommend("film-0", 1)[0].reason
    assert reason.startswith("shared ")
    assert set(reason.removeprefix("shared ").split(" and ")) == {"navy", "orange"}


def test_the_evidence_pairs_a_colour_of_each_film():
    first = palette(("#14213f", "#f08020"), (0.7, 0.3))
    second = palette(("#ee7d22", "#15233f"), (0.4, 0.6))
    evidence = recommender(first, second).recommend("film-0", 1)[0].evidence
    pairs = {(pair["from"], pair["to"]): pair["share"] for pair in evidence["pairs"]}
    assert evidence["kind"] == "swatches"
    # What both have of a colour is the smaller of the two shares.
    assert pairs == {("#14213f", "#15233f"): 0.6, ("#f08020", "#ee7d22"): 0.3}


def test_each_swatch_stands_in_one_pair_only():
    made = recommender(palette(WARM), palette(tuple(reversed(WARM))))
    pairs = made.recommend("film-0", 1)[0].evidence["pairs"]
    assert len(pairs) == 3
    assert len({pair["from"] for pair in pairs}) == len({pair["to"] for pair in pairs}) == 3


@pytest.mark.parametrize(
    ("color", "tone"), [("#000000", "dark"), ("#ffffff", "bright"), ("#2c6fc9", "half-lit")]
)
def test_with_no_colour_in_common_the_reason_tells_of_light(color, tone):
    made = recommender(palette(("#cf2a2a",), (1.0,)), palette((color,), (1.0,)))
    answer = made.recommend("film-0", 1)[0]
    assert answer.reason == f"the nearest mood: {tone}"
    assert answer.evidence == {"kind": "swatches", "pairs": []}


def test_films_without_a_palette_are_left_out(tmp_path):
    films, by_id = catalogue(4)
    del by_id[films[1].id]
    ColorRecommender.build(films, by_id, tmp_path)
    assert ColorRecommender.load(tmp_path).ids == [films[0].id, films[2].id, films[3].id]


def test_the_fingerprint_follows_palettes_and_not_text():
    films, by_id = catalogue(3)
    before = ColorRecommender.fingerprint(films, by_id)
    retold = [replace(film, synopsis="Told anew.") for film in films]
    assert ColorRecommender.fingerprint(retold, by_id) == before
    repainted = {**by_id, films[0].id: palette(COLD)}
    assert ColorRecommender.fingerprint(films, repainted) != before
