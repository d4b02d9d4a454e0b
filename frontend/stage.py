"""What the stage shows of a viewer's state: one document for each component. No Streamlit."""

from __future__ import annotations

from typing import Any

from frontend import shape, words
from frontend.actions import Actions
from frontend.health import State
from frontend.lobby import Lobby
from frontend.session import LiveSession, counts
from frontend.status import Reading

Json = dict[str, Any]

_STATES: dict[State, str] = {
    "ok": "The recommenders answer promptly.",
    "slow": "The recommenders take more than a second to answer.",
    "down": "The recommenders do not answer; the page tries again every second.",
}


def parts(actions: Actions, house: Lobby, reading: Reading) -> dict[str, Json]:
    """The documents of cards, mix, marquee and header, all of one moment.

    Each has `view`, the secret of the viewer's page, and `turn`, which grows with every answer:
    of two documents with one view, the one with the lesser turn is old.
    """
    session, trouble = actions.session, actions.trouble
    closed = why_closed(reading)
    moment = {"view": actions.view, "turn": session.turn}
    told, urgent = notice(session, trouble, house, reading.state)
    return {
        "cards": {**moment, **cards(session, house, closed)},
        "mix": {**moment, **mix(session, house)},
        "marquee": {
            **moment,
            "liked": shape.movie(session.anchor) if session.anchor else None,
            "offered": _offered(session, house),
            "notice": told,
            "urgent": urgent,
            "closed": bool(closed),
        },
        "header": {**moment, **header(session, house, reading)},
    }


def cards(session: LiveSession, house: Lobby, closed: str) -> Json:
    """The grid.

    Args:
        closed: why nothing can be liked now, "" when it can.

    Returns:
        `films` (`shape.cards` or `shape.starters`), `sources` (`shape.sources`), `ranking_id`
        ("" for films to begin with) and `closed`.
    """
    ranking = session.ranking
    return {
        "films": shape.cards(ranking) if ranking else house.starters,
        "sources": house.sources,
        "ranking_id": shape.text(ranking.get("ranking_id"), 128) if ranking else "",
        "closed": closed,
    }


def mix(session: LiveSession, house: Lobby) -> Json:
    """The mix.

    Returns:
        `parts`, for each source what `shape.sources` gives and its `share` in [0, 1], `percent`
        (whole, summing to 100) and cards `shown`; `likes` that the mix has learned from.
    """
    sources = house.sources
    shares = [session.dist.get(source["name"], 0.0) for source in sources]
    if not any(shares):
        shares = [1 / len(sources) for _ in sources]
    shown = _shown(session)
    return {
        "parts": [
            {
                **source,
                "share": round(share, 4),
                "percent": percent,
                "shown": shown.get(source["name"], 0),
            }
            for source, share, percent in zip(sources, shares, shape.percents(shares), strict=True)
        ],
        "likes": session.likes,
    }


def header(session: LiveSession, house: Lobby, reading: Reading) -> Json:
    """The line at the top.

    Returns:
        `policies` (`shape.policies`), `policy` in force, `likes` that can be undone, `linked`
        (whether there is a link to copy and something to reset), `state` and `state_help`.
    """
    state = reading.state
    # The presenter may have changed it since the lobby was read.
    default_policy = shape.text((reading.status or {}).get("policy"), 40) or house.default_policy
    return {
        "policies": house.policies,
        "policy": session.policy or default_policy,
        "likes": session.likes,
        "linked": session.key is not None,
        "state": state,
        "state_help": _STATES[state],
    }


def why_closed(reading: Reading) -> str:
    """What the placard over the cards says, "" when there is none."""
    if reading.state != "down":
        return ""
    if reading.starting:
        return "The recommenders are starting. The show goes on by itself in a moment."
    return (
        "The recommenders do not answer. What you see stays on screen; liking, searching and "
        "undoing wait until they are back. That is noticed by itself."
    )


def notice(session: LiveSession, trouble: str, house: Lobby, state: State) -> tuple[str, bool]:
    """The sentence above the cards, and whether it tells of a failure."""
    if state == "down":
        # The placard over the cards says it.
        return "", False
    if trouble:
        return trouble, True
    if house.trouble:
        return house.trouble, True
    ranking = session.ranking or {}
    if ranking and not shape.objects(ranking.get("slots")):
        return "You liked the whole programme: no film is left. Undo a like, or reset.", False
    missing = [
        shape.text(entry.get("source"), 40) for entry in shape.objects(ranking.get("missing"))
    ]
    if missing:
        return _missing(missing, house), True
    if ranking.get("recorded") is False:
        return "The store does not answer: films show, likes do not count just now.", True
    if state == "slow":
        return "The recommenders are slow just now: likes count, new cards come late.", False
    return "", False


def _missing(missing: list[str], house: Lobby) -> str:
    labels = {source["name"]: source["label"] for source in house.sources}
    gone = " and ".join(labels.get(name, name) for name in missing)
    left = [label.lower() for name, label in labels.items() if name not in missing]
    if not left:
        return f"{gone} did not answer in time."
    return f"{gone} did not answer in time; these come from {' and '.join(left)} alone."


def _shown(session: LiveSession) -> dict[str, int]:
    return counts(session.ranking.get("shown")) if session.ranking else {}


def _offered(session: LiveSession, house: Lobby) -> list[Json]:
    shown = _shown(session)
    return [
        {**source, "count": count, "words": offer(count, source["verb"])}
        for source in house.sources
        if (count := shown.get(source["name"], 0))
    ]


def offer(count: int, verb: str) -> str:
    """ "seven look like it", from the source's "looks like"."""
    plural = verb
    first, _, rest = verb.partition(" ")
    if count != 1 and first.endswith("s"):
        plural = f"{first[:-1]} {rest}"
    return f"{words.spell(count)} {plural} it"
