"""S38: media files that were tampered with, each given to a media process. Sixty in every run, more by an environment variable."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.library.workshop.jobs import LISTEN, LOOK, PICTURES, READ_ALL, Job, JobResult
from powerstream_desktop.library.workshop.workshop import Workshop
from tests.fuzz.mutator import mutated
from tests.integration.library.drawn_films import Film, make_film

pytestmark = pytest.mark.e2e

COUNT = int(os.environ.get("POWERSTREAM_MUTATED_FILES", "60"))
SEED = int(os.environ.get("POWERSTREAM_MUTATED_SEED", "38"))
AT_ONCE = 3
WORK = {"probe": LOOK, "pictures": PICTURES, "waveform": LISTEN, "verify": READ_ALL}
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


def tampered(rng: random.Random, whole: list[bytes]) -> bytes:
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
            return mutated(rng, whole, 400_000)
    return bytes(film)


def films(folder: Path) -> Iterator[bytes]:
    film = Film(seconds=2, width=96, height=64)
    for name in ("a.mp4", "a.mkv", "a.flv", "a.ts"):
        yield make_film(folder / name, film).read_bytes()


@pytest.mark.timeout(60 + 5 * COUNT)
def test_tampered_films_harm_nobody_but_their_own_process(tmp_path: Path) -> None:
    rng = random.Random(SEED)
    whole = list(films(tmp_path))
    files, outside = tmp_path / "files", tmp_path / "outside"
    files.mkdir()
    outside.mkdir()
    for number in range(COUNT):
        (files / f"{number}.mp4").write_bytes(tampered(rng, whole))
    before = {path.name: path.read_bytes() for path in files.iterdir()}
    ends = asyncio.run(all_tried(files, outside))
    assert len(ends) == COUNT
    assert [end for end in ends if isinstance(end, PowerStreamError) and end.fault is not Fault.USER] == []
    done = [end for end in ends if isinstance(end, JobResult)]
    assert 0 < len(done) < COUNT, "some are to be harmless, and some are not"
    if sys.platform == "linux":
        assert all({"seccomp", "rlimit"} <= set(end.confinement) for end in done)
    assert {path.name: path.read_bytes() for path in files.iterdir()} == before
    made = {path.name for folder in outside.iterdir() for path in folder.iterdir()}
    assert made <= {"thumbnail.jpg", "strip.jpg"}


async def all_tried(files: Path, outside: Path) -> list[JobResult | PowerStreamError]:
    workshop = Workshop(at_once=AT_ONCE)

    async def tried(number: int) -> JobResult | PowerStreamError:
        kind = tuple(WORK)[number % len(WORK)]
        folder = outside / str(number)
        folder.mkdir()
        job = Job(kind=kind, file=files / f"{number}.mp4", folder=folder, limits=WORK[kind])
        try:
            return await workshop.run(job)
        except PowerStreamError as error:
            return error

    try:
        return list(await asyncio.gather(*(tried(number) for number in range(COUNT))))
    finally:
        await workshop.aclose()
