"""A removal can be taken back for a while; then the file is in the system's bin, and never simply gone."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.library.sidecar import sidecar_path
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.vod import bin_folder
from tests.unit.service.vod.stage import Library, tell, until


async def is_empty(library: Library) -> bool:
    return not await library.store.read(lambda tables: tables.asset_bin.contents())


def test_what_is_removed_comes_back_with_what_lay_beside_it(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        await until(lambda: (beside := library.beside(file)) is not None and beside.sha256 is not None)
        before = await library.get("as1")
        bin_ = library.bin()
        token = await bin_.put("as1")
        assert [each.name for each in library.folder.iterdir()] == [bin_folder.FOLDER]
        await bin_.restore("as1", token)
        assert await library.get("as1") == before
        assert library.beside(file) is not None
        assert file.read_bytes() == b"film"
        assert not (library.folder / bin_folder.FOLDER).exists()
        with pytest.raises(UnknownRecordError):
            await bin_.restore("as1", token)
        await bin_.aclose()
        assert [each for each in library.told if each[0] != "changed"] == [
            ("added", "as1"),
            ("removed", "as1"),
            ("added", "as1"),
        ]

    tell(tmp_path, story)


def test_a_file_whose_name_was_taken_meanwhile_comes_back_under_another(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        bin_ = library.bin()
        token = await bin_.put("as1")
        library.film("show.mp4", b"another")
        await bin_.restore("as1", token)
        assert (await library.get("as1")).file == str(library.folder / "show (2).mp4")
        assert (library.folder / "show (2).mp4").read_bytes() == b"film"
        assert file.read_bytes() == b"another"
        await bin_.aclose()

    tell(tmp_path, story)


def test_after_a_while_the_file_is_in_the_systems_bin_under_its_own_name(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        await library.add("as1", library.film("show.mp4"))
        bin_ = library.bin(undo_s=0.0)
        token = await bin_.put("as1")
        await until(lambda: is_empty(library))
        assert (library.system.folder / "show.mp4").read_bytes() == b"film"
        assert list(library.folder.iterdir()) == []
        with pytest.raises(UnknownRecordError):
            await bin_.restore("as1", token)
        await bin_.aclose()

    tell(tmp_path, story)


def test_the_systems_bin_puts_a_file_back_where_it_lay(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        bin_ = library.bin(undo_s=0.0)
        await bin_.put("as1")
        await until(lambda: is_empty(library))
        assert library.system.took == [file]
        await bin_.aclose()

    tell(tmp_path, story)


def test_a_file_whose_name_was_taken_meanwhile_leaves_that_one_alone_on_its_way(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        bin_ = library.bin()
        token = await bin_.put("as1")
        library.film("show.mp4", b"another")
        await bin_.aclose()
        again = library.bin()
        await again.start()
        await until(lambda: is_empty(library))
        assert library.system.took == [library.folder / bin_folder.FOLDER / token / "show.mp4"]
        assert file.read_bytes() == b"another"
        await again.aclose()

    tell(tmp_path, story)


def test_what_a_run_left_in_the_bin_is_moved_on_by_the_next(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        await library.add("as1", library.film("show.mp4"))
        bin_ = library.bin()
        await bin_.put("as1")
        await bin_.aclose()
        assert not await is_empty(library)
        again = library.bin()
        await again.start()
        await until(lambda: is_empty(library))
        assert (library.system.folder / "show.mp4").exists()
        await again.aclose()

    tell(tmp_path, story)


def test_a_replay_whose_removal_was_cut_short_before_its_file_moved_is_in_the_library_again(
    tmp_path: Path,
) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        await library.store.write(lambda tables: tables.asset_bin.put("as1", "token", 1000))
        bin_ = library.bin()
        await bin_.start()
        await until(lambda: is_empty(library))
        assert (await library.get("as1")).file == str(file)
        assert file.exists()
        await bin_.aclose()

    tell(tmp_path, story)


def test_a_file_that_no_bin_takes_stays_and_is_tried_again(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        await library.add("as1", library.film("show.mp4"))
        library.system.refuses = OSError(errno.EROFS, "read-only")
        bin_ = library.bin()
        token = await bin_.put("as1")
        [binned] = await library.store.read(lambda tables: tables.asset_bin.contents())
        await bin_.aclose()
        again = library.bin()
        await again.start()
        place = library.folder / bin_folder.FOLDER / token / "show.mp4"
        with pytest.raises(SystemFault):
            bin_folder.let_go(library.folder / "show.mp4", token, library.system)
        assert place.read_bytes() == b"film"
        await again.aclose()
        library.system.refuses = None
        once_more = library.bin()
        await once_more.start()
        await until(lambda: is_empty(library))
        assert (library.system.folder / "show.mp4").exists()
        assert binned.token == token
        await once_more.aclose()

    tell(tmp_path, story)


def test_a_file_that_cannot_be_moved_stays_in_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)

        def in_use(path: Path, target: Path) -> Path:
            raise PermissionError(errno.EACCES, "in use", str(path), None, str(target))

        monkeypatch.setattr(Path, "rename", in_use)
        with pytest.raises(SystemFault, match="cannot be moved"):
            await library.bin().put("as1")
        assert (await library.get("as1")).file == str(file)
        assert file.exists()

    tell(tmp_path, story)


def test_what_lies_beside_a_file_and_cannot_be_moved_keeps_the_file_neither_out_of_the_bin_nor_in_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "show.mp4"
    file.write_bytes(b"film")
    beside = sidecar_path(file)
    beside.write_text("{}")
    place = tmp_path / bin_folder.FOLDER / "token"
    (place / beside.name).mkdir(parents=True)  # in its way, both there and back
    bin_folder.lay_aside(file, "token")
    assert (file.exists(), (place / file.name).read_bytes()) == (False, b"film")
    assert bin_folder.take_back(file, "token") == file
    assert file.read_bytes() == b"film"


def test_a_replay_whose_file_is_gone_is_removed_all_the_same(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        file.unlink()
        bin_ = library.bin(undo_s=0.0)
        token = await bin_.put("as1")
        await until(lambda: is_empty(library))
        with pytest.raises(UnknownRecordError):
            await bin_.restore("as1", token)
        assert not library.system.folder.exists()
        await bin_.aclose()

    tell(tmp_path, story)


def test_nobody_removes_what_is_not_there(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        with pytest.raises(UnknownRecordError):
            await library.bin().put("gone")

    tell(tmp_path, story)
