"""How often one session or one address may ask: token buckets in bounded memory.

Plain logic on a clock that is given, so that tests need no waiting.
"""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict

from backend.errors import TooMany

_BURST_S = 2.0


class TokenBuckets:
    """A bucket of tokens for each key; a request takes one.

    A bucket holds two seconds' worth and fills at the rate. The least recently used bucket is
    forgotten when there are too many: by then it is usually full, as a new one is.

    Args:
        per_s: requests per second in the long run; 0 lets everything through.
        what: what a key is, for the message.
        setting: where to change the rate, for the message.
        most_keys: buckets kept.
    """

    def __init__(self, per_s: float, what: str, setting: str, most_keys: int = 10_000) -> None:
        self._per_s = per_s
        self._what = what
        self._setting = setting
        self._most_keys = most_keys
        self._most = max(1.0, per_s * _BURST_S)
        # key -> tokens, and when they were counted
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str, now: float) -> None:
        """Take a token of `key`.

        Args:
            now: seconds on any clock that only goes forward.
        Raises:
            TooMany: none is left; `retry_after_s` says when there is one again.
        """
        if not self._per_s:
            return
        tokens, counted_at = self._buckets.get(key, (self._most, now))
        tokens = min(self._most, tokens + (now - counted_at) * self._per_s)
        if tokens < 1:
            self._buckets[key] = (tokens, now)
            error = TooMany(
                f"one {self._what} may ask {self._per_s:g} times a second; "
                f"wait a moment, or raise {self._setting}"
            )
            error.retry_after_s = max(1, math.ceil((1 - tokens) / self._per_s))
            raise error
        self._buckets[key] = (tokens - 1, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._most_keys:
            self._buckets.popitem(last=False)


def address_key(address: str) -> str | None:
    """The bucket of an address: itself, of IPv6 its /64, which one person has; None for loopback.

    What is no address has a bucket together with all else that is none.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            network = ipaddress.ip_network((int(parsed) >> 64 << 64, 64))
            return None if parsed.is_loopback else str(network)
        parsed = parsed.ipv4_mapped
    return None if parsed.is_loopback else str(parsed)
