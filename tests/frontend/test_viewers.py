from __future__ import annotations

import gc
from typing import cast

from frontend.actions import Actions
from frontend.api import Api
from frontend.viewers import Viewers


def test_a_viewer_is_found_by_the_secret_of_the_page_alone() -> None:
    viewers, first, second = Viewers(), Actions(cast(Api, None)), Actions(cast(Api, None))
    viewers.add(first)
    viewers.add(second)
    assert first.view != second.view
    assert len(first.view) >= 24
    assert viewers.get(first.view) is first
    assert viewers.get(first.view[:-1]) is None


def test_a_viewer_whose_session_ended_is_forgotten() -> None:
    viewers, actions = Viewers(), Actions(cast(Api, None))
    viewers.add(actions)
    view = actions.view
    del actions
    gc.collect()
    assert viewers.get(view) is None
