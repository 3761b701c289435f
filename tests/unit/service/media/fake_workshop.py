"""A workshop that knows what is in files beforehand, and remembers what it was asked for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.library.facts import MediaFacts
from powerstream_desktop.library.workshop.results import Pictures, Waveform

FACTS = MediaFacts(
    duration_ms=61_000,
    size_bytes=1000,
    container="mp4",
    width=1280,
    height=720,
    fps=30.0,
    video_codec="h264",
    audio_codec="aac",
    audio_channels=2,
    sample_rate=48000,
    bitrate_kbps=4000,
)
DAMAGED = UserError("It is damaged.")


@dataclass
class FakeWorkshop:
    """Does everything at once, unless it is told to wait or to refuse."""

    facts: MediaFacts = FACTS
    refuses: dict[str, PowerStreamError] = field(default_factory=dict)
    """By kind of work, or by name of file."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    gate: asyncio.Event | None = None
    """Work waits for it."""
    left_off: list[str] = field(default_factory=list)
    """Work that was cancelled."""

    async def probe(self, file: Path) -> MediaFacts:
        await self._do("probe", file)
        return self.facts

    async def pictures(self, file: Path, folder: Path) -> Pictures:
        await self._do("pictures", file)
        made = Pictures(thumbnail=folder / "thumbnail.jpg", strip=folder / "strip.jpg")
        made.thumbnail.write_bytes(b"\xff\xd8\xff thumbnail")
        made.strip.write_bytes(b"\xff\xd8\xff strip")
        return made

    async def waveform(self, file: Path) -> Waveform:
        await self._do("waveform", file)
        return Waveform(peaks=b"\x00\x80\xff", per_second=10.0)

    async def _do(self, kind: str, file: Path) -> None:
        self.asked.append((kind, file.name))
        try:
            if self.gate is not None:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.left_off.append(kind)
            raise
        for sign in (kind, file.name):
            if sign in self.refuses:
                raise self.refuses[sign]

    def kinds_of(self, name: str) -> list[str]:
        return [kind for kind, file in self.asked if file == name]
