"""Sessions and rankings as answers tell of them; films as ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from backend.ensemble.slate import Slot
from backend.impressions.session import Ranking, Session


def session_answer(
    session_key: str,
    session: Session,
    *,
    policy: str,
    even: Mapping[str, float],
    dist: Mapping[str, float],
) -> dict[str, Any]:
    """The whole state of a session.

    Args:
        policy: the one in force.
        even: its mix before any like.
        dist: its mix now.
    """
    history: list[dict[str, Any]] = [
        {"number": 0, "dist": dict(even), "shown": session.shown_after.get(0)}
    ]
    likes = []
    for number, like in enumerate(session.likes, start=1):
        point = {
            "number": number,
            "movie_id": like.movie_id,
            "source": like.source,
            "dist": like.dist,
        }
        history.append({**point, "shown": session.shown_after.get(number)})
        likes.append({**point, "ranking_id": like.ranking_id, "at": iso_time(like.at)})
    return {
        "session_key": session_key,
        "policy": policy,
        "dist": dict(dist),
        "anchor_id": session.current.anchor_id if session.current else None,
        "likes": likes,
        "history": history,
        "likes_by_source": dict.fromkeys(even, 0) | session.likes_by_source(),
        "shown_total": dict.fromkeys(even, 0) | session.shown_total,
        "ranking": ranking_answer(session.current) if session.current else None,
    }


def ranking_answer(ranking: Ranking) -> dict[str, Any]:
    """One ranking."""
    return {
        "ranking_id": ranking.ranking_id,
        "policy": ranking.policy,
        "anchor_id": ranking.anchor_id,
        "dist": dict(ranking.dist),
        "slots": [_slot_answer(i, slot) for i, slot in enumerate(ranking.slots, start=1)],
        "shown": ranking.shown(),
        "missing": [{"source": s, "why": why} for s, why in ranking.missing.items()],
        "like": dict(ranking.like) if ranking.like else None,
    }


def _slot_answer(position: int, slot: Slot) -> dict[str, Any]:
    return {
        "position": position,
        "movie_id": slot.movie_id,
        "source": slot.source,
        "propensity": round(slot.propensity, 6),
        "also": list(slot.also),
    }


def iso_time(at: float) -> str:
    """Unix seconds as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
