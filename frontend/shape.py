"""From the backend's answers to what the components draw; nothing unchecked passes.

Texts are cut to a length, colours must be "#rrggbb", poster paths must be the backend's own.
What is missing becomes an empty value: a card without a year is still a card.
"""

from __future__ import annotations

import math
import re
from typing import Any

from frontend.posters import browser_path

Json = dict[str, Any]

HEX = re.compile(r"#[0-9a-fA-F]{6}")
SHAPES = ("circle", "diamond", "triangle")
NEUTRAL = "#9aa3b2"
MAX_TEXT = 160
MAX_CARDS = 24


def text(value: object, limit: int = MAX_TEXT) -> str:
    """`value` as one line of at most `limit` characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    line = " ".join(str(value).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def color(value: object, otherwise: str = NEUTRAL) -> str:
    """`value` when it is "#rrggbb", in lower case."""
    return value.lower() if isinstance(value, str) and HEX.fullmatch(value) else otherwise


def number(value: object) -> float | None:
    """`value` when it is a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def objects(value: object) -> list[Json]:
    """The objects of a list; an empty list for anything else."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def obj(value: object) -> Json:
    """`value` when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: object, limit: int = 8) -> list[str]:
    """The texts of a list, at most `limit`, none empty."""
    entries = value if isinstance(value, list) else []
    return [line for line in map(text, entries[:limit]) if line]


def sources(answer: Json) -> list[Json]:
    """Name, label, verb, colour and shape of each source, in the backend's order."""
    shaped = []
    for index, source in enumerate(objects(answer.get("sources"))):
        shape = source.get("shape")
        shaped.append(
            {
                "name": text(source.get("name"), 40),
                "label": text(source.get("label"), 24) or text(source.get("name"), 24),
                "verb": text(source.get("verb"), 40),
                "color": color(source.get("color")),
                "shape": shape if shape in SHAPES else SHAPES[index % len(SHAPES)],
            }
        )
    return shaped


def policies(answer: Json) -> list[Json]:
    """Name, label and help of each policy."""
    return [
        {
            "name": text(policy.get("name"), 40),
            "label": text(policy.get("label"), 40) or text(policy.get("name"), 40),
            "help": text(policy.get("help"), 240),
        }
        for policy in objects(answer.get("policies"))
    ]


def movie(value: object) -> Json:
    """A film: id, title, year, by (directors), poster (browser path) and palette."""
    film = obj(value)
    year = number(film.get("year"))
    return {
        "id": text(film.get("id"), 128),
        "title": text(film.get("title")),
        "year": str(int(year)) if year is not None else "",
        "by": ", ".join(texts(film.get("directors"), 3)),
        "poster": browser_path(film.get("poster")),
        "palette": palette(film.get("palette")),
    }


def palette(value: object) -> list[Json]:
    """Colours with their shares, largest first, without what is neither."""
    swatches = []
    for entry in objects(value)[:8]:
        share = number(entry.get("share"))
        hex_color = color(entry.get("hex"), "")
        if hex_color and share is not None and share > 0:
            swatches.append({"hex": hex_color, "share": round(min(share, 1.0), 4)})
    return swatches


def suggestions(answer: Json) -> list[Json]:
    """The films of a list, without those that have no id."""
    return [film for film in map(movie, objects(answer.get("movies"))) if film["id"]]


def hits(answer: Json) -> list[Json]:
    """The films that a search found, each with why: `{"kind": "title" or "story", "terms"}`."""
    found = []
    for given in objects(answer.get("movies")):
        film = movie(given)
        match = obj(given.get("match"))
        kind = "story" if match.get("kind") == "story" else "title"
        if film["id"]:
            found.append({**film, "match": {"kind": kind, "terms": texts(match.get("terms"), 4)}})
    return found


def evidence(value: object) -> Json:
    """Why a card is there: pairs of colours with the share they make up, or terms."""
    given = obj(value)
    if given.get("kind") == "swatches":
        pairs = [
            {
                "from": color(pair.get("from"), ""),
                "to": color(pair.get("to"), ""),
                "share": round(min(max(number(pair.get("share")) or 0.0, 0.0), 1.0), 4),
            }
            for pair in objects(given.get("pairs"))[:4]
        ]
        return {"kind": "swatches", "pairs": [p for p in pairs if p["from"] and p["to"]]}
    return {"kind": "terms", "terms": texts(given.get("terms"), 5)}


def cards(ranking: Json) -> list[Json]:
    """The cards of a slate in order of position, each with its source, reason and evidence."""
    films = {film["id"]: film for film in map(movie, objects(ranking.get("ids")))}
    slots = objects(ranking.get("slots"))[:MAX_CARDS]
    shaped = []
    for place, slot in enumerate(slots, start=1):
        film = films.get(text(slot.get("movie_id"), 128))
        if film is None:
            continue
        shaped.append(
            {
                **film,
                "position": place,
                "source": text(slot.get("source"), 40),
                "reason": text(slot.get("reason")),
                "also": texts(slot.get("also"), 3),
                "evidence": evidence(slot.get("evidence")),
            }
        )
    return shaped


def starters(answer: Json) -> list[Json]:
    """The films to begin with, as cards without a source."""
    films = suggestions(answer)[:MAX_CARDS]
    return [{**film, "position": place} for place, film in enumerate(films, start=1)]


def percents(shares: list[float]) -> list[int]:
    """Whole percentages that sum to 100, each within one of its share (largest remainder).

    Args:
        shares: >= 0; all zero counts as even.
    """
    if not shares:
        return []
    total = sum(shares)
    exact = [100 * s / total if total else 100 / len(shares) for s in shares]
    whole = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for index in by_remainder[: 100 - sum(whole)]:
        whole[index] += 1
    return whole


def ranked(answer: Json) -> list[Json]:
    """The films of a personal ranking, best first."""
    return [
        {
            "id": text(film.get("item_id"), 128),
            "title": text(film.get("title")),
            "year": text(film.get("year"), 8),
            "poster": browser_path(film.get("poster")),
            "reason": text(film.get("reason"), 80),
        }
        for film in objects(answer.get("recommendations"))[:5]
    ]
