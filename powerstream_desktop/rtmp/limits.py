"""The limits that remote input must keep: every one is checked before memory is taken.

Where the references differ (``rtmp.md`` 0.11, ``reliability_security.md`` 6.2) the value here is the stricter one that
still lets every known encoder through: 4K key frames need 8 MiB, and peers announce chunk sizes far above 65,536
(nginx-rtmp#1162) without ever sending such chunks, so the size is clamped instead of refused.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_U24 = 0xFFFFFF
MAX_U32 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one connection; sizes in bytes unless the name says otherwise."""

    max_video_message: int = 8 * 1024 * 1024
    max_audio_message: int = 4 * 1024 * 1024
    max_data_message: int = 1024 * 1024
    max_command_message: int = 64 * 1024
    max_control_message: int = 64
    max_chunk_streams: int = 64
    max_chunk_size: int = MAX_U24
    max_partial_bytes: int = 16 * 1024 * 1024
    """Sum of all unfinished messages of a connection."""
    max_partial_bytes_of_strangers: int = 1024 * 1024
    """The same until something is published or played: a key is known by then, and no encoder sends pictures before."""
    max_empty_orphans: int = 16
    """Messages of type 0 and length 0 that fmt 2/3 chunks on a fresh chunk stream make (DJI)."""
    amf_depth: int = 16
    amf_values: int = 4096
    amf_members: int = 1024
    """Properties of one object or ECMA array."""
    max_streams: int = 16
    """createStream calls per connection."""
    max_commands_before_publish: int = 256
    tiny_chunk_budget_per_s: int = 20_000
    """Chunk headers a second, above which the mean chunk must reach ``min_mean_chunk``."""
    tiny_chunk_budget_of_strangers_per_s: int = 1_000
    """The same until something is published or played. A whole house of strangers at their limit takes one round of the relay's
    loop some 30 ms, and an opening in one-byte chunks still fits."""
    min_mean_chunk: int = 64
    handshake_timeout_s: float = 10.0
    command_timeout_s: float = 20.0
    media_idle_timeout_s: float = 30.0


DEFAULT_LIMITS = Limits()
