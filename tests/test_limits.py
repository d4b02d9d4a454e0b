"""Token buckets on a clock of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import TooMany
from backend.limits import TokenBuckets, address_key


def taken(buckets, times, key="a"):
    """How many of the requests at these times are let through."""
    count = 0
    for now in times:
        try:
            buckets.take(key, now)
        except TooMany:
            continue
        count += 1
    return count


def test_two_seconds_worth_may_come_at_once():
    assert taken(TokenBuckets(5, "session", "X"), [0.0] * 100) == 10


def test_a_bucket_fills_at_its_rate():
    buckets = TokenBuckets(5, "session", "X")
    taken(buckets, [0.0] * 100)
    assert taken(buckets, [1.0] * 100) == 5


def test_keys_do_not_share():
    buckets = TokenBuckets(1, "session", "X")
    assert taken(buckets, [0.0] * 5, "a") == taken(buckets, [0.0] * 5, "b") == 2


def test_a_rate_of_zero_lets_everything_through_and_remembers_nobody():
    buckets = TokenBuckets(0, "session", "X")
    assert taken(buckets, [0.0] * 1000) == 1000
    assert len(buckets) == 0


def test_the_refusal_says_when_to_come_back_and_what_to_set():
    buckets = TokenBuckets(0.25, "session", "RATE_PER_SESSION")
    buckets.take("a", 0.0)
    with pytest.raises(TooMany, match=r"0\.25 times a second.*RATE_PER_SESSION") as caught:
        buckets.take("a", 0.0)
    assert caught.value.retry_after_s == 4
    buckets.take("a", 4.0)


def test_memory_is_bounded_and_the_least_recent_goes_first():
    buckets = TokenBuckets(1, "session", "X", most_keys=3)
    for key in "abcabd":
        buckets.take(key, 0.0)
    assert len(buckets) == 3
    # `c` was forgotten, so it has a full bucket; `a` took two and has none left.
    assert taken(buckets, [0.0] * 5, "c") == 2
    assert taken(buckets, [0.0] * 5, "b") == 0


@given(
    st.floats(0.5, 50),
    st.lists(st.floats(0, 0.5), min_size=1, max_size=200),
)
def test_no_more_than_burst_and_rate_ever_come_through(rate, gaps):
    times, now = [], 0.0
    for gap in gaps:
        now += gap
        times.append(now)
    span = times[-1] - times[0]
    assert taken(TokenBuckets(rate, "x", "X"), times) <= max(1, 2 * rate) + rate * span + 1e-6


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("127.0.0.1", None),
        ("127.8.9.10", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_an_address_has_one_bucket_however_it_is_written(address, key):
    assert address_key(address) == key
