"""What is special about a folder as a store: disks that go away, leave off or know no links, and two computers at once."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.object_store import folder_files
from powerstream_desktop.cloud.object_store.folder_names import names_of, segment_of
from powerstream_desktop.cloud.object_store.folder_store import OURS
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.errors import UserError
from tests.unit.cloud.object_store.folder_films import (
    FIRST,
    KEY,
    SECOND,
    TEXT,
    begun,
    film_of,
    kind_of,
    no_links,
    opened,
    put_part,
)

# --- crashes --------------------------------------------------------------------------------------------------------


class PowerCutError(BaseException):
    """The program ends here, whatever it meant to do next."""


@pytest.mark.parametrize("step", range(12))
def test_a_crash_at_any_step_of_the_end_leaves_the_upload_or_the_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    upload_id, receipts = begun(opened(tmp_path))
    left = step

    def cut(original: Any) -> Any:
        def maybe(*args: Any, **named: Any) -> Any:
            nonlocal left
            if left == 0:
                raise PowerCutError
            left -= 1
            return original(*args, **named)

        return maybe

    monkeypatch.setattr(os, "fsync", cut(os.fsync))
    monkeypatch.setattr(os, "link", cut(os.link))
    monkeypatch.setattr(Path, "replace", cut(Path.replace))
    monkeypatch.setattr(Path, "unlink", cut(Path.unlink))
    with contextlib.suppress(PowerCutError):
        opened(tmp_path).complete(KEY, upload_id, receipts, only_if_absent=True)
    monkeypatch.undo()
    store = opened(tmp_path)
    there = store.head(KEY)
    if there is None:
        assert [part.receipt() for part in store.parts(KEY, upload_id)] == receipts
        store.complete(KEY, upload_id, receipts, only_if_absent=True)
        there = store.head(KEY)
    assert there is not None
    assert there.metadata == {"ps-sha256": "ab"}
    assert there.parts == 2
    assert b"".join(store.read(KEY)) == FIRST + SECOND
    assert [each.key for each in store.list("")] == [KEY]
    store.abort(KEY, upload_id)
    assert list((tmp_path / OURS / "uploads").iterdir()) == []
    assert [path for path in tmp_path.rglob("*") if path.stat().st_size > len(FIRST)] == [tmp_path / KEY]


def test_a_film_that_became_shorter_on_the_disk_is_found_at_the_end(tmp_path: Path) -> None:
    store = opened(tmp_path)
    upload_id, receipts = begun(store)
    os.truncate(film_of(tmp_path, upload_id), len(FIRST) + 5)
    with pytest.raises(StoreTrouble) as error:
        store.complete(KEY, upload_id, receipts, only_if_absent=True)
    assert kind_of(error) is TroubleCode.DAMAGED
    assert store.head(KEY) is None
    # It is no longer among those that are there, so that it is sent again.
    assert [each.number for each in store.parts(KEY, upload_id)] == [1]
    store.complete(KEY, upload_id, [receipts[0], put_part(store, upload_id, 2, SECOND)], only_if_absent=True)
    assert b"".join(store.read(KEY)) == FIRST + SECOND


@pytest.mark.parametrize("has_links", [True, False])
def test_nobody_writes_into_a_film_that_has_got_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """A crash came behind that; whoever goes on with the upload finds the object instead."""
    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    store = opened(tmp_path)
    upload_id, receipts = begun(store)
    monkeypatch.setattr(store._uploads, "remove", lambda _upload_id: None)
    unlink = Path.unlink
    monkeypatch.setattr(
        Path, "unlink", lambda self, **named: None if self.name == "film" else unlink(self, **named)
    )
    store.complete(KEY, upload_id, receipts, only_if_absent=True)
    for ask in (
        lambda: put_part(store, upload_id, 2, b"other parts"),
        lambda: store.parts(KEY, upload_id),
        lambda: store.complete(KEY, upload_id, receipts, only_if_absent=False),
    ):
        with pytest.raises(StoreTrouble) as error:
            ask()
        assert kind_of(error) is TroubleCode.GONE
    assert b"".join(store.read(KEY)) == FIRST + SECOND


def test_a_part_that_is_there_already_is_compared_and_not_written_again(tmp_path: Path) -> None:
    store = opened(tmp_path)
    upload_id, receipts = begun(store)
    os.utime(film_of(tmp_path, upload_id), (1000, 1000))
    assert put_part(store, upload_id, 2, SECOND) == receipts[1]
    assert film_of(tmp_path, upload_id).stat().st_mtime == 1000
    assert put_part(store, upload_id, 2, b"second pArt") != receipts[1]
    assert film_of(tmp_path, upload_id).stat().st_mtime > 1000
    with pytest.raises(StoreTrouble) as error:
        store.complete(KEY, upload_id, receipts, only_if_absent=True)
    assert kind_of(error) is TroubleCode.DAMAGED


def test_a_part_is_not_there_until_all_of_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)
    upload_id, receipts = begun(store)

    def cut(_descriptor: int) -> None:
        raise PowerCutError

    monkeypatch.setattr(os, "fsync", cut)
    with contextlib.suppress(PowerCutError):
        put_part(store, upload_id, 3, b"third")
    with contextlib.suppress(PowerCutError):
        put_part(store, upload_id, 2, b"other parts")
    monkeypatch.undo()
    assert [part.receipt() for part in store.parts(KEY, upload_id)] == receipts[:1]


def test_what_a_film_has_lost_is_not_there_again_when_it_grows(tmp_path: Path) -> None:
    store = opened(tmp_path)
    upload_id, _ = begun(store)
    os.truncate(film_of(tmp_path, upload_id), 5)
    third = put_part(store, upload_id, 3, b"third")
    assert [part.receipt() for part in store.parts(KEY, upload_id)] == [third]


def test_parts_with_a_hole_between_them_make_no_film(tmp_path: Path) -> None:
    store = opened(tmp_path)
    upload_id, receipts = begun(store)
    third = put_part(store, upload_id, 3, b"third")
    with pytest.raises(StoreTrouble) as error:
        store.complete(KEY, upload_id, [receipts[0], third], only_if_absent=True)
    assert kind_of(error) is TroubleCode.DAMAGED


def test_a_film_is_published_without_being_read_or_written_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)
    upload_id, receipts = begun(store)
    inode = film_of(tmp_path, upload_id).stat().st_ino
    store.complete(KEY, upload_id, receipts, only_if_absent=True)
    assert (tmp_path / KEY).stat().st_ino == inode


def test_an_upload_of_another_key_or_a_made_up_one_is_gone(tmp_path: Path) -> None:
    store = opened(tmp_path)
    upload_id, _ = begun(store)
    for key, asked in (("station/other", upload_id), (KEY, "../.."), (KEY, "0" * 32), (KEY, "")):
        with pytest.raises(StoreTrouble) as error:
            store.parts(key, asked)
        assert kind_of(error) is TroubleCode.GONE
        store.abort(KEY, "../..")
    assert (tmp_path / OURS / "uploads" / upload_id).is_dir()


# --- two computers --------------------------------------------------------------------------------------------------


def test_two_writes_within_one_tick_of_the_disks_clock_have_two_etags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)
    first = store.put(KEY, b"one", **TEXT)
    same_ns = (tmp_path / KEY).stat().st_mtime_ns
    write_aside = folder_files.write_aside

    def coarse(*args: Any) -> Any:
        aside, sha256 = write_aside(*args)
        os.utime(aside, ns=(same_ns, same_ns))
        return aside, sha256

    monkeypatch.setattr("powerstream_desktop.cloud.object_store.folder_store.write_aside", coarse)
    second = store.put(KEY, b"two", if_match=first, **TEXT)
    assert first != second
    with pytest.raises(StoreTrouble) as error:
        store.put(KEY, b"six", if_match=first, **TEXT)
    assert kind_of(error) is TroubleCode.CHANGED


def test_a_disk_without_links_keeps_what_has_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    store = opened(tmp_path)
    store.put(KEY, b"one", if_absent=True, **TEXT)
    with pytest.raises(StoreTrouble) as error:
        store.put(KEY, b"two", if_absent=True, **TEXT)
    assert kind_of(error) is TroubleCode.EXISTS
    assert b"".join(store.read(KEY)) == b"one"
    assert list((tmp_path / OURS / "claims").iterdir()) == []


def test_of_two_who_replace_the_same_one_loses(tmp_path: Path) -> None:
    store = opened(tmp_path)
    etag = store.put(KEY, b"one", **TEXT)
    with folder_files.claimed(tmp_path / OURS / "claims", KEY, etag, TroubleCode.CHANGED):
        with pytest.raises(StoreTrouble) as error:
            store.put(KEY, b"two", if_match=etag, **TEXT)
        assert kind_of(error) is TroubleCode.CHANGED
    store.put(KEY, b"two", if_match=etag, **TEXT)


def test_a_claim_that_a_crash_left_is_void_after_a_minute(tmp_path: Path) -> None:
    store = opened(tmp_path)
    etag = store.put(KEY, b"one", **TEXT)
    claims = tmp_path / OURS / "claims"
    left = folder_files.claimed(claims, KEY, etag, TroubleCode.CHANGED)
    left.__enter__()
    (claim,) = claims.iterdir()
    with pytest.raises(StoreTrouble):
        store.put(KEY, b"two", if_match=etag, **TEXT)
    old = time.time() - folder_files.CLAIM_S - 5
    os.utime(claim, (old, old))
    store.put(KEY, b"two", if_match=etag, **TEXT)
    assert list(claims.iterdir()) == []
    left.__exit__(None, None, None)


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("vod/a.mp4", ("vod", "a.mp4")),
        (".powerstream-store/x", ("%2Epowerstream-store", "x")),
        ("CON/nul.txt", ("%43ON", "%6Eul.txt")),
        ("ends.", ("ends%2E",)),
        ("a b", ("a%20b",)),
        ("é", ("%C3%A9",)),
        ("a%20b", ("a%2520b",)),
    ],
)
def test_keys_become_names_that_every_disk_takes(key: str, names: tuple[str, ...]) -> None:
    assert names_of(key) == names
    assert [segment_of(name) for name in names] == key.split("/")


@pytest.mark.parametrize("name", [".hidden", "a b", "é", "%ff", "%41", "CON", "..", "a%2Fb", "%2e"])
def test_names_that_we_would_not_give_are_not_ours(name: str) -> None:
    assert segment_of(name) is None


def test_a_name_that_no_disk_takes_is_refused() -> None:
    with pytest.raises(UserError):
        names_of("é" * 60)


def test_an_object_lies_under_its_own_name_for_whoever_opens_the_disk(tmp_path: Path) -> None:
    store = opened(tmp_path)
    upload_id, receipts = begun(store)
    store.complete(KEY, upload_id, receipts, only_if_absent=True)
    assert (tmp_path / KEY).read_bytes() == FIRST + SECOND
    store.delete(KEY)
    assert [path.name for path in tmp_path.iterdir()] == [OURS]
