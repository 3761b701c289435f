"""Which keys are ours: relative, without ways up, and the same for a store, an address and a file's name."""

from __future__ import annotations

import unicodedata
from typing import Final

from powerstream_desktop.common.errors import BugError

MAX_KEY_BYTES: Final = 1024


def is_good_key(key: str) -> bool:
    """Whether a key may be asked for, and may be believed when a store names it (reliability_security.md 3.7)."""
    try:
        size = len(key.encode("utf-8"))
    except UnicodeEncodeError:
        return False
    return (
        0 < size <= MAX_KEY_BYTES
        and not any(unicodedata.category(sign) in ("Cc", "Cs") or sign == "\\" for sign in key)
        and all(segment not in ("", ".", "..") for segment in key.split("/"))
    )


def checked_key(key: str) -> str:
    """Return the key.

    Raises:
        BugError: it is not one of ours.
    """
    if not is_good_key(key):
        raise BugError("This is no key of an object.", detail=repr(key)[:200])
    return key
