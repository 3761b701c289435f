"""Who is told how far a transfer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

OnProgress: TypeAlias = Callable[[int, int], None]
"""Takes the bytes that are done, and how many they are in all."""


def nobody(_done_bytes: int, _total_bytes: int) -> None:
    """Take progress that nobody asked for."""
