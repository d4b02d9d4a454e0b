"""What the answers of all applications have in common, and how a route declares its own."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from backend.schemas.problems import refusals

EXAMPLES: dict[str, Any] = {}
"""By name of its model the example of an answer: FastAPI drops every null of those it is given."""


class Answer(BaseModel):
    """A JSON object with exactly these keys."""

    model_config = ConfigDict(extra="forbid")


def optional(description: str, default: Any = "") -> Any:
    """A key that is left out when it does not apply; it is never null."""
    return Field(default=default, description=description, json_schema_extra=_without_default)


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def answers(
    model: type[BaseModel] | Any, description: str, example: Any, *refused: int
) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that answers JSON.

    Args:
        model: of its answer with status 200.
        description: of that answer.
        example: one such answer.
        refused: statuses of refusals that not every route has; see `problems.refusals`.
    """
    if isinstance(model, type):
        EXAMPLES[model.__name__] = example
    found = {
        "model": model,
        "description": description,
        "content": {"application/json": {"example": example}},
    }
    return {200: found, **refusals(*refused)}


Share = Annotated[float, Field(ge=0, le=1)]
FilmId = Annotated[
    str, Field(min_length=1, max_length=80, description="id of a film", examples=["alien-1979"])
]
SourceName = Annotated[str, Field(description="a name of `SOURCES`", examples=["color", "plot"])]
PolicyName = Annotated[
    str, Field(description="`preference`, `static` or `classic`", examples=["preference"])
]
Mix = Annotated[
    dict[str, Share],
    Field(
        description="weight of each source, 0 to 1; they sum to 1",
        examples=[{"color": 0.65, "plot": 0.35}],
    ),
]
Counts = Annotated[
    dict[str, Annotated[int, Field(ge=0)]],
    Field(description="a whole number for each source", examples=[{"color": 6, "plot": 4}]),
]
Milliseconds = Annotated[float, Field(ge=0, description="in ms")]
