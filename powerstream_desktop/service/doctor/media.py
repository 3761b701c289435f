"""The process that reads films from elsewhere, and what it is kept from on this system."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Final

from powerstream_desktop.library.workshop.workshop import Workshop
from powerstream_desktop.service.doctor.check import Level, Verdict

_KEEPS_FROM: Final = (
    (frozenset({"seccomp", "namespace"}), "reach the network"),
    (frozenset({"landlock"}), "read other files"),
    (frozenset({"rlimit", "job object"}), "take all memory"),
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
    could = [harm for means, harm in _KEEPS_FROM if not means & held]
    if not could:
        return (
            Verdict(
                sentence=f"Films from elsewhere are read by a confined process ({', '.join(sorted(held))})."
            ),
        )
    return (
        Verdict(
            level=Level.WARNING,
            sentence=f"A film that was made to do harm could {' and '.join(could)}: this system confines its reader in part only.",
            remedy="Import films only from people you trust. Linux 5.13 and newer confine it wholly.",
        ),
    )
