"""V24 on a disk that is really full: what comes back from the cloud does not fit any more, and nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.downloading import SPARE_BYTES, download
from powerstream_desktop.cloud.object_store.object_store import READ_BYTES
from powerstream_desktop.cloud.uploads.part_plan import PartPlan
from powerstream_desktop.common.errors import SystemFault
from tests.integration.small_disk import fill, may_mount, small_disk
from tests.unit.cloud.courier.bench import Bench

pytestmark = may_mount

SIZE = 8 * READ_BYTES + 5
LEFT_BYTES = READ_BYTES


def test_a_disk_that_another_program_fills_meanwhile_is_said_and_the_film_comes_when_there_is_room(
    tmp_path: Path,
) -> None:
    bench = Bench(tmp_path, size_bytes=SIZE)
    bench.upload(plan=lambda size: PartPlan(size_bytes=size, part_bytes=size))
    read = bench.store.read
    folder = tmp_path / "disk"
    folder.mkdir()

    def filled_meanwhile(key: str, *, first: int = 0, size_bytes: int | None = None) -> Iterator[bytes]:
        for number, piece in enumerate(read(key, first=first, size_bytes=size_bytes)):
            if number == 1:
                fill(folder, left_bytes=LEFT_BYTES)
            yield piece

    with small_disk(folder, SPARE_BYTES + 2 * SIZE):
        bench.store.read = filled_meanwhile  # type: ignore[method-assign]
        with pytest.raises(SystemFault, match="too full"):
            download(bench.tools(), bench.record, folder / "back.mp4")
        assert [each.name for each in folder.iterdir()] == ["ballast"]
        (folder / "ballast").unlink()
        bench.store.read = read  # type: ignore[method-assign]
        download(bench.tools(), bench.record, folder / "back.mp4")
        assert (folder / "back.mp4").read_bytes() == bench.content
