"""Counts, rates and percentiles."""

import asyncio

import pytest

from backend.telemetry import BOUNDS_MS, Collector, Meter, percentiles


def buckets(**counts):
    """Bucket counts; `b3=2` puts two requests into the bucket from bound 2 to bound 3."""
    result = [0] * (len(BOUNDS_MS) + 1)
    for name, count in counts.items():
        result[int(name[1:])] = count
    return result


def snapshot(
    requests, errors=0, ongoing=0, deployment="Ensemble", replica="a", bucket=30, age_s=1.0
):
    return {
        "age_s": age_s,
        "deployment": deployment,
        "replica": replica,
        "ongoing": ongoing,
        "requests": requests,
        "errors": errors,
        "buckets": buckets(**{f"b{bucket}": requests}),
    }


# Percentiles


def test_percentiles_lie_within_their_bucket_by_rank():
    # 100 requests from bound 9 to bound 10: the 50th is half way, the 95th at 95%.
    low, high = BOUNDS_MS[9], BOUNDS_MS[10]
    found = percentiles(buckets(b10=100))
    assert found == {
        "p50": round(low + 0.50 * (high - low), 2),
        "p95": round(low + 0.95 * (high - low), 2),
        "p99": round(low + 0.99 * (high - low), 2),
    }


def test_percentiles_of_two_buckets_as_worked_by_hand():
    # 90 fast and 10 slow: p50 is 5/9 into the fast bucket, p95 half way into the slow one.
    found = percentiles(buckets(b10=90, b40=10))
    fast, slow = (BOUNDS_MS[9], BOUNDS_MS[10]), (BOUNDS_MS[39], BOUNDS_MS[40])
    assert found["p50"] == pytest.approx(fast[0] + 5 / 9 * (fast[1] - fast[0]), abs=0.01)
    assert found["p95"] == pytest.approx(slow[0] + 0.5 * (slow[1] - slow[0]), abs=0.01)
    assert found["p99"] == pytest.approx(slow[0] + 0.9 * (slow[1] - slow[0]), abs=0.01)


def test_one_request_has_all_percentiles():
    assert set(percentiles(buckets(b0=1))) == {"p50", "p95", "p99"}


def test_the_slowest_bucket_is_shown_as_the_last_bound():
    assert percentiles(buckets(b76=5))["p99"] == pytest.approx(BOUNDS_MS[-1], abs=0.01)


def test_no_requests_have_no_percentiles():
    assert percentiles(buckets()) is None


def test_bounds_grow_by_a_fifth_from_a_tenth_of_a_millisecond():
    assert BOUNDS_MS[0] == pytest.approx(0.1)
    assert BOUNDS_MS[1] / BOUNDS_MS[0] == pytest.approx(1.2)
    assert BOUNDS_MS[-1] > 60_000


# Meter


def test_a_meter_counts_requests_and_errors():
    meter = Meter("Ensemble", "a")
    with meter.measure():
        pass
    with pytest.raises(ValueError, match="bad"), meter.measure():
        raise ValueError("bad")
    counts = meter.snapshot()
    assert (counts["requests"], counts["errors"], counts["ongoing"]) == (2, 1, 0)
    assert sum(counts["buckets"]) == 2


def test_a_meter_knows_what_is_in_flight():
    meter = Meter("Ensemble", "a")
    with meter.measure(), meter.measure():
        assert meter.snapshot()["ongoing"] == 2
        assert meter.snapshot()["requests"] == 0
    assert meter.snapshot()["ongoing"] == 0


def test_a_request_that_was_cancelled_is_no_longer_in_flight():
    meter = Meter("Ensemble", "a")
    with pytest.raises(asyncio.CancelledError), meter.measure():
        raise asyncio.CancelledError
    assert meter.snapshot()["ongoing"] == 0


def test_a_snapshot_does_not_change_later():
    meter = Meter("Ensemble", "a")
    before = meter.snapshot()
    with meter.measure():
        pass
    assert sum(before["buckets"]) == before["requests"] == 0


def reports(send, measured, until):
    """Run a meter that reports every 5 ms, until what was sent satisfies `until`."""
    sent = []

    enough = asyncio.Event()

    async def keep(snapshot):
        sent.append(snapshot)
        if until(sent):
            enough.set()
        await send(len(sent))

    async def body():
        meter = Meter("Ensemble", "a", keep, interval_s=0.005)
        for _ in range(measured):
            with meter.measure():
                pass
        async with asyncio.timeout(5):
            await enough.wait()
        # Time in which a further report would show.
        await asyncio.sleep(0.05)

    asyncio.run(body())
    return sent


async def _delivered(_number):
    return None


async def _fails_at_first(number):
    if number == 1:
        raise ConnectionError("the collector is away")


def test_counts_are_sent_once_when_they_changed():
    sent = reports(_delivered, 3, until=len)
    assert [snapshot["requests"] for snapshot in sent] == [3]
    assert sent[0]["age_s"] > 0


