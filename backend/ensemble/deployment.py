"""The ensemble on Ray Serve: `/rec`, the sources behind it and the store beside it.

No postponed annotations here: `serve.ingress` copies the routes before this module is complete,
and FastAPI reads the types of their parameters from the copies.
"""

import asyncio
import secrets
from typing import Annotated, Any

from fastapi import Depends, Response
from ray import serve
from ray.serve.handle import DeploymentHandle

from backend.batching import Batcher, Outcome
from backend.catalog.catalogue import load_catalogue
from backend.ensemble.default_policy import DefaultPolicy
from backend.ensemble.finder import Finder
from backend.ensemble.mixer import Ask, Found, Mixer, Sources
from backend.ensemble.parameters import (
    SETTINGS,
    Count,
    LikeBody,
    LikedId,
    MovieId,
    Offset,
    PageLength,
    PolicyText,
    PosterName,
    Question,
    RankingId,
    SessionKey,
    SessionPath,
    StarterCount,
    UndoBody,
    Words,
    known_source,
)
from backend.ensemble.policies import POLICIES, require_policy
from backend.ensemble.posters import Posters
from backend.errors import UnknownMovie
from backend.http import json_response, problem_app
from backend.impressions.actor import StoreClient
from backend.recommenders import RECOMMENDERS
from backend.recommenders.plot import PlotRecommender
from backend.recommenders.replica import RecommenderReplica
from backend.replicas import deployed
from backend.schemas import films as film_answers
from backend.schemas import recommend_answers as told
from backend.settings import Settings
from backend.telemetry import replica_meter
from backend.workers import keep_what_is_loaded

POSTER_TYPES = {"webp": "image/webp", "svg": "image/svg+xml"}


def _ask(handle: DeploymentHandle[Any], deadline_s: float) -> Ask:
    """Asks a recommender; what is asked while it answers goes together."""
    # Serve's default is cloudpickle, for functions and classes; here is only data.
    handle = handle.options(request_serialization="pickle", response_serialization="pickle")

    async def send(calls: list[tuple[str, int, int | None]]) -> list[Outcome]:
        async with asyncio.timeout(deadline_s):
            found: list[Outcome] = await handle.recommend_many.remote(calls)
            return found

    batcher = Batcher(send)

    async def ask(liked_id: str, count: int, explained: int | None) -> Found:
        found: Found = await batcher.call((liked_id, count, explained))
        return found

    return ask


api = problem_app(
    "Double Feature recommendations",
    "1",
    SETTINGS,
    "Slates mixed from several recommenders, likes, and the catalogue. Times are in ms.",
)


