"""Columns that SQLite has no type for. What does not fit was not written by us: the data is damaged, and that is said."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from powerstream_desktop.service.store.moments import from_ms
from powerstream_desktop.service.store.store_faults import damaged

WordT = TypeVar("WordT", bound=StrEnum)


def word(kind: type[WordT], text: str) -> WordT:
    """Return the member of an enumeration."""
    try:
        return kind(text)
    except ValueError:
        raise damaged(f"{text!r} is no {kind.__name__}") from None


def moment(moment_ms: int) -> datetime:
    """Return the time, in UTC."""
    try:
        return from_ms(moment_ms).astimezone(UTC)
    except OverflowError:
        raise damaged(f"{moment_ms} is no time") from None


def moment_or_none(moment_ms: int | None) -> datetime | None:
    """Return the time, in UTC, if there is one."""
    return None if moment_ms is None else moment(moment_ms)


def day_or_none(text: str | None) -> date | None:
    """Return the day, if there is one."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise damaged(f"{text!r} is no day") from None


def packed(words: Collection[str] | None) -> str | None:
    """Return words as one text, sorted."""
    return None if words is None else json.dumps(sorted(words))


def unpacked(text: str | None) -> frozenset[str] | None:
    """Return the words of ``packed``."""
    if text is None:
        return None
    try:
        words = json.loads(text)
    except ValueError:
        words = None
    if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        raise damaged(f"{text!r} is no list of words")
    return frozenset(words)
