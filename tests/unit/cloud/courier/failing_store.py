"""Stores that know little, or fail a few times."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING

POOR = dataclasses.replace(
    EVERYTHING,
    part_checksums=False,
    checks_bodies=False,
    conditional_put=False,
    conditional_replace=False,
    conditional_complete=False,
)


"""A store that knows MD5 and nothing newer."""
DUMB = dataclasses.replace(POOR, etag_is_md5=False, keeps_metadata=False)


"""A store that says nothing about what it holds."""


def failing(
    operation: str, code: TroubleCode, times: int = 1, *, from_call: int = 1
) -> Callable[[str, str], None]:
    """Return a hook that has an operation fail a few times."""
    calls = 0

    def hook(name: str, _key: str) -> None:
        nonlocal calls
        if name == operation:
            calls += 1
            if from_call <= calls < from_call + times:
                raise StoreTrouble(code)

    return hook
