"""The ranking pipeline on Ray Serve: service -> features -> model.

How the numbers interact:

- The ItemRankingModel scales on requests in flight per replica, counted by the handles that call
  it, averaged over `LOOK_BACK_S` and reported every `METRICS_INTERVAL_S`. A request waiting for its
  batch is in flight.
- Growth goes in steps of about `UPSCALING_FACTOR` of the way, at least one replica. The processes
  of replicas that start together slow each other down; alone, the first is there sooner.
- At the target of 3 in flight a batch has about 3 users. Full batches of 32 form only when every
  replica that may exist does, which is what they are for: so `max_ongoing_requests` is two
  batches, one being scored and one filling, or the router would hold the second back.
"""

# No postponed annotations: Serve ships the routes to replicas, where FastAPI needs real types.
import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar, cast

import sqlalchemy as sa
from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field
from ray import serve
from ray.exceptions import RayError
from ray.serve.exceptions import RayServeException
from ray.serve.handle import DeploymentHandle

from backend.batching import Batcher, Outcome
from backend.errors import DoubleFeatureError, Unavailable
from backend.http import IN_DIGITS, json_response, problem_app
from backend.ranking.features import UserFeatures
from backend.ranking.interactions import Interaction, merge_histories, open_read_only, read_user
from backend.ranking.model import Ranked
from backend.ranking.model_file import load_model
from backend.replicas import deployed
from backend.schemas.ranking import RANK_ANSWERS
from backend.settings import Settings
from backend.telemetry import replica_meter
from backend.workers import keep_what_is_loaded

DEFAULT_TOP_K, MOST_TOP_K = 5, 100
METRICS_INTERVAL_S = 0.5
LOOK_BACK_S = 3.0
UPSCALING_FACTOR = 0.1
DEADLINE_S = 10.0
_SHOWN = tuple(field.name for field in fields(Ranked))
USER_ID_PATTERN = r"^[A-Za-z0-9_.:-]+$"

log = logging.getLogger("ray.serve")


class Like(Protocol):
    """A like as a session's log keeps it."""

    @property
    def movie_id(self) -> str: ...
    @property
    def at(self) -> float: ...
    @property
    def source(self) -> str | None: ...


LikesOf = Callable[[str], Iterable[Like]]


def no_live_likes() -> LikesOf:
    """For a system without sessions: nobody has live likes."""
    return lambda user_id: ()


def plain_poster_path(film_id: str) -> str | None:
    """The address of a film's poster without a version."""
    return f"/rec/posters/{film_id}.webp"


class UserFeatureExtractor:
    """Turns a user id into features: stored history and live likes, read afresh each time.

    Args:
        index_dir: where the ranking model lies.
        database: the catalogue's SQLite database.
        open_live_likes: called once in the replica; what it returns is called in a worker thread
            with a user id, several threads at once, and gives the likes of the session with that
            key, in any order, empty when there is no such session.
    """

    def __init__(
        self, index_dir: Path, database: Path, open_live_likes: Callable[[], LikesOf]
    ) -> None:
        self._model = load_model(index_dir)
        self._engine = open_read_only(database)
        self._live_likes = open_live_likes()
        self._meter = replica_meter()
        keep_what_is_loaded()

    async def extract_features(self, user_ids: Sequence[str]) -> list[Outcome]:
        """The features of each user; the average persona when nothing is known of one.

        A user whose history cannot be read is `Unavailable`.
        """
        with ExitStack() as measured:
            for _ in user_ids:
                measured.enter_context(self._meter.measure())
            # Reading waits for the disk, and the replica's one event loop must not.
            return await asyncio.to_thread(lambda: [self._outcome(user) for user in user_ids])

    def _outcome(self, user_id: str) -> Outcome:
        try:
            return Outcome(self._extract(user_id))
        except sa.exc.SQLAlchemyError:
            log.exception("a history could not be read")
            return Outcome(
                error=Unavailable(f"the history of {user_id!r} cannot be read; try again")
            )

    def _extract(self, user_id: str) -> UserFeatures:
        user = read_user(self._engine, user_id)
        live = [
            Interaction(like.movie_id, like.at, like.source) for like in self._live_likes(user_id)
        ]
        stored = user.likes if user else ()
        synthetic = user is not None and user.synthetic
        return self._model.features(user_id, merge_histories(stored, live), synthetic)


Function = TypeVar("Function", bound=Callable[..., Any])


def _batched(function: Function) -> Function:
    """`serve.batch` for a method; its sizes are set by the replica."""
    decorate = cast(Any, serve.batch(max_batch_size=32, batch_wait_timeout_s=0.01))
    return cast(Function, decorate(function))


class ItemRankingModel:
    """Scores the whole catalogue for batches of users.

    Args:
        index_dir: where the ranking model lies.
        max_batch_size, batch_wait_s: of `rank_items`; see the settings.
    """

    def __init__(self, index_dir: Path, max_batch_size: int, batch_wait_s: float) -> None:
        self._model = load_model(index_dir)
        self._meter = replica_meter()
        keep_what_is_loaded()
        batched = cast(Any, self._rank_batch)
        batched.set_max_batch_size(max_batch_size)
        batched.set_batch_wait_timeout_s(batch_wait_s)

    async def rank_items(
        self, user_features: UserFeatures, top_k: int = DEFAULT_TOP_K
    ) -> list[Ranked]:
        """The best `top_k` films for one user; calls at about the same time share one product."""
        # To its callers a batched function takes and gives one item, not a list.
        one = cast("Callable[..., Awaitable[list[Ranked]]]", self._rank_batch)
        with self._meter.measure():
            return await one(user_features, top_k)

    @_batched
    async def _rank_batch(
        self, user_features: list[UserFeatures], top_k: list[int]
    ) -> list[list[Ranked]]:
        return self._model.rank(user_features, top_k)


