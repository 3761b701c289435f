"""What the computers of a station learn of each other's replays: by the manifests in the bucket alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from powerstream_desktop.cloud.manifests.sync_pass import MAX_ROUNDS
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.service.cloud import sync_desk
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.stage import FILM, Computer, tell, tell_two
from tests.unit.service.vod.stage import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

    from powerstream_desktop.cloud.object_store.stored_words import StoredObject

ONE = "replay-one"
PICTURE = b"\xff\xd8\xff picture"


async def pass_at(*computers: Computer) -> None:
    """Have a pass run at each, one after the other."""
    for each in computers:
        each.room.sync(confirm=False)
        await until(partial(_is_at_rest, each))


def _is_at_rest(here: Computer) -> bool:
    return not here.room.is_busy


async def shared(one: Computer, other: Computer, **fields: object) -> Path:
    """Have a replay of one computer be known at another."""
    file = await one.shared(ONE, **fields)
    other.room.sync(confirm=False)
    await until(lambda: other.knows(ONE))
    return file


def test_another_computer_knows_a_replay_as_one_of_the_cloud_only(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await shared(
            one, other, title="Evening", description="Long", duration_ms=60_000, width=1280, height=720
        )
        found = await other.get(ONE)
        assert (found.title, found.description, found.duration_ms, found.width) == (
            "Evening", "Long", 60_000, 1280,
        )  # fmt: skip
        assert (found.file, found.size_bytes, found.sha256 is not None) == (None, len(FILM), True)
        assert await other.is_in(ONE, UploadState.EVICTED)
        assert str(await other.room.link(ONE)).endswith(".mp4")
        assert ("added", ONE) in other.library.told
        assert (await other.room.standing()).cloud_only == 1

    tell_two(tmp_path, story)


def test_a_title_of_any_script_stays_as_it_was_written(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        title = "ライブ\u3000第一夜 \u2013 Où\u202fça\xa0? می\u200cخواهم"
        await shared(one, other, title=title)
        for each in (one, other):
            assert (await each.get(ONE)).title == title

    tell_two(tmp_path, story)


def test_an_edit_of_either_computer_reaches_the_other(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await shared(one, other, title="Evening")
        await other.edit(ONE, title="Morning")
        await pass_at(other, one)
        await until(lambda: one.knows(ONE, title="Morning"))
        await one.edit(ONE, description="Said here")
        await pass_at(one, other)
        await until(lambda: other.knows(ONE, title="Morning", description="Said here"))
        assert await one.knows(ONE, title="Morning", description="Said here")

    tell_two(tmp_path, story)


def test_a_text_that_loses_against_another_is_kept_with_whose_it_was(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await shared(one, other, title="Evening")
        away = StoreTrouble(TroubleCode.UNREACHABLE)
        one.courier.trouble = other.courier.trouble = away
        await one.edit(ONE, title="By one")
        await other.edit(ONE, title="By the other")
        await until(lambda: not one.room.is_busy and not other.room.is_busy)
        one.courier.trouble = other.courier.trouble = None
        await pass_at(one, other, one)
        titles = {(await each.get(ONE)).title for each in (one, other)}
        assert len(titles) == 1
        [winner] = titles
        [loser] = {"By one", "By the other"} - {winner}
        for each in (one, other):
            lost = await each.library.store.read(lambda tables: tables.cloud.lost_texts(ONE))
            assert [(text.field, text.value) for text in lost] == [("title", loser)]
            assert lost[0].device == ("A" if loser == "By one" else "B")

    tell_two(tmp_path, story)


def test_markers_come_and_go_with_their_replay(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await shared(one, other)
        mark = Marker(id="marker-1", asset_id=ONE, offset_ms=500, label="Goal")
        await one.library.store.write(lambda tables: tables.markers.add(mark))
        one.library.vod.changed(ONE)
        await pass_at(one, other)

        async def labels() -> list[str]:
            found = await other.library.store.read(lambda tables: tables.markers.of_assets([ONE]))
            return [each.label for each in found[ONE]]

        assert await labels() == ["Goal"]
        await other.library.store.write(lambda tables: tables.markers.remove("marker-1"))
        other.library.vod.changed(ONE)
        await pass_at(other, one)
        found = await one.library.store.read(lambda tables: tables.markers.of_assets([ONE]))
        assert found[ONE] == ()

    tell_two(tmp_path, story)


def test_a_picture_goes_with_its_replay(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        (tmp_path / "a" / "pictures").mkdir()
        (tmp_path / "a" / "pictures" / "own.jpg").write_bytes(PICTURE)
        await shared(one, other, thumbnail="own.jpg")
        await until(partial(_comes, other))
        assert (tmp_path / "b" / "pictures" / f"thumbnail-{ONE}.jpg").read_bytes() == PICTURE

    tell_two(tmp_path, story)


async def _comes(other: Computer) -> bool:
    """Have passes run until the picture is there: it may be brought behind the first word of its replay."""
    await pass_at(other)
    return await other.knows(ONE, thumbnail=f"thumbnail-{ONE}.jpg")


def test_what_is_no_picture_is_neither_brought_nor_taken(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        (tmp_path / "a" / "pictures").mkdir()
        (tmp_path / "a" / "pictures" / "own.jpg").write_bytes(b"<html>")
        await shared(one, other, thumbnail="own.jpg")
        assert not any(key.endswith(".jpg") for key in one.courier.bucket.objects)
        assert (await other.get(ONE)).thumbnail is None

    tell_two(tmp_path, story)


def test_a_removal_takes_a_replay_from_all_computers_but_no_file_from_any(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        file = await shared(one, other)
        await other.library.store.write(lambda tables: tables.assets.remove(ONE))
        other.library.vod.tell("removed", ONE)
        await other.room.removed(ONE)
        await pass_at(other, one)
        assert not await other.knows(ONE)
        assert file.read_bytes() == FILM
        assert (await one.get(ONE)).file == str(file), "what has its file here stays, as this computer's own"
        await until(lambda: _is_forgotten(one))
        await pass_at(one, other)
        assert not await other.knows(ONE)

    tell_two(tmp_path, story)


def test_a_replay_that_another_computer_removed_is_there_for_all_again_once_it_is_uploaded_anew(
    tmp_path: Path,
) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await shared(one, other)
        await other.library.store.write(lambda tables: tables.assets.remove(ONE))
        other.library.vod.tell("removed", ONE)
        await other.room.removed(ONE)
        await pass_at(other, one)
        await until(lambda: _is_forgotten(one))
        await one.room.upload(ONE)
        await until(lambda: _is_known_again(one, other))

    async def _is_known_again(one: Computer, other: Computer) -> bool:
        await pass_at(one, other)
        return await other.knows(ONE)

    tell_two(tmp_path, story)


async def _is_forgotten(one: Computer) -> bool:
    return await one.upload(ONE) is None


def test_a_replay_that_only_a_rule_took_comes_back_as_one_of_the_cloud(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE, title="Evening")
        await here.library.store.write(lambda tables: tables.assets.remove(ONE))
        here.library.vod.tell("removed", ONE)
        await pass_at(here)
        await until(lambda: here.knows(ONE, title="Evening", file=None))
        assert await here.is_in(ONE, UploadState.EVICTED)

    tell(tmp_path, story)


def test_a_bucket_that_is_suddenly_empty_is_asked_about_and_filled_only_then(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        del here.courier.bucket.objects[f"one/manifests/{ONE}.json"]
        await pass_at(here)
        await until(lambda: bool(here.told) and bool(here.told[-1].questions))
        [question] = (await here.room.standing()).questions
        assert (question.code, question.count) == ("emptyStore", 1)
        assert await here.knows(ONE)
        here.room.sync(confirm=True)
        await until(lambda: f"one/manifests/{ONE}.json" in here.courier.bucket.objects)
        await until(lambda: here.told[-1].questions == ())

    tell(tmp_path, story)


def test_settings_of_other_things_have_nothing_compared(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await pass_at(here)
        await here.room.settings_changed(Settings())
        assert not (await here.room.standing()).is_comparing
        await here.choose(prefix="another/")
        assert (await here.room.standing()).is_comparing

    tell(tmp_path, story)


def test_a_yes_while_a_pass_runs_is_carried_out_by_the_next(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        del here.courier.bucket.objects[f"one/manifests/{ONE}.json"]
        await pass_at(here)
        await until(lambda: bool(here.told) and bool(here.told[-1].questions))
        listed, answers = here.courier.list_objects, [True]

        async def listed_meanwhile(prefix: str, after: str = "") -> AsyncIterator[tuple[StoredObject, ...]]:
            async for each in listed(prefix, after):
                yield each
            if answers:
                here.room.sync(confirm=answers.pop())

        here.courier.list_objects = listed_meanwhile  # type: ignore[method-assign]
        here.room.sync(confirm=False)
        await until(lambda: f"one/manifests/{ONE}.json" in here.courier.bucket.objects)
        assert answers == []

    tell(tmp_path, story)


def test_an_edit_at_the_very_moment_of_a_pass_is_not_overwritten(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await shared(one, other, title="Evening")
        await other.edit(ONE, description="From the other")
        await pass_at(other)
        # Nobody has told the desk yet.
        await one.library.store.write(
            lambda tables: tables.assets.put(_named(tables.assets.get(ONE), "Just now"))
        )
        one.room.sync(confirm=False)
        await until(lambda: one.knows(ONE, title="Just now", description="From the other"))
        await pass_at(other)
        await until(lambda: other.knows(ONE, title="Just now", description="From the other"))

    tell_two(tmp_path, story)


def _named(asset: Asset, title: str) -> Asset:
    return replace(asset, title=title)


def test_a_store_that_is_away_is_said_also_while_nothing_is_to_be_uploaded(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        here.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        await pass_at(here)
        await until(lambda: is_in_trouble(here, TroubleCode.UNREACHABLE))
        here.courier.trouble = None
        await pass_at(here)
        await until(lambda: is_in_trouble(here, None))

    async def is_in_trouble(here: Computer, code: str | None) -> bool:
        trouble = (await here.room.standing()).trouble
        return (None if trouble is None else trouble.code) == code

    tell(tmp_path, story)


def test_a_comparison_is_said_to_go_on_until_it_has_come_to_its_end(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        await until(lambda: not here.room.is_busy)
        before = await here.room.standing()
        assert not before.is_comparing
        here.courier.clock_offset_s = 60.0
        here.room.sync(confirm=False)
        assert (await here.room.standing()).is_comparing
        await until(lambda: _is_over(here))
        after = await here.room.standing()
        assert before.synced_at is not None
        assert after.synced_at is not None
        assert after.synced_at > before.synced_at

    async def _is_over(here: Computer) -> bool:
        return not (await here.room.standing()).is_comparing

    tell(tmp_path, story)


def test_what_could_not_be_written_because_others_were_quicker_each_time_is_tried_again_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_desk, "AGAIN_S", 0.01)

    async def at_once(_number: int) -> None:
        """The rounds of a pass follow each other."""

    monkeypatch.setattr(sync_desk, "_pause", at_once)

    async def story(here: Computer) -> None:
        await here.shared(ONE)
        await until(lambda: not here.room.is_busy)
        write = here.courier.write_object
        refused: list[str] = []

        async def outrun(key: str, data: bytes, **options: Any) -> str:
            if len(refused) < MAX_ROUNDS:
                refused.append(key)
                raise StoreTrouble(TroubleCode.CHANGED)
            return await write(key, data, **options)

        here.courier.write_object = outrun  # type: ignore[method-assign]
        await here.edit(ONE, title="Said in the end")
        await until(
            lambda: any(b"Said in the end" in data for data, _ in here.courier.bucket.objects.values())
        )
        assert len(refused) == MAX_ROUNDS

    tell(tmp_path, story)
