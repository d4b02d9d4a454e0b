"""Events of sessions, small and made by hand."""

from backend.ensemble.slate import Slot
from backend.impressions.session import Event, Ranking, ranked

EVEN = {"color": 0.5, "plot": 0.5}


def ranked_event(ranking_id: str, *films: str, at: float = 1.0, anchor: str = "start") -> Event:
    """A ranking that showed `films` (m1 and m2 unless told), by colour and plot in turn."""
    slots = tuple(
        Slot(film, ("color", "plot")[place % 2], 0.5, ())
        for place, film in enumerate(films or ("m1", "m2"))
    )
    return ranked(Ranking(ranking_id, "preference", anchor, EVEN, slots, EVEN, {}, len(slots), at))


def liked(ranking_id: str, film: str, at: float = 2.0) -> Event:
    """A like of a film of a ranking."""
    return Event("liked", at, ranking_id, film, {"source": "color", "exposure": EVEN, "dist": EVEN})
