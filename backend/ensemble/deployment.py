"""The ensemble on Ray Serve: `/rec`, the sources behind it and the store beside it.

No postponed annotations here: `serve.ingress` copies the routes before this module is complete,
and FastAPI reads the types of their parameters from the copies.
"""

import asyncio
import secrets
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query, Response
from fastapi import Path as PathParameter
from pydantic import BaseModel, ConfigDict, Field
from ray import serve
from ray.serve.handle import DeploymentHandle

from backend.batching import Batcher, Outcome
from backend.catalog.catalogue import MOST_STARTERS, load_catalogue
from backend.catalog.schema import Film
from backend.ensemble.finder import Finder
from backend.ensemble.mixer import Ask, Found, Mixer, Sources
from backend.ensemble.policies import POLICIES
from backend.errors import InvalidInput, UnknownMovie, UnknownSource, shorten
from backend.http import WholeNumber, json_response, problem_app
from backend.impressions.actor import StoreClient
from backend.recommenders import RECOMMENDERS
from backend.recommenders.plot import PlotRecommender
from backend.recommenders.replica import RecommenderReplica
from backend.replicas import deployed
from backend.settings import Settings
from backend.telemetry import replica_meter

# Neither `.` nor `..` nor `/`: a key is a part of addresses.
SESSION_KEY = r"^[A-Za-z0-9_-]{1,64}$"
# Ids that we make are made of these; others are refused before they get anywhere.
OUR_ID = r"^[A-Za-z0-9_-]{1,64}$"
POSTER_TYPES = {"webp": "image/webp", "svg": "image/svg+xml"}
_SETTINGS = Settings()

SessionKey = Annotated[str, Query(pattern=SESSION_KEY)]
SessionPath = Annotated[str, PathParameter(pattern=SESSION_KEY)]
LikedId = Annotated[str, Query(min_length=1, max_length=80)]
Count = Annotated[WholeNumber, Query(ge=1, le=_SETTINGS.max_slate_size)]
RankingId = Annotated[str, Query(pattern=OUR_ID)]


class LikeBody(BaseModel):
    """A like of one film in one ranking."""

    model_config = ConfigDict(extra="forbid")
    session_key: str = Field(pattern=SESSION_KEY)
    ranking_id: str = Field(pattern=OUR_ID)
    movie_id: str = Field(min_length=1, max_length=80)


class UndoBody(BaseModel):
    """Names one undo, so that it can be sent again safely."""

    model_config = ConfigDict(extra="forbid")
    undo_id: str | None = Field(default=None, pattern=OUR_ID)


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


def _draw(film: Film, folder: Path, width_px: int) -> None:
    # Imported by those alone who draw: most catalogues have all their posters from the build.
    from backend.catalog.poster_files import draw_files

    draw_files(film, folder, width_px)


async def known_source(source: str) -> str:
    """The source that a path names; it is looked at before all parameters are.

    Raises:
        UnknownSource: no source in use has this name.
    """
    if source not in _SETTINGS.sources:
        raise UnknownSource(
            f"source must be one of {', '.join(_SETTINGS.sources)}, got {shorten(source)!r}",
            field="source",
            value=source,
        )
    return source


