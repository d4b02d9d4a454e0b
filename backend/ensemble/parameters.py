"""What `/rec` is asked with: parameters and bodies, with their bounds.

No postponed annotations here: FastAPI reads the types.
"""

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from backend.catalog.catalogue import MOST_STARTERS
from backend.ensemble.policies import POLICIES
from backend.errors import UnknownSource, shorten
from backend.http import IN_DIGITS
from backend.schemas.recommend import OUR_ID
from backend.settings import Settings

# Neither `.` nor `..` nor `/`: a key is a part of addresses.
SESSION_KEY = r"^[A-Za-z0-9_-]{1,64}$"
SETTINGS = Settings()

SessionKey = Annotated[
    str | None, Query(pattern=SESSION_KEY, description="without it the server makes one")
]
SessionPath = Annotated[str, Path(pattern=SESSION_KEY, description="of the session")]
LikedId = Annotated[
    str,
    Query(min_length=1, max_length=80, description="id of a film", examples=["alien-1979"]),
]
MovieId = Annotated[str, Path(description="id of a film", examples=["alien-1979"])]
Count = Annotated[
    int, Query(ge=1, le=SETTINGS.max_slate_size, description="films wanted"), IN_DIGITS
]
RankingId = Annotated[
    str | None,
    Query(pattern=OUR_ID, description="in which liked_id was clicked; else the latest one"),
]
PolicyText = Annotated[
    str | None, Query(max_length=80, description=f"{', '.join(POLICIES)}; else the session's last")
]
Words = Annotated[str, Query(max_length=200, description="words, or nothing")]
Question = Annotated[
    str,
    Query(min_length=1, max_length=200, description="any words", examples=["grief and the sea"]),
]
PageLength = Annotated[int, Query(ge=1, le=200, description="films wanted"), IN_DIGITS]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="films to pass over"), IN_DIGITS]
StarterCount = Annotated[int, Query(ge=1, le=MOST_STARTERS, description="films wanted"), IN_DIGITS]
PosterName = Annotated[
    str, Path(description="<film id>.webp or .svg", examples=["alien-1979.webp"])
]


class LikeBody(BaseModel):
    """A like of one film in one ranking."""

    model_config = ConfigDict(extra="forbid")
    session_key: str = Field(pattern=SESSION_KEY, description="of the session that likes it")
    ranking_id: str = Field(pattern=OUR_ID, description="of the ranking that showed it")
    movie_id: str = Field(min_length=1, max_length=80, examples=["alien-1979"])


class UndoBody(BaseModel):
    """Names one undo, so that it can be sent again safely."""

    model_config = ConfigDict(extra="forbid")
    undo_id: str | None = Field(
        default=None, pattern=OUR_ID, description="the same name takes back nothing more"
    )


async def known_source(
    source: Annotated[
        str, Path(description=f"one of {', '.join(SETTINGS.sources)}", examples=["color"])
    ],
) -> str:
    """The source that a path names; it is looked at before all parameters are.

    Raises:
        UnknownSource: no source in use has this name.
    """
    if source not in SETTINGS.sources:
        raise UnknownSource(
            f"source must be one of {', '.join(SETTINGS.sources)}, got {shorten(source)!r}",
            field="source",
            value=source,
        )
    return source
