"""The PowerStream server and the desks: told of what is verified, of edits, and by whom it is logged in; nothing is lost to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.backend.backend import Told
from powerstream_desktop.cloud.backend.texts import Agreement, Texts
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.registration_notes import keep_told
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.cloud.backend.scripted_server import ACCOUNT, URL, registration, unreachable
from tests.unit.service.cloud.stage import FILM, GOOD, Computer, tell, tell_two
from tests.unit.service.store.rows import NOW
from tests.unit.service.vod.stage import until


async def _told(stage: Computer, asset_id: str, **fields: object) -> None:
    await until(lambda: stage.is_told(asset_id, **fields))


def test_a_replay_is_told_once_its_copy_is_verified_and_then_acknowledged(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1", title="Evening show")
        said = stage.server.replays["replay-1"]
        assert (said["title"], said["sizeBytes"]) == ("Evening show", len(FILM))
        assert stage.server.made == ["replay-1"]

    tell(tmp_path, story)


def test_a_replay_that_the_server_does_not_know_yet_is_not_acknowledged(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await until(lambda: _is_asked(stage))
        stage.server.faults = [unreachable] * 1000
        await stage.film("replay-1")
        await stage.room.upload("replay-1")
        await stage.becomes("replay-1", UploadState.SYNCED, "verified")
        asked = len(stage.server.requests)
        await until(lambda: _is_asked(stage, asked))
        assert await stage.is_in("replay-1", UploadState.SYNCED, "verified")
        stage.server.faults.clear()
        stage.room.sync(confirm=False)
        await stage.becomes("replay-1", UploadState.SYNCED, "acknowledged")
        assert stage.server.made == ["replay-1"]

    tell(tmp_path, story)


def test_without_a_server_nobody_is_asked(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.shared("replay-1")
        assert stage.server.requests == []

    tell(tmp_path, story)


def test_what_was_uploaded_before_anybody_logged_in_is_told_then(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.shared("replay-1")
        assert stage.server.made == []
        await stage.log_in()
        await _told(stage, "replay-1")
        assert stage.server.made == ["replay-1"]

    tell(tmp_path, story)


def test_a_server_that_lists_nothing_any_more_is_told_again_and_nothing_is_removed(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        file = await stage.shared("replay-1")
        stage.server.replays.clear()
        stage.room.sync(confirm=False)
        await _told(stage, "replay-1")
        assert file.read_bytes() == FILM
        assert await stage.is_in("replay-1", UploadState.SYNCED, "acknowledged")

    tell(tmp_path, story)


def test_edits_of_both_sides_come_together(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1", title="Evening show")
        await until(stage.is_quiet)
        stage.server.put_in("replay-1", description="Written there")
        await stage.edit("replay-1", title="Named here")
        await _told(stage, "replay-1", title="Named here", description="Written there")
        await until(lambda: stage.knows("replay-1", title="Named here", description="Written there"))
        assert stage.server.made == ["replay-1"]

    tell(tmp_path, story)


def test_a_title_that_both_sides_have_changed_is_ours_and_theirs_is_in_the_history(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1", title="Evening show")
        await until(stage.is_quiet)
        stage.server.put_in("replay-1", title="Named there")
        await stage.edit("replay-1", title="Named here")
        await _told(stage, "replay-1", title="Named here")

        async def is_kept() -> bool:
            lost = await stage.library.store.read(lambda tables: tables.cloud.lost_texts("replay-1"))
            return [(each.field, each.value) for each in lost] == [("title", "Named there")]

        await until(is_kept)
        assert await stage.knows("replay-1", title="Named here")

    tell(tmp_path, story)


def test_another_film_at_the_server_stays_there_and_the_other_replays_are_told(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        stage.server.put_in("replay-1", sha256="cd" * 32)
        await stage.film("replay-1")
        await stage.room.upload("replay-1")
        await stage.shared("replay-2")
        assert stage.server.replays["replay-1"]["sha256"] == "cd" * 32
        assert await stage.is_in("replay-1", UploadState.SYNCED, "verified")

    tell(tmp_path, story)


def test_an_edit_at_another_computer_is_told_by_the_one_that_has_uploaded(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await one.log_in()
        await one.shared("replay-1", title="Evening show")
        other.room.sync(confirm=False)
        await until(lambda: other.knows("replay-1"))
        await other.edit("replay-1", title="Named elsewhere")

        async def is_told() -> bool:
            one.room.sync(confirm=False)
            return await one.is_told("replay-1", title="Named elsewhere")

        await until(is_told)
        assert other.server.requests == []

    tell_two(tmp_path, story)


def test_tokens_are_in_the_place_of_keys_and_gone_when_logged_out(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        with pytest.raises(ConflictError):
            await stage.room.log_in(GOOD, None)
        await stage.log_in()
        kept = await _references(stage)
        assert kept is not None
        assert kept.startswith("backend-")
        await stage.room.log_out()
        assert (await _references(stage), await stage.keys.get(kept)) == (None, None)
        await stage.film("replay-1")
        await stage.room.upload("replay-1")
        await stage.becomes("replay-1", UploadState.SYNCED, "verified")
        assert stage.server.made == []

    tell(tmp_path, story)


def test_replaced_tokens_are_kept(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        stage.server.good_tokens = set()
        stage.server.refreshes = {"once": ("second", "twice")}
        await stage.choose(backend_url=URL)
        await stage.room.log_in(Secret("first"), Secret("once"))
        await stage.shared("replay-1")
        kept = await stage.keys.get(await _references(stage))
        assert kept is not None
        assert "twice" in kept.reveal()

    tell(tmp_path, story)


def test_what_is_no_token_is_refused(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.choose(backend_url=URL)
        with pytest.raises(UserError):
            await stage.room.log_in(Secret("a b"), None)

    tell(tmp_path, story)


async def _is_asked(stage: Computer, before: int = 0) -> bool:
    return len(stage.server.requests) > before


async def _references(stage: Computer) -> str | None:
    return await stage.library.store.read(lambda tables: tables.cloud.fact(CloudFact.BACKEND_KEY_REF))


def test_the_server_is_told_where_everybody_finds_the_film_and_its_picture(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.choose(public_base_url="https://videos.example.com")
        await stage.log_in()
        (tmp_path / "a" / "pictures").mkdir()
        (tmp_path / "a" / "pictures" / "own.jpg").write_bytes(b"\xff\xd8\xff picture")
        await stage.shared("replay-1", thumbnail="own.jpg")
        folder = "https://videos.example.com/one/vod/replay-1"
        await _told(stage, "replay-1", thumbnailUrl=f"{folder}/thumbnail.jpg")
        video = stage.server.replays["replay-1"]["videoUrl"]
        assert video == f"{folder}/{stage.server.replays['replay-1']['sha256'][:16]}.mp4"

    tell(tmp_path, story)


def test_what_was_written_at_the_server_while_it_was_edited_here_is_in_the_history(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.film("replay-1", title="Edited meanwhile")
        said = registration(asset_id="replay-1", title="As we said it")
        new = replace(said, title="Written there")
        told = Told(registration=new, agreement=Agreement(ours=Texts.of(new), theirs=Texts.of(new)), lost=())
        is_edited = await stage.library.store.write(
            lambda tables: keep_told(tables, ACCOUNT, told, said, NOW)
        )
        lost = await stage.library.store.read(lambda tables: tables.cloud.lost_texts("replay-1"))
        assert (is_edited, (await stage.get("replay-1")).title) == (False, "Edited meanwhile")
        assert [(each.field, each.value) for each in lost] == [("title", "Written there")]

    tell(tmp_path, story)
