"""The process that reads films from elsewhere, and what it is kept from on this system."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Final

from powerstream_desktop.library.workshop.workshop import Workshop
from powerstream_desktop.service.doctor.check import Level, Verdict

_KEEPS_FROM: Final = (
    (frozenset({"seccomp", "namespace"}), "A film that was made to do harm could reach the network."),
    (frozenset({"landlock"}), "A film that was made to do harm could read other files."),
    (frozenset({"rlimit", "job object"}), "A film that was made to do harm could take all memory."),
)


def confinement_here() -> tuple[str, ...]:
    """Start a media process, and return what held in it; blocks for about a second.

    Raises:
        PowerStreamError: it did not work.
    """

    async def ask() -> tuple[str, ...]:
        workshop = Workshop()
        try:
            return await workshop.confinement()
        finally:
            await workshop.aclose()

    return asyncio.run(ask())


def look_at_confinement(ask: Callable[[], Collection[str]] = confinement_here) -> tuple[Verdict, ...]:
    """Look what keeps a film that was made to do harm from doing it."""
    held = frozenset(ask())
    could = [sentence for means, sentence in _KEEPS_FROM if not means & held]
    if not could:
        names = ", ".join(sorted(held))
        return (Verdict(sentence=f"Films from elsewhere are read by a confined process ({names})."),)
    return tuple(
        Verdict(
            level=Level.WARNING,
            sentence=sentence,
            remedy="Import films only from people you trust. Linux 5.13 and newer confine what reads them.",
        )
        for sentence in could
    )