@serve.ingress(api)
class Ensemble:
    """The HTTP edge of `/rec`; what it does is in `Mixer`, `Catalogue` and the store.

    Args:
        sources: handles of the recommenders by name.
    """

    def __init__(self, **sources: DeploymentHandle[Any]) -> None:
        settings = Settings()
        deadline_s = settings.source_deadline_ms / 1000
        self._settings = settings
        self._default_policy = DefaultPolicy.watched(settings)
        self._catalogue = load_catalogue(settings)
        self._sources = Sources(
            {name: _ask(handle, deadline_s) for name, handle in sources.items()}, deadline_s
        )
        self._store = StoreClient(settings.store_shards, settings.store_deadline_ms)
        self._mixer = Mixer(settings, self._catalogue, self._sources, self._store.call)
        stories = sources.get(PlotRecommender.name)
        self._finder = Finder(
            self._catalogue,
            PlotRecommender.name,
            stories.search.remote if stories else None,
            deadline_s,
        )
        self._meter = replica_meter()
        self._posters = Posters(self._catalogue, settings)
        keep_what_is_loaded()

    # Recommendations

    @api.get(
        "/ensemble",
        summary="A slate for a liked film",
        responses=told.SLATE_ANSWERS,
    )
    async def ensemble(
        self,
        liked_id: LikedId,
        session_key: SessionKey = None,
        policy: PolicyText = None,
        count: Count = SETTINGS.slate_size,
        ranking_id: RankingId = None,
    ) -> Response:
        """Mix the sources; a film that this session was shown counts as liked, once."""
        with self._meter.measure():
            if policy is not None:
                require_policy(policy)
            self._catalogue.require(liked_id, "liked_id")
            key = session_key or secrets.token_urlsafe(15)
            return json_response(await self._mixer.rank(key, liked_id, ranking_id, policy, count))

    @api.get(
        "/sources",
        summary="The sources and the policies",
        responses=told.HOUSE_ANSWERS,
    )
    async def sources(self) -> Response:
        """What the page needs to name, colour and explain them."""
        return json_response(
            {
                "sources": [
                    {
                        "name": name,
                        "label": RECOMMENDERS[name].label,
                        "verb": RECOMMENDERS[name].verb,
                        "color": RECOMMENDERS[name].color,
                        "shape": RECOMMENDERS[name].shape,
                    }
                    for name in self._settings.sources
                ],
                "policies": [
                    {"name": p.name, "label": p.label, "help": p.help} for p in POLICIES.values()
                ],
                "default_policy": self._default_policy.name,
            }
        )

    # Likes and sessions

    @api.post(
        "/likes",
        summary="Like a film of a ranking",
        responses=told.LIKE_ANSWERS,
    )
    async def like(self, body: LikeBody) -> Response:
        """Credit the ranking that was shown; the same like again changes nothing."""
        with self._meter.measure():
            self._catalogue.require(body.movie_id)
            answer = await self._store.call(
                body.session_key, "like", body.session_key, body.ranking_id, body.movie_id
            )
            return json_response(answer)

    @api.get(
        "/sessions/{session_key}",
        summary="The whole state of a session",
        responses=told.SESSION_ANSWERS,
    )
    async def session(self, session_key: SessionPath) -> Response:
        """Likes, oldest first, the mix and its history, and the ranking last shown."""
        with self._meter.measure():
            state = await self._store.call(session_key, "session", session_key)
            return json_response(await self._mixer.complete_state(state))

    @api.delete(
        "/sessions/{session_key}",
        summary="Reset a session",
        responses=told.RESET_ANSWERS,
    )
    async def reset(self, session_key: SessionPath) -> Response:
        """Forget all likes and rankings of the session."""
        with self._meter.measure():
            return json_response(await self._store.call(session_key, "reset", session_key))

    @api.post(
        "/sessions/{session_key}/undo",
        summary="Take back the last like",
        responses=told.UNDONE_ANSWERS,
    )
    async def undo(self, session_key: SessionPath, body: UndoBody | None = None) -> Response:
        """The state after it, with the ranking that was on screen before that like."""
        with self._meter.measure():
            # Minted once, so that a command that Ray sends again is taken once.
            undo_id = (body and body.undo_id) or secrets.token_urlsafe(12)
            state = await self._store.call(session_key, "undo", session_key, undo_id)
            return json_response(await self._mixer.complete_state(state))

    # The catalogue

    @api.get(
        "/movies",
        summary="Films of the catalogue",
        responses=film_answers.FILM_PAGE_ANSWERS,
    )
    async def movies(
        self,
        query: Words = "",
        limit: PageLength = 20,
        offset: Offset = 0,
    ) -> Response:
        """Films whose title, directors or cast hold every word of the query."""
        with self._meter.measure():
            page, total = self._catalogue.search(query, limit, offset)
            return json_response({"movies": page, "total": total})

    @api.get(
        "/search",
        summary="Films by title, people or story",
        responses=film_answers.FOUND_ANSWERS,
    )
    async def search(
        self,
        query: Question,
        limit: Count = 20,
    ) -> Response:
        """Titles and people that match every word first, then the stories that fit best."""
        with self._meter.measure():
            return json_response(await self._finder.find(query, limit))

    @api.get(
        "/movies/{movie_id}",
        summary="One film",
        responses=film_answers.FILM_DETAIL_ANSWERS,
    )
    async def movie(self, movie_id: MovieId) -> Response:
        """Everything known of one film."""
        with self._meter.measure():
            return json_response(self._catalogue.full(movie_id))

    @api.get(
        "/starters",
        summary="Films to begin with",
        responses=film_answers.STARTERS_ANSWERS,
    )
    async def starters(self, count: StarterCount = 12) -> Response:
        """A spread over genres, decades, countries and colours."""
        with self._meter.measure():
            return json_response({"movies": self._catalogue.starters(count)})

    @api.get(
        "/posters/{name}",
        summary="A poster",
        response_class=Response,
        responses=film_answers.POSTER_ANSWERS,
    )
    async def poster(self, name: PosterName) -> Response:
        """`<film id>.webp`, or `.svg` for a drawn one; may be kept for ever."""
        with self._meter.measure():
            movie_id, _, suffix = name.rpartition(".")
            if suffix not in POSTER_TYPES or movie_id not in self._catalogue:
                raise UnknownMovie(
                    f"name must be <film id>.webp or .svg, got {name[:80]!r}",
                    field="name",
                    value=name,
                )
            content = await self._posters.file(movie_id, suffix)
            headers = {
                "Cache-Control": "public, max-age=31536000, immutable",
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
                "X-Content-Type-Options": "nosniff",
            }
            return Response(content, media_type=POSTER_TYPES[suffix], headers=headers)

    # Last: it matches any name.
    @api.get(
        "/{source}",
        summary="One source alone",
        responses=told.SOURCE_ANSWERS,
    )
    async def source(
        self,
        source: Annotated[str, Depends(known_source)],
        liked_id: LikedId,
        count: Count = SETTINGS.slate_size,
    ) -> Response:
        """Films most like `liked_id` by one source, best first."""
        with self._meter.measure():
            self._catalogue.require(liked_id, "liked_id")
            found = await self._sources.one(source, liked_id, count)
            films = self._catalogue.summaries([answer[0] for answer in found])
            return json_response(
                [
                    {
                        **film,
                        "score": score,
                        "reason": reason,
                        "evidence": evidence,
                    }
                    for film, (_, score, reason, evidence) in zip(films, found, strict=True)
                ]
            )


def application(settings: Settings) -> serve.Application:
    """The application for route prefix `/rec`."""
    recommenders = {
        name: deployed(
            RecommenderReplica,
            settings,
            name=RECOMMENDERS[name].deployment_name,
            num_replicas=settings.source_replicas,
            max_ongoing_requests=100,
        ).bind(name)
        for name in settings.sources
    }
    ensemble = deployed(
        Ensemble,
        settings,
        num_replicas=settings.ensemble_replicas,
        # The guard refuses before Serve does, and in our shape.
        max_ongoing_requests=2 * settings.max_requests_under_way,
    )
    bound: serve.Application = ensemble.bind(**recommenders)
    return bound
