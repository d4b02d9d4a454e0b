"""The Live page: one viewer's screen, put together from the components.

The stage is one fragment: a click runs only it, with one call to the backend, and the cards are
sent to the browser before anything slower begins. The strip at the foot is another fragment that
runs every second and never waits for the backend.
"""

from __future__ import annotations

import streamlit as st

from frontend import cluster, shape, words
from frontend.actions import Actions
from frontend.components import cards as cards_view
from frontend.components import header as header_view
from frontend.components import history as history_view
from frontend.components import marquee as marquee_view
from frontend.components import mix as mix_view
from frontend.components import ranked as ranked_view
from frontend.components import strip as strip_view
from frontend.components.page import section
from frontend.health import State
from frontend.lobby import Lobby, lobby
from frontend.services import services
from frontend.session import LiveSession, counts
from frontend.status import Reading
from frontend.taste import Taste

_OLD_S = 5.0
_STATES: dict[State, str] = {
    "ok": "The recommenders answer promptly.",
    "slow": "The recommenders take more than a second to answer.",
    "down": "The recommenders do not answer; the page tries again every second.",
}


def render() -> None:
    """Draw the page for this run of the script."""
    actions = _actions()
    _open_link(actions)
    with section("page"):
        _stage()
        st.fragment(_strip, run_every=services().settings.status_interval_s)()


def _actions() -> Actions:
    if "actions" not in st.session_state:
        st.session_state.actions = Actions(services().api)
    actions: Actions = st.session_state.actions
    return actions


def _taste() -> Taste:
    if "taste" not in st.session_state:
        st.session_state.taste = Taste()
    taste: Taste = st.session_state.taste
    return taste


def _open_link(actions: Actions) -> None:
    """Reopen the session that the address names, on arrival; again when the backend was away."""
    key = st.query_params.get("session")
    if key and (actions.session.turn == 0 or key == actions.unopened):
        actions.reopen(key)


@st.fragment
def _stage() -> None:
    actions = _actions()
    session = actions.session
    reading = services().poller.read()
    state = reading.state
    st.session_state.seen = state
    house = lobby(reachable=state != "down")

    header_place = section("header")
    marquee_place = section("marquee")
    cards_place = section("cards")
    with section("side"):
        mix_place = section("mix")
        history_place = section("history")
        ranked_place = section("ranked")

    # In the order of what a viewer waits for, whatever the order on the page.
    closed = _why_closed(reading)
    with cards_place:
        _cards(actions, house, closed)
    with mix_place:
        _mix(session, house)
    with marquee_place:
        _marquee(actions, house, state, bool(closed))
    with header_place:
        _header(actions, house, reading)
    with history_place:
        history_view.history(session.history, house.sources)
    with ranked_place:
        _ranked(_taste(), session, state)
    _remember_link(actions)


def _cards(actions: Actions, house: Lobby, closed: str) -> None:
    session = actions.session
    films = shape.cards(session.ranking) if session.ranking else house.starters
    ranking_id = shape.text(session.ranking.get("ranking_id"), 128) if session.ranking else ""
    cards_view.cards(
        films=films,
        sources=house.sources,
        ranking_id=ranking_id,
        turn=session.turn,
        closed=closed,
        on_pick=actions.pick,
        on_like=actions.like,
    )


def _mix(session: LiveSession, house: Lobby) -> None:
    shown = counts(session.ranking.get("shown")) if session.ranking else {}
    mix_view.mix(
        sources=house.sources,
        dist=session.dist,
        shown=shown,
        likes=session.likes,
        turn=session.turn,
    )


def _marquee(actions: Actions, house: Lobby, state: State, closed: bool) -> None:
    session = actions.session
    shown = counts(session.ranking.get("shown")) if session.ranking else {}
    offered = [
        {**source, "count": count, "words": _offer(count, source["verb"])}
        for source in house.sources
        if (count := shown.get(source["name"], 0))
    ]
    notice, urgent = _notice(actions, house, state)
    marquee_view.marquee(
        liked=shape.movie(session.anchor) if session.anchor else None,
        offered=offered,
        notice=notice,
        urgent=urgent,
        closed=closed,
        turn=session.turn,
        on_pick=actions.pick,
    )


def _header(actions: Actions, house: Lobby, reading: Reading) -> None:
    session, state = actions.session, reading.state
    # The presenter may have changed it since the lobby was read.
    default_policy = shape.text((reading.status or {}).get("policy"), 40) or house.default_policy
    header_view.header(
        policies=house.policies,
        policy=session.policy or default_policy,
        likes=session.likes,
        linked=session.key is not None,
        state=state,
        state_help=_STATES[state],
        turn=session.turn,
        on_policy=actions.choose_policy,
        on_undo=actions.undo,
        on_reset=actions.reset,
    )


def _ranked(taste: Taste, session: LiveSession, state: State) -> None:
    """The personal ranking; it may fail alone, and then only its own line says so."""
    if state != "down":
        version = (session.key, session.likes, session.turn)
        taste.ask(services().api, session.key, version, ranked_view.COUNT)
    ranked_view.ranked(films=taste.films, note=taste.note)


def _strip() -> None:
    reading = services().poller.read()
    drawn = cluster.strip(reading.status)
    note = ""
    if reading.state == "down" and not reading.starting:
        note = f"No reading: nobody answers at {services().settings.api_url}"
    elif reading.trouble and reading.age_s > _OLD_S:
        note = "No fresh reading of the deployments; the cards do not depend on it."
    with section("strip"):
        strip_view.strip(deployments=drawn["deployments"], totals=drawn["totals"], note=note)
    if reading.state != st.session_state.get("seen") or _taste().arrived():
        st.rerun()


def _why_closed(reading: Reading) -> str:
    """What the placard over the cards says, "" when there is none."""
    if reading.state != "down":
        return ""
    if reading.starting:
        return "The recommenders are starting. The show goes on by itself in a moment."
    return (
        "The recommenders do not answer. What you see stays on screen; liking, searching and "
        "undoing wait until they are back. That is noticed by itself."
    )


def _notice(actions: Actions, house: Lobby, state: State) -> tuple[str, bool]:
    """The sentence above the cards, and whether it tells of a failure."""
    if state == "down":
        # The placard over the cards says it.
        return "", False
    if actions.trouble:
        return actions.trouble, True
    if house.trouble:
        return house.trouble, True
    ranking = actions.session.ranking or {}
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


def _offer(count: int, verb: str) -> str:
    """ "seven look like it", from the source's "looks like"."""
    plural = verb
    first, _, rest = verb.partition(" ")
    if count != 1 and first.endswith("s"):
        plural = f"{first[:-1]} {rest}"
    return f"{words.spell(count)} {plural} it"


def _remember_link(actions: Actions) -> None:
    """Keep the address naming the session, so that a refresh opens it again."""
    session = actions.session
    if session.key:
        if st.query_params.get("session") != session.key:
            st.query_params["session"] = session.key
    elif "session" in st.query_params and session.turn and not actions.unopened:
        del st.query_params["session"]
