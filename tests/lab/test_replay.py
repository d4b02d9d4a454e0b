"""Walking viewers' likes, worked by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.ensemble.policies import PreferencePolicy, StaticPolicy
from backend.lab.replay import Found, PolicyArm, RandomArm, SourceArm, per_query, replay

FILMS = [f"f{number}" for number in range(12)]


def after(liked_id, count):
    """The films that follow one by number."""
    at = FILMS.index(liked_id)
    return (FILMS[at + 1 :] + FILMS[:at])[:count]


def before(liked_id, count):
    """The films before one, nearest first."""
    at = FILMS.index(liked_id)
    return (FILMS[:at][::-1] + FILMS[at + 1 :][::-1])[:count]


def test_later_likes_are_counted_within_the_answer_and_ahead():
    # f0 -> f1 f2: both are liked later, of the next two (f2, f1) both. f2 -> f3 f4: none.
    # f1 -> f3 f4 (f2 is liked already): f4 is next.
    likes = ["f0", "f2", "f1", "f4"]
    assert replay(likes, SourceArm(after), count=2, ahead=2) == Found(3, 2 + 1 + 1)


def test_only_the_next_likes_count():
    likes = ["f0", "f5", "f1"]
    assert replay(likes, SourceArm(after), count=1, ahead=1) == Found(2, 0)
    assert replay(likes, SourceArm(after), count=1, ahead=2) == Found(2, 1)


@pytest.mark.parametrize("likes", [[], ["f3"]])
def test_a_viewer_of_less_than_two_likes_asks_nothing(likes):
    assert replay(likes, SourceArm(after), count=2, ahead=2) == Found(0, 0)


def test_films_liked_already_are_left_out_and_replaced():
    answer = SourceArm(after).answer("f0", {"f0", "f1", "f2"}, 3)
    assert answer == ["f3", "f4", "f5"]


def test_a_static_slate_holds_both_sources():
    arm = PolicyArm(StaticPolicy(), {"up": after, "down": before}, seed=1)
    assert set(arm.answer("f5", {"f5"}, 4)) == {"f6", "f7", "f4", "f3"}


def test_a_policy_that_learns_follows_the_likes():
    arm = PolicyArm(PreferencePolicy(), {"up": after, "down": before}, seed=1)
    liked = {"f0"}
    for film in FILMS[1:8]:
        assert film in arm.answer(FILMS[FILMS.index(film) - 1], liked, 4)
        arm.note(film)
        liked.add(film)
    shares = arm._policy.weights(arm._credits, ["up", "down"])
    assert shares["up"] > 0.7


def test_a_like_that_was_not_shown_is_credited_to_nobody():
    arm = PolicyArm(StaticPolicy(), {"up": after, "down": before}, seed=1)
    arm.answer("f5", {"f5"}, 2)
    arm.note("f0")
    assert arm._credits == []


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(FILMS), unique=True, max_size=12),
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from(["source", "policy", "random"]),
)
def test_no_more_is_found_than_there_is(likes, count, ahead, kind):
    arm = {
        "source": SourceArm(after),
        "policy": PolicyArm(PreferencePolicy(), {"up": after, "down": before}, 3),
        "random": RandomArm(FILMS, 3),
    }[kind]
    result = replay(likes, arm, count, ahead)
    assert 0 <= result.found <= result.queries * min(count, ahead)


def test_random_answers_are_films_that_were_not_liked():
    answer = RandomArm(FILMS, 5).answer("f0", set(FILMS[:8]), 10)
    assert sorted(answer) == sorted(FILMS[8:])


def test_the_mean_is_over_queries_and_the_interval_over_viewers():
    mean, low, high = per_query([Found(10, 5), Found(30, 3), Found(20, 4)])
    assert mean == pytest.approx(12 / 60)
    assert 0.1 <= low <= mean <= high <= 0.5


def test_viewers_alike_leave_no_doubt():
    assert per_query([Found(10, 3)] * 5) == pytest.approx((0.3, 0.3, 0.3))
