"""What every recommender keeps to; inherit `RecommenderContract` and name the class to test."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.errors import InvalidInput, UnknownMovie
from backend.recommenders import Recommender
from tests.ranking.films import catalogue


def build(
    kind: type[Recommender], films: Sequence[Film], palettes: Mapping[str, Palette], folder: Path
) -> Recommender:
    """A recommender as a replica has it: built into a folder, then loaded."""
    kind.build(films, palettes, folder)
    return kind.load(folder)


class RecommenderContract:
    """Length, order, exclusion, errors and the way through files.

    Class attributes:
        recommender: the class under test; a subclass sets it.
    """

    recommender: ClassVar[type[Recommender]]

    @pytest.fixture
    def data(self) -> tuple[list[Film], dict[str, Palette]]:
        """Sixteen films of four genres with their palettes."""
        return catalogue(16)

    @pytest.fixture
    def films(self, data) -> list[Film]:
        return data[0]

    @pytest.fixture
    def palettes(self, data) -> dict[str, Palette]:
        return data[1]

    @pytest.fixture
    def made(self, films, palettes, tmp_path) -> Recommender:
        return build(self.recommender, films, palettes, tmp_path)

    @pytest.mark.parametrize("count", [1, 3, 15])
    def test_gives_exactly_the_count_asked_for(self, made, films, count):
        assert all(len(made.recommend(film.id, count)) == count for film in films)

    def test_no_film_comes_twice(self, made, films):
        for film in films:
            ids = [candidate.movie_id for candidate in made.recommend(film.id, 15)]
            assert len(set(ids)) == len(ids)

    def test_the_best_comes_first(self, made, films):
        for film in films:
            scores = [candidate.score for candidate in made.recommend(film.id, 15)]
            assert scores == sorted(scores, reverse=True)

    def test_a_short_list_is_the_beginning_of_a_long_one(self, made, films):
        for film in films:
            assert made.recommend(film.id, 4) == made.recommend(film.id, 15)[:4]

    def test_the_same_question_has_the_same_answer(self, made, films):
        first = [made.recommend(film.id, 5) for film in films]
        assert [made.recommend(film.id, 5) for film in films] == first

    def test_changing_an_answer_does_not_change_the_next_one(self, made, films):
        before = made.recommend(films[0].id, 5)
        made.recommend(films[0].id, 5).clear()
        assert made.recommend(films[0].id, 5) == before

    def test_the_liked_film_is_never_recommended(self, made, films):
        for film in films:
            ids = [candidate.movie_id for candidate in made.recommend(film.id, len(films))]
            assert film.id not in ids

    def test_only_films_of_the_catalogue_are_recommended(self, made, films):
        known = {film.id for film in films}
        assert {c.movie_id for film in films for c in made.recommend(film.id, 15)} <= known

    def test_an_unknown_film_is_refused_with_its_id(self, made):
        with pytest.raises(UnknownMovie, match=r"got 'no-such-film'.*GET /rec/movies") as caught:
            made.recommend("no-such-film", 5)
        assert caught.value.field == "liked_id"

    def test_a_count_of_zero_gives_nothing(self, made, films):
        assert made.recommend(films[0].id, 0) == []

    def test_more_than_the_catalogue_gives_all_others(self, made, films):
        answer = made.recommend(films[0].id, 1_000_000)
        assert {candidate.movie_id for candidate in answer} == {film.id for film in films[1:]}

    def test_a_negative_count_is_refused(self, made, films):
        with pytest.raises(InvalidInput, match="count must be at least 0, got -1"):
            made.recommend(films[0].id, -1)

    def test_scores_lie_between_zero_and_one(self, made, films):
        scores = [c.score for film in films for c in made.recommend(film.id, 15)]
        assert all(isinstance(score, float) and 0 <= score <= 1 for score in scores)

    def test_similarities_have_one_number_for_each_film(self, made, films):
        for row in range(len(films)):
            scores = made.similarities(row)
            assert scores.shape == (len(films),)
            assert np.isfinite(scores).all()

    def test_every_recommendation_has_a_reason_and_evidence(self, made, films):
        for candidate in made.recommend(films[0].id, 15):
            assert candidate.reason.strip()
            assert candidate.evidence["kind"] in {"swatches", "terms"}

    def test_reasons_are_worked_out_only_for_as_many_as_asked_for(self, made, films):
        some = made.recommend(films[0].id, 10, 4)
        every = made.recommend(films[0].id, 10)
        assert some[:4] == every[:4]
        assert [c.movie_id for c in some] == [c.movie_id for c in every]
        assert {(c.reason, c.evidence is None) for c in some[4:]} == {(None, True)}

    def test_films_and_palettes_stay_as_they_were(self, films, palettes, tmp_path):
        films_before, palettes_before = copy.deepcopy(films), copy.deepcopy(palettes)
        build(self.recommender, films, palettes, tmp_path).recommend(films[0].id, 5)
        assert films == films_before
        for film_id, palette in palettes.items():
            assert (palette.colors == palettes_before[film_id].colors).all()
            assert (palette.shares == palettes_before[film_id].shares).all()

    def test_loading_twice_gives_the_same_answers(self, made, films, tmp_path):
        again = self.recommender.load(tmp_path)
        assert again.ids == made.ids == [film.id for film in films]
        for film in films:
            assert again.recommend(film.id, 5) == made.recommend(film.id, 5)

    def test_loading_what_was_never_built_fails(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            self.recommender.load(tmp_path / "empty")

    def test_the_fingerprint_stays_until_something_changes(self, films, palettes):
        fingerprint = self.recommender.fingerprint
        assert fingerprint(films, palettes) == fingerprint(list(films), dict(palettes))
        assert fingerprint(films[1:], palettes) != fingerprint(films, palettes)

    def test_a_person_can_tell_it_from_others(self):
        for text in (self.recommender.label, self.recommender.verb, self.recommender.shape):
            assert text
        assert self.recommender.name == self.recommender.name.lower()
        assert self.recommender.color.startswith("#")
        assert self.recommender.deployment_name.endswith("Recommender")
