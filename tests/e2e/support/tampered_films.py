"""Films that were tampered with, and the media processes that are given them (S38)."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.library.workshop.jobs import LISTEN, LOOK, PICTURES, READ_ALL, Job, JobResult
from powerstream_desktop.library.workshop.workshop import Workshop
from tests.fuzz.mutator import mutated
from tests.integration.library.drawn_films import Film, make_film

AT_ONCE = 3
WORK = {"probe": LOOK, "pictures": PICTURES, "waveform": LISTEN, "verify": READ_ALL}
MADE = frozenset({"thumbnail.jpg", "strip.jpg"})
_BOXES = (
    b"moov",
    b"trak",
    b"stsd",
    b"stts",
    b"stsz",
    b"stco",
    b"stsc",
    b"avcC",
    b"mdhd",
    b"elst",
    b"mp4a",
    b"esds",
)
_NASTY = (0, 1, 7, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1000_0000)
_LONGEST = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tampered:
    """What became of some films.

    Attributes:
        read: how many could be worked on nevertheless.
        refused: how many were told to be damaged, or no films at all.
        ended: how many ended their process, or were ended with it.
        longest_s: of the work on one.
        confinement: what held for each that could be worked on.
        broken: promises that were not kept, in words.
    """

    read: int
    refused: int
    ended: int
    longest_s: float
    confinement: frozenset[tuple[str, ...]]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _End:
    result: JobResult | PowerStreamError
    took_s: float


def tamper(count: int, seed: int, folder: Path) -> Tampered:
    """Give so many films to media processes, each to one, and look at what is left; ``folder`` is empty."""
    files, places = folder / "files", folder / "places"
    for each in (files, places):
        each.mkdir()
    whole = _whole_films(folder)
    rng = random.Random(seed)
    content = [_tampered(rng, whole) for _ in range(count)]
    for number, film in enumerate(content):
        (files / f"{number}.mp4").write_bytes(film)
    ends = asyncio.run(_all_tried(files, places, count))
    broken = [f"film {number}: {each.result!r}" for number, each in enumerate(ends) if _is_a_fault(each)]
    broken += [
        f"film {number} was changed" for number, each in enumerate(content) if _of(files, number) != each
    ]
    made = {path.name for place in places.iterdir() for path in place.iterdir()}
    broken += [f"{name} was written" for name in made - MADE]
    errors = [each.result for each in ends if isinstance(each.result, PowerStreamError)]
    ended = sum("breaks what reads it" in each.title or "too long" in each.title for each in errors)
    return Tampered(
        read=count - len(errors),
        refused=len(errors) - ended,
        ended=ended,
        longest_s=max(each.took_s for each in ends),
        confinement=frozenset(each.result.confinement for each in ends if isinstance(each.result, JobResult)),
        broken=tuple(broken),
    )


def _is_a_fault(end: _End) -> bool:
    return isinstance(end.result, PowerStreamError) and end.result.fault is not Fault.USER


def _of(files: Path, number: int) -> bytes:
    return (files / f"{number}.mp4").read_bytes()


def _whole_films(folder: Path) -> list[bytes]:
    film = Film(seconds=2, width=96, height=64)
    return [make_film(folder / name, film).read_bytes() for name in ("a.mp4", "a.mkv", "a.flv", "a.ts")]


def _tampered(rng: random.Random, whole: Sequence[bytes]) -> bytes:
    """Return a film that was cut off, had a hole, lies about its tables, or met any accident."""
    film = bytearray(rng.choice(whole))
    match rng.randrange(5):
        case 0:
            return bytes(film[: rng.randrange(len(film))])
        case 1:
            start = rng.randrange(len(film))
            film[start : start + 4096] = bytes(len(film[start : start + 4096]))
        case 2:
            for _ in range(rng.randint(1, 4)):
                place = film.find(rng.choice(_BOXES))
                if place > 0:
                    inside = place + 4 * rng.randint(-1, 8)
                    film[inside : inside + 4] = rng.choice(_NASTY).to_bytes(4, "big")
        case 3:
            for _ in range(rng.randint(1, 200)):
                film[rng.randrange(len(film))] = rng.randrange(256)
        case _:
            return mutated(rng, whole, _LONGEST)
    return bytes(film)


async def _all_tried(files: Path, places: Path, count: int) -> list[_End]:
    workshop = Workshop(at_once=count)
    turns = asyncio.Semaphore(AT_ONCE)

    async def tried(number: int) -> _End:
        kind = tuple(WORK)[number % len(WORK)]
        place = places / str(number)
        place.mkdir()
        job = Job(kind=kind, file=files / f"{number}.mp4", folder=place, limits=WORK[kind])
        async with turns:
            began_s = time.monotonic()
            try:
                result: JobResult | PowerStreamError = await workshop.run(job)
            except PowerStreamError as error:
                result = error
            return _End(result, time.monotonic() - began_s)

    try:
        return list(await asyncio.gather(*(tried(number) for number in range(count))))
    finally:
        await workshop.aclose()
