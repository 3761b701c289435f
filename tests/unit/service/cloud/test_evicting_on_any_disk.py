"""Files are given up, and given back, also on disks that know neither hard links nor folders that can be made durable."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.stored_film import STORE_MARK
from powerstream_desktop.service.cloud.left_aside import ASIDE
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.stage import FILM, Computer, tell
from tests.unit.service.cloud.test_eviction import BAD, GOOD, ONE, refused
from tests.unit.service.vod.stage import until


@pytest.mark.parametrize(("own", "other"), [(b"", FILM), (FILM, b"")])
def test_a_name_that_only_a_crash_holds_on_a_disk_without_links_is_no_film(
    tmp_path: Path, own: bytes, other: bytes
) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        aside = file.with_name(file.name + ASIDE)
        file.write_bytes(own)
        aside.write_bytes(other)
        await here.room._copies._tools.eviction.put_right()
        assert (file.read_bytes(), aside.exists()) == (FILM, False)

    tell(tmp_path, story)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such thing")
def test_a_disk_that_cannot_make_its_names_durable_gives_files_up_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(descriptor)

    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        monkeypatch.setattr(os, "fsync", fsync)
        here.courier.verdicts = [GOOD, BAD]
        await here.room.evict(ONE)
        assert await refused(here) == "copy-not-good"
        assert file.read_bytes() == FILM
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not file.with_name(file.name + ASIDE).exists())
        assert not file.exists()

    tell(tmp_path, story)


def test_a_file_that_is_itself_a_copy_in_a_store_stays(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        (here.library.folder / "vod" / "another").mkdir(parents=True)
        (here.library.folder / STORE_MARK).mkdir()
        file = here.library.film(f"vod/another/{'0a' * 8}.mp4", FILM)
        await here.library.add(ONE, file)  # by an older version, which imported it
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        await here.room.evict(ONE)
        await refused(here)
        assert ((await here.get(ONE)).file, file.read_bytes()) == (str(file), FILM)

    tell(tmp_path, story)


@pytest.mark.skipif(os.name != "posix", reason="needs a renaming in two steps")
def test_a_disk_that_refuses_what_it_has_done_has_the_file_under_its_own_name_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        unlink, answers_lost = Path.unlink, [file]

        def answer_lost(self: Path, missing_ok: bool = False) -> None:
            unlink(self, missing_ok)
            if self in answers_lost:
                answers_lost.remove(self)
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

        monkeypatch.setattr(Path, "unlink", answer_lost)
        await here.room.evict(ONE)
        await refused(here)
        assert answers_lost == []
        assert (file.read_bytes(), file.with_name(file.name + ASIDE).exists()) == (FILM, False)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)

    tell(tmp_path, story)


def test_a_file_that_is_written_into_by_who_had_it_open_stays(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        aside = file.with_name(file.name + ASIDE)
        verify, written = here.courier.verify, FILM + b"a title that an editor adds"

        async def written_meanwhile(
            record: UploadRecord, file: Path | None = None, level: int = 1
        ) -> Verdict:
            if aside.exists():
                aside.write_bytes(written)
            return await verify(record, file, level)

        here.courier.verify = written_meanwhile  # type: ignore[method-assign,assignment]
        await here.room.evict(ONE)
        assert await refused(here) == "user"
        assert (file.read_bytes(), aside.exists()) == (written, False)

    tell(tmp_path, story)
