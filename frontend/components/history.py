"""The history: how the mix moved with each like, as stacked steps drawn by Altair."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from frontend.session import Point

FEWEST_STEPS = 8
"""Room for this many likes, so that the first ones do not fill the whole width."""

# Dark on both source colours, and so on both themes.
_INK = "#0E1016"
_SHAPES = {"circle": "circle", "diamond": "diamond", "triangle": "triangle-up"}

_SHARES = ["number", "source", "place", "low", "high", "label", "share"]

Source = dict[str, Any]


def history(points: list[Point], sources: list[Source]) -> None:
    """Draw the history; without likes, the even mix that waits for the first.

    Args:
        points: one for each like, oldest first, number 0 before any.
        sources: as `shape.sources` gives them, first one at the bottom.
    """
    looks = tuple((s["name"], s["label"], s["color"], s["shape"]) for s in sources)
    spec = copy.copy(_spec(looks))
    spec["datasets"] = datasets(points, sources)
    st.vega_lite_chart(spec, height="stretch", width="stretch", key="history-chart")


def datasets(points: list[Point], sources: list[Source]) -> dict[str, pd.DataFrame]:
    """The chart's data: "shares" (areas), "likes" (a mark each), "shown" (dashes) and "room".

    The shares in force after like n hold from n to n + 1, so the last step is drawn too.
    """
    names = [source["name"] for source in sources]
    labels = {source["name"]: source["label"] for source in sources}
    even = {name: 1 / len(names) for name in names}
    known = [point for point in points if point.dist] or [Point(0, even, {})]
    last = known[-1]
    steps = [*known, Point(last.number + 1, last.dist, last.shown)]

    shares: list[tuple[int, str, int, float, float, str, float]] = []
    shown: list[tuple[int, int, str, float | None]] = []
    for point in steps:
        total = sum(point.shown.values())
        below = 0.0
        seen = 0
        for place, name in enumerate(names):
            share = point.dist.get(name, 0.0)
            above = below + share
            shares.append((point.number, name, place, below, above, labels[name], share))
            below = above
            seen += point.shown.get(name, 0)
            if total and place < len(names) - 1 and point is not steps[-1]:
                shown.append((point.number, point.number + 1, name, seen / total))
    likes: list[tuple[int, str, float | None, str]] = [
        (point.number, point.source, _boundary(point, names), point.title)
        for point in known
        if point.source in names
    ]
    # Vega takes offence at an empty set; a row without a height draws nothing.
    shown = shown or [(0, 1, names[0], None)]
    likes = likes or [(0, names[0], None, "")]
    end = max(FEWEST_STEPS, steps[-1].number)
    return {
        "shares": pd.DataFrame(shares, columns=_SHARES),
        "shown": pd.DataFrame(shown, columns=["number", "until", "source", "share"]),
        "likes": pd.DataFrame(likes, columns=["number", "source", "at", "title"]),
        "room": pd.DataFrame([(0, 0.0), (end, 1.0)], columns=["number", "share"]),
    }


def _boundary(point: Point, names: list[str]) -> float:
    """Where a like's mark stands: on the edge of its source that faces the others."""
    place = names.index(point.source)
    edge = place + 1 if place < len(names) - 1 else place
    return sum(point.dist.get(name, 0.0) for name in names[:edge])


@lru_cache(maxsize=8)
def _spec(looks: tuple[tuple[str, str, str, str], ...]) -> dict[str, Any]:
    """The chart without data. It never changes for the same sources: new data moves it in place."""
    names = [name for name, *_ in looks]
    color = alt.Color(
        "source:N",
        scale=alt.Scale(domain=names, range=[color for _, _, color, _ in looks]),
        legend=None,
    )
    shape = alt.Shape(
        "source:N",
        scale=alt.Scale(domain=names, range=[_SHAPES[shape] for *_, shape in looks]),
        legend=None,
    )
    number = alt.X(
        "number:Q",
        scale=alt.Scale(nice=False, zero=True),
        axis=alt.Axis(
            title=None, tickMinStep=1, format="d", grid=False, ticks=False, labelFlush=True
        ),
    )
    percent = alt.Axis(title=None, values=[0, 0.5, 1], format="%", grid=False, ticks=False)
    unit = alt.Scale(domain=[0, 1], nice=False)

    areas = (
        alt.Chart(alt.NamedData("shares"))
        .mark_area(interpolate="step-after", opacity=1)
        .encode(
            x=number,
            y=alt.Y("low:Q", scale=unit, axis=percent),
            y2="high:Q",
            color=color,
            order="place:Q",
            tooltip=[
                alt.Tooltip("number:Q", title="after like"),
                alt.Tooltip("label:N", title="source"),
                alt.Tooltip("share:Q", title="share", format=".0%"),
            ],
        )
    )
    shown = (
        alt.Chart(alt.NamedData("shown"))
        .mark_rule(strokeDash=[3, 3], strokeWidth=2, color=_INK)
        .encode(
            x=number,
            x2="until:Q",
            y=alt.Y("share:Q", scale=unit),
            detail="source:N",
            tooltip=[alt.Tooltip("share:Q", title="really shown", format=".0%")],
        )
    )
    likes = (
        alt.Chart(alt.NamedData("likes"))
        .mark_point(filled=True, size=130, opacity=1, stroke=_INK, strokeWidth=2)
        .encode(
            x=number,
            y=alt.Y("at:Q", scale=unit),
            color=color,
            shape=shape,
            tooltip=[
                alt.Tooltip("number:Q", title="like"),
                alt.Tooltip("title:N", title="film"),
                alt.Tooltip("at:Q", title="share", format=".0%"),
            ],
        )
    )
    room = (
        alt.Chart(alt.NamedData("room"))
        .mark_point(opacity=0, tooltip=None)
        .encode(x=number, y=alt.Y("share:Q", scale=unit))
    )
    chart = alt.layer(areas, shown, likes, room).configure_view(strokeWidth=0)
    spec: dict[str, Any] = chart.to_dict(validate=True)
    spec["background"] = "transparent"
    spec["usermeta"] = {"embedOptions": {"actions": False}}
    return spec
