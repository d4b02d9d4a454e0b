"""What every answer carries, whoever makes it: an application, a guard, or the proxy."""

from __future__ import annotations

PROBLEM_TYPE = "application/problem+json"

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    # An answer opened by itself is data: nothing in it runs, loads, or is framed.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-site",
}

FORWARDED_VARIABLE = "DOUBLE_FEATURE_FORWARDED"
"""Set when our HAProxy is in front: it alone says who asks, in X-Forwarded-For."""