def test_counts_that_did_not_arrive_are_sent_again():
    sent = reports(_fails_at_first, 3, until=lambda sent: len(sent) >= 2)
    assert [snapshot["requests"] for snapshot in sent] == [3, 3]


# Collector


def test_totals_are_those_of_all_replicas():
    collector = Collector()
    collector.add(snapshot(10, 1, 2), 0)
    collector.add(snapshot(20, 2, 3, replica="b"), 0)
    collector.add(snapshot(99, deployment="Other"), 0)
    summary = collector.summary(["Ensemble"], 1)
    assert (summary["requests_total"], summary["errors_total"], summary["ongoing"]) == (30, 3, 5)


def test_a_request_that_outlasts_the_window_is_still_in_flight():
    collector = Collector(window_s=10)
    collector.add(snapshot(5, ongoing=1), 0)
    assert collector.summary(["Ensemble"], 60)["ongoing"] == 1


def test_the_rate_is_that_of_the_window():
    collector = Collector(window_s=10)
    for at, requests in ((0, 100), (5, 150), (12, 180)):
        collector.add(snapshot(requests), at)
    # From the reading at 0, the last one before the window, to that at 12: 80 in ten seconds.
    assert collector.summary(["Ensemble"], 12)["requests_per_s"] == 8.0


def test_a_new_replica_began_at_zero():
    collector = Collector(window_s=10)
    collector.add(snapshot(30), 100)
    assert collector.summary(["Ensemble"], 101)["requests_per_s"] == 3.0


def test_what_a_replica_did_before_the_collector_began_is_no_rate_of_now():
    collector = Collector(window_s=10)
    collector.add(snapshot(30_000, age_s=600), 100)
    first = collector.summary(["Ensemble"], 101)
    assert (first["requests_per_s"], first["requests_total"]) == (0, 30_000)
    assert first["latency_ms"] is None
    collector.add(snapshot(30_050, age_s=601), 101)
    assert collector.summary(["Ensemble"], 101)["requests_per_s"] == 5.0


def test_rate_and_percentiles_end_with_the_window():
    collector = Collector(window_s=10)
    collector.add(snapshot(30), 0)
    assert collector.summary(["Ensemble"], 5)["latency_ms"] is not None
    later = collector.summary(["Ensemble"], 11)
    assert (later["requests_per_s"], later["latency_ms"], later["requests_total"]) == (0, None, 30)


def test_percentiles_are_of_the_window_only():
    collector = Collector(window_s=10)
    collector.add(snapshot(1000, bucket=60), 0)
    newer = snapshot(1010, bucket=60)
    newer["buckets"] = buckets(b60=1000, b10=10)
    collector.add(newer, 15)
    assert collector.summary(["Ensemble"], 16)["latency_ms"]["p99"] < BOUNDS_MS[11]


def test_a_replica_that_is_gone_keeps_its_totals():
    collector = Collector()
    collector.add(snapshot(10, 1, ongoing=1), 0)
    collector.add(snapshot(20, 2, replica="b"), 0)
    collector.forget({"Ensemble": ["b"]})
    summary = collector.summary(["Ensemble"], 1)
    assert (summary["requests_total"], summary["errors_total"], summary["ongoing"]) == (30, 3, 0)
    collector.forget({})
    assert collector.summary(["Ensemble"], 1)["requests_total"] == 30


def test_totals_of_ever_so_many_replicas_that_are_gone_take_no_more_room():
    collector = Collector()
    for number in range(1000):
        collector.add(snapshot(10, 1, replica=str(number)), number)
        collector.forget({})
    summary = collector.summary(["Ensemble"], 1000)
    assert (summary["requests_total"], summary["errors_total"]) == (10_000, 1000)
    assert len(collector._gone) <= 200


def test_a_replica_that_reports_before_it_is_listed_is_counted_once():
    collector = Collector()
    collector.add(snapshot(10, 1), 0)
    collector.forget({"Ensemble": []})
    collector.add(snapshot(15, 1), 1)
    summary = collector.summary(["Ensemble"], 1)
    assert (summary["requests_total"], summary["errors_total"]) == (15, 1)


def test_a_report_that_comes_late_is_counted_once():
    collector = Collector()
    collector.add(snapshot(10), 0)
    for _ in range(2):
        collector.forget({})
        collector.add(snapshot(12), 1)
    collector.forget({})
    assert collector.summary(["Ensemble"], 1)["requests_total"] == 12


def test_only_as_many_snapshots_are_kept_as_the_window_needs():
    collector = Collector(window_s=10)
    for at in range(1000):
        collector.add(snapshot(at), at)
    (replica,) = collector._replicas.values()
    assert len(replica.snapshots) <= 12


def test_deployments_without_counts_have_zeros():
    assert Collector().summary(["Ensemble"], 0) == {
        "requests_total": 0,
        "errors_total": 0,
        "ongoing": 0,
        "requests_per_s": 0,
        "latency_ms": None,
    }
