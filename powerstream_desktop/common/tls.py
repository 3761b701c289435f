"""How we speak TLS to platforms and cloud stores (rtmp.md 1.15, reliability_security.md 3.6)."""

from __future__ import annotations

import ssl


def verifying_context() -> ssl.SSLContext:
    """Return a context that trusts the system's authorities, checks the host name, and takes nothing older than TLS 1.2."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