api = problem_app("Double Feature recommendations", "1", _SETTINGS)


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
        # Drawing takes a core for a tenth of a second; recommendations go on beside it.
        self._drawing = asyncio.Semaphore(1)

    # Recommendations

    @api.get("/ensemble", summary="A slate for a liked film")
    async def ensemble(
        self,
        liked_id: LikedId,
        session_key: SessionKey | None = None,
        policy: Annotated[str | None, Query(max_length=80)] = None,
        count: Count = _SETTINGS.slate_size,
        ranking_id: RankingId | None = None,
    ) -> Response:
        """Mix the sources; a film that this session was shown counts as liked, once."""
        with self._meter.measure():
            if policy is not None and policy not in POLICIES:
                raise InvalidInput(
                    f"policy must be one of {', '.join(POLICIES)}, got {policy[:80]!r}",
                    field="policy",
                    value=policy,
                )
            self._catalogue.require(liked_id, "liked_id")
            key = session_key or secrets.token_urlsafe(15)
            return json_response(await self._mixer.rank(key, liked_id, ranking_id, policy, count))

    @api.get("/sources", summary="The sources and the policies")
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
                "default_policy": self._settings.policy,
            }
        )

    # Likes and sessions

    @api.post("/likes", summary="Like a film of a ranking")
    async def like(self, body: LikeBody) -> Response:
        """Credit the ranking that was shown; the same like again changes nothing."""
        with self._meter.measure():
            self._catalogue.require(body.movie_id)
            answer = await self._store.call(
                body.session_key, "like", body.session_key, body.ranking_id, body.movie_id
            )
            return json_response(answer)

    @api.get("/sessions/{session_key}", summary="The whole state of a session")
    async def session(self, session_key: SessionPath) -> Response:
        """Likes, oldest first, the mix and its history, and the ranking last shown."""
        with self._meter.measure():
            state = await self._store.call(session_key, "session", session_key)
            return json_response(await self._mixer.complete_state(state))

    @api.delete("/sessions/{session_key}", summary="Reset a session")
    async def reset(self, session_key: SessionPath) -> Response:
        """Forget all likes and rankings of the session."""
        with self._meter.measure():
            return json_response(await self._store.call(session_key, "reset", session_key))

    @api.post("/sessions/{session_key}/undo", summary="Take back the last like")
    async def undo(self, session_key: SessionPath, body: UndoBody | None = None) -> Response:
        """The state after it, with the ranking that was on screen before that like."""
        with self._meter.measure():
            # Minted once, so that a command that Ray sends again is taken once.
            undo_id = (body and body.undo_id) or secrets.token_urlsafe(12)
            state = await self._store.call(session_key, "undo", session_key, undo_id)
            return json_response(await self._mixer.complete_state(state))

    # The catalogue

    @api.get("/movies", summary="Films of the catalogue")
    async def movies(
        self,
        query: Annotated[str, Query(max_length=200)] = "",
        limit: Annotated[WholeNumber, Query(ge=1, le=200)] = 20,
        offset: Annotated[WholeNumber, Query(ge=0, le=10_000_000)] = 0,
    ) -> Response:
        """Films whose title, directors or cast hold every word of the query."""
        with self._meter.measure():
            page, total = self._catalogue.search(query, limit, offset)
            return json_response({"movies": page, "total": total})

    @api.get("/search", summary="Films by title, people or story")
    async def search(
        self,
        query: Annotated[str, Query(min_length=1, max_length=200)],
        limit: Annotated[WholeNumber, Query(ge=1, le=_SETTINGS.max_slate_size)] = 20,
    ) -> Response:
        """Titles and people that match every word first, then the stories that fit best."""
        with self._meter.measure():
            return json_response(await self._finder.find(query, limit))

    @api.get("/movies/{movie_id}", summary="One film")
    async def movie(self, movie_id: str) -> Response:
        """Everything known of one film."""
        with self._meter.measure():
            return json_response(self._catalogue.full(movie_id))

    @api.get("/starters", summary="Films to begin with")
    async def starters(
        self, count: Annotated[WholeNumber, Query(ge=1, le=MOST_STARTERS)] = 12
    ) -> Response:
        """A spread over genres, decades, countries and colours."""
        with self._meter.measure():
            return json_response({"movies": self._catalogue.starters(count)})

    @api.get("/posters/{name}", summary="A poster")
    async def poster(self, name: str) -> Response:
        """`<film id>.webp`, or `.svg` for a drawn one; may be kept for ever."""
        with self._meter.measure():
            movie_id, _, suffix = name.rpartition(".")
            if suffix not in POSTER_TYPES or movie_id not in self._catalogue:
                raise UnknownMovie(
                    f"name must be <film id>.webp or .svg, got {name[:80]!r}",
                    field="name",
                    value=name,
                )
            content = await self._poster_file(movie_id, suffix)
            headers = {
                "Cache-Control": "public, max-age=31536000, immutable",
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
                "X-Content-Type-Options": "nosniff",
            }
            return Response(content, media_type=POSTER_TYPES[suffix], headers=headers)

    async def _poster_file(self, movie_id: str, suffix: str) -> bytes:
        """A built poster's file; a drawn one that is not there yet is drawn now."""
        folder = self._settings.built_posters_dir
        path = folder / f"{movie_id}.{suffix}"
        try:
            return await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            drawn = self._catalogue.poster(movie_id).origin == "drawn"
        if drawn:
            async with self._drawing:
                film, width = self._catalogue.require(movie_id), self._settings.poster_width_px
                await asyncio.to_thread(_draw, film, folder, width)
            return await asyncio.to_thread(path.read_bytes)
        raise UnknownMovie(
            f"name must be of a built poster, got {movie_id}.{suffix}", field="name", value=movie_id
        )

    # Last: it matches any name.
    @api.get("/{source}", summary="One source alone")
    async def source(
        self,
        source: Annotated[str, Depends(known_source)],
        liked_id: LikedId,
        count: Count = _SETTINGS.slate_size,
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
