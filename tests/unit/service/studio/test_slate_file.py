"""The slate on its way from a file into the relay."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.service.studio.slate_file import SlateFile
from tests.unit.relay.test_slate import GROUP, flv


def read(*paths: Path) -> list[Slate]:
    """Return what a reader makes of files."""

    async def run() -> list[Slate]:
        slates: list[Slate] = []
        reader = SlateFile(slates.append)
        for path in paths:
            reader.ready(path)
        await reader.aclose()
        await reader.aclose()
        return slates

    return asyncio.run(run())


def test_a_slate_is_read_and_handed_on(tmp_path: Path) -> None:
    path = tmp_path / "slate.flv"
    path.write_bytes(flv(*GROUP))
    (slate,) = read(path)
    assert len(slate.pictures) == len(GROUP)


@pytest.mark.parametrize("content", [None, b"", b"no slate at all, but as long as the head of a file"])
def test_a_file_that_is_missing_or_no_slate_is_no_trouble(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "slate.flv"
    if content is not None:
        path.write_bytes(content)
    assert read(path) == []


def test_closing_a_reader_that_reads_nothing_is_done_at_once() -> None:
    assert read() == []
