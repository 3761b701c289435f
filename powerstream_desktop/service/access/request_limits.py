"""How much of everything one may send to the API, and why that much (reliability_security.md 3.3)."""

from __future__ import annotations

from typing import Final

MAX_HEADER_BYTES: Final = 8 * 1024
"""Names and values together; ours are under 1 KiB with the largest token."""
MAX_HEADERS: Final = 64
"""A browser sends about 20."""
MAX_BODY_BYTES: Final = 64 * 1024
"""The largest that the API takes is a studio's scene with its texts; media never goes through it."""
MAX_DISCARDED_BYTES: Final = 4 * 1024 * 1024
DISCARD_S: Final = 1.0
"""How much of a refused body is still taken, and how long, so that its sender gets to read the refusal."""
MAX_CONNECTIONS: Final = 20
"""A window, some Stream Decks and scripts; each event stream holds one."""
HEADER_S: Final = 5.0
"""From a request's first byte to the end of its headers: over loopback that is one packet."""
BODY_S: Final = 10.0
"""From there to the end of its body."""
STALLED_S: Final = 60.0
"""How long a caller may take nothing of an answer that is not out: a computer that was shut keeps its connections open."""
REQUESTS_PER_S: Final = 50.0
"""Of one device, for long. A fader that is dragged sends about 30."""
REQUESTS_AT_ONCE: Final = 100
"""A window that has just started asks for everything."""
MAX_FAILED_TOKENS: Final = 10
"""Within ``FAILED_WINDOW_S``, before the next ones are refused unread."""
FAILED_WINDOW_S: Final = 60.0
FAILED_PAUSE_S: Final = 60.0
SLOW_ANSWER_S: Final = 0.5
"""How long one who asks too often waits for the refusal: with 20 connections no more than 40 refusals a second can be asked for."""
