"""What reader and writer both know of chunk headers (rtmp.md 1.3.1, 1.3.2, 1.4)."""

from __future__ import annotations

COMMAND_CSID = 3
AUDIO_CSID = 4
DATA_CSID = 5
VIDEO_CSID = 6

INITIAL_CHUNK_SIZE = 128
"""Bytes of payload in a chunk until a Set Chunk Size says otherwise."""

EXTENDED = 0xFFFFFF
"""A timestamp field with this value is followed by the real one in 32 bits."""

FMT_FULL = 0
FMT_DELTA_ONLY = 2
FMT_NOTHING = 3

MESSAGE_HEADER_SIZES = (11, 7, 3, 0)
"""Size of the message header by fmt, without basic header and extended timestamp."""
