"""The Live page: one viewer's screen, put together from the components.

A click on a card goes to the page's server by a request of its own (`frontend/press.py`), and the
browser draws the answer before this script knows of it. The stage is one fragment, run afterwards
for all that the click did not draw, and at once for everything else a viewer does. The strip at
the foot is another fragment, which runs every second and never waits for the backend.
"""

from __future__ import annotations

import streamlit as st

from frontend import cluster, stage
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
from frontend.lobby import lobby
from frontend.services import services
from frontend.session import LiveSession
from frontend.taste import Taste

_OLD_S = 5.0


def render() -> None:
    """Draw the page for this run of the script."""
    actions = _actions()
    _open_link(actions)
    with section("page"):
        _stage()
        st.fragment(_strip, run_every=services().settings.status_interval_s)()


def _actions() -> Actions:
    if "actions" not in st.session_state:
        actions = Actions(services().api)
        services().viewers.add(actions)
        st.session_state.actions = actions
    kept: Actions = st.session_state.actions
    return kept


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
    reading = services().poller.read()
    state = reading.state
    st.session_state.seen = state
    house = lobby(reachable=state != "down")
    session = actions.session
    parts = stage.parts(actions, house, reading)

    header_place = section("header")
    marquee_place = section("marquee")
    cards_place = section("cards")
    with section("side"):
        mix_place = section("mix")
        history_place = section("history")
        ranked_place = section("ranked")

    # In the order of what a viewer waits for, whatever the order on the page.
    with cards_place:
        cards_view.cards(parts["cards"], on_press=actions.press)
    with mix_place:
        mix_view.mix(parts["mix"])
    with marquee_place:
        marquee_view.marquee(parts["marquee"], on_pick=actions.pick)
    with header_place:
        header_view.header(
            parts["header"],
            on_policy=actions.choose_policy,
            on_undo=actions.undo,
            on_reset=actions.reset,
        )
    with history_place:
        history_view.history(session.history, house.sources)
    with ranked_place:
        _ranked(_taste(), session, state)
    _remember_link(actions, session)


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


def _remember_link(actions: Actions, session: LiveSession) -> None:
    """Keep the address naming the session, so that a refresh opens it again."""
    if session.key:
        if st.query_params.get("session") != session.key:
            st.query_params["session"] = session.key
    elif "session" in st.query_params and session.turn and not actions.unopened:
        del st.query_params["session"]
