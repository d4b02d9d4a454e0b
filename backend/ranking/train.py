"""The build of the ranking: personas, the weights learned from them, and how well they do.

Everything is a function of the films, the palettes and `VERSION`: the same input gives the same
model, and nothing is done when the model there is up to date.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.errors import InvalidInput
from backend.ranking import evaluation
from backend.ranking.features import extract_features, like_weights, mean_vector
from backend.ranking.interactions import User, count_users, replace_users
from backend.ranking.items import ItemVectors, build_items
from backend.ranking.learning import Choice, fit_weights, named, term_table
from backend.ranking.model import TERMS, RankingModel
from backend.ranking.model_file import load_model, read_fingerprint, save_model
from backend.ranking.personas import make_personas
from backend.ranking.viewers import read_viewers

# Raise it whenever personas, vectors, features or learning change.
VERSION = 2
PERSONAS = 200
SEED = 20_260_101
FEWEST_FILMS = 12
MOST_FILMS = 5_000
"""Films that are ranked at most: a replica holds their vectors in memory."""
NEGATIVES = 30
CHOICES_PER_PERSONA = 20
FOLDS = 4

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TrainingReport:
    """What a build did.

    Attributes:
        skipped: the model was up to date; the rest tells of it.
        users, films: how many.
        weights: the learned weights by term.
        metrics: ranking -> measure -> mean, low, high (95% interval over personas).
        seconds: how long it took.
    """

    skipped: bool
    users: int
    films: int
    weights: Mapping[str, float]
    metrics: Mapping[str, Any]
    seconds: float


def build(
    films: Sequence[Film],
    palettes: Mapping[str, Palette],
    engine: sa.Engine,
    index_dir: Path,
    *,
    ratings: Path | None = None,
    personas: int = PERSONAS,
    seed: int = SEED,
) -> TrainingReport:
    """Write users to the database and a trained, evaluated model to `index_dir`.

    The users are real viewers where ratings came with the catalogue, else synthetic personas. Of
    a large catalogue the `MOST_FILMS` most popular films are ranked.

    Args:
        films: the catalogue, at least 12 films.
        palettes: by film id.
        engine: the catalogue's database; its users and interactions are replaced.
        ratings: likes of real viewers, see `viewers.read_viewers`.
        personas: at least 4.
    Raises:
        InvalidInput: too few films or personas.
    """
    started = time.perf_counter()
    if len(films) < FEWEST_FILMS or personas < FOLDS:
        raise InvalidInput(
            f"ranking must be trained on at least {FEWEST_FILMS} films and {FOLDS} personas, got "
            f"{len(films)} and {personas}; add films in FILMS_DIR",
            field="films",
        )
    films = sorted(films, key=lambda film: (-film.popularity, film.id))[:MOST_FILMS]
    fingerprint = fingerprint_of(films, palettes, personas, seed, ratings)
    model = load_model(index_dir) if read_fingerprint(index_dir) == fingerprint else None
    skipped = model is not None and count_users(engine) == model.metrics["held_out_users"]
    if model is None or not skipped:
        users, who = _users(films, palettes, ratings, personas, seed)
        replace_users(engine, users)
        model = train(build_items(films, palettes), users, seed, who)
        save_model(model, index_dir, fingerprint)
    return TrainingReport(
        skipped=skipped,
        users=int(model.metrics["held_out_users"]),
        films=len(films),
        weights=model.weights,
        metrics=model.metrics,
        seconds=time.perf_counter() - started,
    )


def _users(
    films: Sequence[Film],
    palettes: Mapping[str, Palette],
    ratings: Path | None,
    personas: int,
    seed: int,
) -> tuple[list[User], str]:
    """Who to learn from, and what to call them."""
    if ratings is not None:
        viewers = read_viewers(ratings, {film.id for film in films}, seed)
        if len(viewers) >= FOLDS:
            return viewers, "MovieLens viewers"
    return make_personas(films, palettes, personas, seed), "synthetic personas"


def fingerprint_of(
    films: Sequence[Film],
    palettes: Mapping[str, Palette],
    personas: int,
    seed: int,
    ratings: Path | None = None,
) -> str:
    """A digest of everything that the model depends on; the order of films does not count."""
    digest = hashlib.sha256(f"{VERSION} {personas} {seed}".encode())
    for film in sorted(films, key=lambda film: film.id):
        parts = [film.id, film.title, film.year, film.directors, film.cast, film.countries]
        parts += [film.language, film.genres, film.keywords, film.synopsis]
        digest.update(repr(parts).encode())
        if film.id in palettes:
            palette = palettes[film.id]
            digest.update(np.round(palette.colors, 4).astype("<f8").tobytes())
            digest.update(np.round(palette.shares, 4).astype("<f8").tobytes())
    if ratings is not None:
        with ratings.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def train(
    items: ItemVectors,
    users: Sequence[User],
    seed: int = SEED,
    users_are: str = "synthetic personas",
) -> RankingModel:
    """Learn from all likes, and measure on likes that the measured weights never saw.

    The measured like of each user is the last one. Users are in `FOLDS` parts: the weights,
    popularity and average that rank a user's last like are learned from the other parts only.
    The model returned learns from everybody, last likes included.
    """
    results: dict[str, list[tuple[float, int]]] = {"model": [], "popularity": [], "random": []}
    rng = np.random.default_rng(seed)
    for fold in range(FOLDS):
        others = [user for number, user in enumerate(users) if number % FOLDS != fold]
        model = _learn(items, others, seed)
        for user in users[fold::FOLDS]:
            history, last = user.likes[:-1], items.row_of[user.likes[-1].movie_id]
            seen = np.array([items.row_of[like.movie_id] for like in history], dtype=np.intp)
            scores = {
                "model": model.score([model.features(user.user_id, history)])[0],
                "popularity": model.items.block("popularity")[:, 0],
                "random": rng.random(len(items.ids)),
            }
            for name, values in scores.items():
                results[name].append(evaluation.rank_of(values, last, seen))
    per_user = {
        name: evaluation.measures(*np.array(ranks, dtype=float).T)
        for name, ranks in results.items()
    }
    metrics = {
        "held_out_users": len(users),
        "films": len(items.ids),
        "users_are": users_are,
        "rankings": evaluation.compare(per_user, "popularity", "model", seed),
    }
    learned = _learn(items, users, seed)
    return RankingModel(learned.items, learned.weights, learned.average, metrics)


def _learn(items: ItemVectors, users: Sequence[User], seed: int) -> RankingModel:
    """A model from every like of `users`, without metrics."""
    items = items.with_popularity(Counter(like.movie_id for user in users for like in user.likes))
    average = average_taste(items, users)
    choices = list(_choices(items, users, average, seed))
    weights = named(fit_weights(term_table(choices, items)), TERMS)
    return RankingModel(items, weights, average, {})


def average_taste(items: ItemVectors, users: Sequence[User]) -> Array:
    """(d,) the mean over users of their recency-weighted means: the default of an unknown user."""
    means = []
    for user in users:
        weights = like_weights(np.array([like.at for like in user.likes]))
        rows = items.matrix[[items.row_of[like.movie_id] for like in user.likes]]
        means.append(mean_vector(rows, weights))
    average = np.mean(means, axis=0)
    average[items.columns["popularity"]] = 1.0
    return np.asarray(average)


def _choices(
    items: ItemVectors, users: Sequence[User], average: Array, seed: int
) -> Iterator[Choice]:
    """Each like with the history before it, and films that were not liked instead."""
    for number, user in enumerate(users):
        rng = np.random.default_rng([seed, number])
        rows = np.array([items.row_of[like.movie_id] for like in user.likes], dtype=np.intp)
        steps = np.arange(1, len(rows))
        if len(steps) > CHOICES_PER_PERSONA:
            steps = np.sort(rng.choice(steps, size=CHOICES_PER_PERSONA, replace=False))
        for step in steps:
            unseen = np.ones(len(items.ids), dtype=bool)
            unseen[rows[: step + 1]] = False
            features = extract_features(user.user_id, user.likes[:step], items, average)
            # With replacement: every choice has as many candidates, also in a small catalogue.
            negatives = rng.choice(np.flatnonzero(unseen), size=NEGATIVES)
            yield Choice(features, np.concatenate([rows[step : step + 1], negatives]))
