"""Slates, likes and sessions, as `/rec` answers them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from backend.schemas.base import (
    Answer,
    Counts,
    FilmId,
    Milliseconds,
    Mix,
    PolicyName,
    Share,
    SourceName,
    optional,
)
from backend.schemas.films import FilmCard, HexColor, Missing

OUR_ID = r"^[A-Za-z0-9_-]{1,64}$"
"""Ids that we make are made of these, and others are refused before they get anywhere."""

RankingId = Annotated[str, Field(pattern=OUR_ID, description="of the ranking that showed it")]
SessionKeyText = Annotated[str, Field(pattern=OUR_ID, description="what lets its owner in")]
LikesHeld = Annotated[int, Field(ge=0, description="likes that the session holds")]


class ColorPair(Answer):
    """A colour of the liked poster and the one of the other that is near it."""

    from_: HexColor = Field(alias="from")
    to: HexColor
    share: Share


class Swatches(Answer):
    """Colours that two posters share."""

    kind: Literal["swatches"]
    pairs: list[ColorPair]


class Terms(Answer):
    """Words that two stories share."""

    kind: Literal["terms"]
    terms: list[str]


Evidence = Annotated[Swatches | Terms, Field(discriminator="kind")]


class SourceFilm(FilmCard):
    """A film that one source recommends."""

    score: Annotated[Share, Field(description="likeness, 1 for the same; of one source only")]
    reason: Annotated[str, Field(min_length=1, description="a phrase for a person")]
    evidence: Evidence


class Slot(Answer):
    """One place of a slate."""

    position: Annotated[int, Field(ge=1, description="1 for the first shown")]
    movie_id: FilmId
    source: SourceName
    propensity: Annotated[
        float, Field(gt=0, le=1, description="probability that the slot went to this source")
    ]
    also: list[SourceName] = Field(description="other sources that would have offered the film")
    score: Share | None = Field(description="as the source gave it; null when it is missing")
    reason: str = Field(description="a phrase for a person; empty when the source is missing")
    evidence: Evidence | None = Field(description="what shows the reason; null likewise")


class CountedLike(Answer):
    """The like that came with a request for a slate."""

    ranking_id: RankingId
    movie_id: FilmId
    source: SourceName | None = Field(description="credited for it; null when the store is down")
    counted: bool | None = Field(
        description="false: it was held already; null: not known, send it again"
    )
    why: str = optional("why it is not known; absent when it is")


class Ranking(Answer):
    """A slate as it was shown."""

    dist: Mix
    ids: list[FilmCard] = Field(description="the films, first shown first")
    sources: dict[str, str] = Field(description="by film id the source that is credited")
    session_key: SessionKeyText
    ranking_id: Annotated[str, Field(pattern=OUR_ID, description="to be sent with likes of it")]
    policy: PolicyName
    anchor: FilmCard = Field(description="the film that it was made for")
    slots: list[Slot]
    shown: Counts
    missing: list[Missing]
    recorded: bool = Field(description="false: the store is down, likes of it will be refused")
    like: CountedLike | None = Field(description="null when nothing was liked")


class SlateTimings(Answer):
    """Where the time went, in ms."""

    sources: Milliseconds
    store: Milliseconds
    total: Milliseconds


class Slate(Ranking):
    """A new slate."""

    likes: LikesHeld | None = Field(description="null when the store is down")
    timings_ms: SlateTimings


class HistoryPoint(Answer):
    """The mix after so many likes; the first, number 0, has no film."""

    number: Annotated[int, Field(ge=0, description="likes counted by then")]
    dist: Mix
    shown: Counts | None = Field(description="slots of the first slate after it; null before one")
    movie_id: str = optional("the film liked")
    source: str = optional("credited for it")
    title: str = optional("of the film")


class HeldLike(Answer):
    """One like that a session holds."""

    number: Annotated[int, Field(ge=1, description="1 for the oldest")]
    movie_id: FilmId
    source: SourceName
    dist: Mix
    ranking_id: RankingId
    at: datetime
    title: str


class SessionState(Answer):
    """The whole state of a session; one never seen is empty."""

    session_key: SessionKeyText
    policy: PolicyName
    dist: Mix
    anchor: FilmCard | None = Field(description="null before the first slate")
    likes: list[HeldLike] = Field(description="oldest first")
    history: list[HistoryPoint] = Field(min_length=1)
    likes_by_source: Counts
    shown_total: Counts
    ranking: Ranking | None = Field(description="the cards last shown")


class UndoneLike(Answer):
    """The like that was taken back."""

    number: Annotated[int, Field(ge=1)]
    movie_id: FilmId
    ranking_id: RankingId
    source: SourceName


class Undone(SessionState):
    """The state after an undo."""

    undone: UndoneLike


class LikeAnswer(Answer):
    """A like that is on disk."""

    session_key: SessionKeyText
    ranking_id: RankingId
    movie_id: FilmId
    source: SourceName
    counted: bool = Field(description="false: it was held already")
    likes: LikesHeld
    dist: Mix


class Reset(Answer):
    """A session that was forgotten."""

    session_key: SessionKeyText
    reset: Literal[True]


class Source(Answer):
    """A recommender, for people."""

    name: SourceName
    label: str
    verb: str = Field(description="as in 'looks like'")
    color: str = Field(pattern="^#[0-9a-fA-F]{6}$")
    shape: str


class Policy(Answer):
    """A policy, for people."""

    name: PolicyName
    label: str
    help: str = Field(description="one or two sentences")


class House(Answer):
    """What a page needs to name, colour and explain the sources."""

    sources: list[Source] = Field(min_length=1)
    policies: list[Policy] = Field(min_length=1)
    default_policy: PolicyName