class RankRequest(BaseModel):
    """The body of a request to rank."""

    model_config = ConfigDict(extra="forbid")

    user_id: Annotated[
        str,
        Field(
            min_length=1,
            max_length=64,
            pattern=USER_ID_PATTERN,
            description="a persona, or the key of a live session; anybody else is average",
            examples=["persona-001", "user_42"],
        ),
    ]
    top_k: Annotated[int, Field(ge=1, le=MOST_TOP_K, description="films wanted"), IN_DIGITS] = (
        DEFAULT_TOP_K
    )


def _shown(film: Ranked) -> dict[str, Any]:
    return {name: getattr(film, name) for name in _SHOWN}


api = problem_app(
    "Double Feature ranking", "1", description="The trained ranking model. Times are in ms."
)


# Here and not in `application`: a replica that imports this module must see the same routes.
@serve.ingress(api)
class RecommendationService:
    """`POST /` and `POST /rank`: what a user would like next.

    Args:
        user_feature_extractor, ranking_model: handles to the two stages.
        poster_of: gives the address of a film's poster, None without one.
    """

    def __init__(
        self,
        user_feature_extractor: DeploymentHandle[Any],
        ranking_model: DeploymentHandle[Any],
        poster_of: Callable[[str], str | None] = plain_poster_path,
    ) -> None:
        # Serve's default is cloudpickle, for functions and classes; here is only data.
        extractor = user_feature_extractor.options(
            request_serialization="pickle", response_serialization="pickle"
        )
        self._extractor = Batcher(extractor.extract_features.remote)
        self._ranking = ranking_model.options(
            request_serialization="pickle", response_serialization="pickle"
        )
        self._poster_of = poster_of
        self._meter = replica_meter()
        keep_what_is_loaded()

    @api.post("/", summary="Films for a user", responses=RANK_ANSWERS)
    async def recommend(self, body: RankRequest) -> Response:
        """Rank the catalogue for a user."""
        with self._meter.measure():
            return await self._answer(body)

    @api.post("/rank", summary="The same as POST /", responses=RANK_ANSWERS)
    async def rank(self, body: RankRequest) -> Response:
        """The same as `POST /`."""
        with self._meter.measure():
            return await self._answer(body)

    async def _answer(self, body: RankRequest) -> Response:
        started = time.perf_counter()
        try:
            async with asyncio.timeout(DEADLINE_S):
                features = await self._extractor.call(body.user_id)
                extracted = time.perf_counter()
                ranked = await self._ranking.rank_items.remote(features, body.top_k)
        except TimeoutError as error:
            raise Unavailable(f"ranking took over {DEADLINE_S:g} s; try again") from error
        except (RayError, RayServeException) as error:
            # An error of ours that crossed processes is both ours and Ray's.
            if isinstance(error, DoubleFeatureError):
                raise
            raise Unavailable("a part of the ranking is down or restarting; try again") from error
        done = time.perf_counter()
        return json_response(
            {
                "user_id": body.user_id,
                "recommendations": [
                    {**_shown(film), "poster": self._poster_of(film.item_id)} for film in ranked
                ],
                "known": features.known,
                "synthetic": features.synthetic,
                "likes": features.likes,
                "timings_ms": {
                    "features": round((extracted - started) * 1000, 2),
                    "ranking": round((done - extracted) * 1000, 2),
                    "total": round((done - started) * 1000, 2),
                },
            }
        )


def application(
    settings: Settings,
    open_live_likes: Callable[[], LikesOf] = no_live_likes,
    poster_of: Callable[[str], str | None] = plain_poster_path,
) -> serve.Application:
    """The application for route prefix `/`.

    Args:
        settings: in force.
        open_live_likes: see `UserFeatureExtractor`.
        poster_of: see `RecommendationService`.
    """
    batch = settings.ranking_max_batch_size
    index_dir = Path(settings.index_dir).absolute()
    extractor = deployed(
        UserFeatureExtractor,
        settings,
        num_replicas=settings.feature_replicas,
        max_ongoing_requests=100,
    ).bind(index_dir, Path(settings.catalogue_db).absolute(), open_live_likes)
    ranking = deployed(
        ItemRankingModel,
        settings,
        autoscaling_config=autoscaling(settings),
        max_ongoing_requests=2 * batch,
    ).bind(index_dir, batch, settings.ranking_batch_wait_ms / 1000)
    service: serve.Application = deployed(
        RecommendationService,
        settings,
        # The guard refuses before Serve does, and in our shape.
        max_ongoing_requests=2 * settings.max_requests_under_way,
    ).bind(user_feature_extractor=extractor, ranking_model=ranking, poster_of=poster_of)
    return service


def autoscaling(settings: Settings) -> dict[str, Any]:
    """How the ItemRankingModel grows and shrinks; see the module's notes."""
    return {
        "min_replicas": settings.ranking_min_replicas,
        "max_replicas": settings.ranking_max_replicas,
        "target_ongoing_requests": settings.ranking_target_ongoing_requests,
        "upscale_delay_s": settings.ranking_upscale_delay_s,
        "downscale_delay_s": settings.ranking_downscale_delay_s,
        "metrics_interval_s": METRICS_INTERVAL_S,
        "look_back_period_s": LOOK_BACK_S,
        "upscaling_factor": UPSCALING_FACTOR,
    }
