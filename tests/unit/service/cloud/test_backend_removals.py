"""Replays that somebody has removed for everybody: the PowerStream server forgets them, once, and learns of them again when they come back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.cloud.backend.scripted_server import URL, losing_the_answer, unreachable
from tests.unit.service.cloud.stage import FILM, Computer, tell, tell_two
from tests.unit.service.store.rows import NOW
from tests.unit.service.vod.stage import until


async def _remove(stage: Computer, asset_id: str) -> None:
    """Remove a replay as the API does."""
    await stage.library.store.write(lambda tables: tables.assets.remove(asset_id))
    stage.library.vod.tell("removed", asset_id)
    await stage.room.removed(asset_id)


async def _is_forgotten(stage: Computer, asset_id: str) -> bool:
    words = await stage.library.store.read(lambda tables: tables.registrations.words(asset_id))
    return asset_id not in stage.server.replays and words is None


def test_a_removed_replay_is_forgotten_by_the_server_and_asked_for_once(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1")
        await stage.shared("replay-2")
        await _remove(stage, "replay-1")
        await until(lambda: _is_forgotten(stage, "replay-1"))
        stage.room.sync(confirm=False)
        await stage.edit("replay-2", title="Still there")
        await until(lambda: stage.is_told("replay-2", title="Still there"))
        assert len(stage.server.asked("DELETE")) == 1

    tell(tmp_path, story)


def test_an_answer_that_was_lost_is_asked_for_again_and_changes_nothing_more(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1")
        await until(stage.is_quiet)
        stage.server.faults = [unreachable, losing_the_answer, losing_the_answer]
        await _remove(stage, "replay-1")
        await until(lambda: _is_forgotten(stage, "replay-1"))
        assert stage.server.faults == []

    tell(tmp_path, story)


def test_a_removal_of_which_the_server_could_not_be_told_is_told_by_the_next_comparison(
    tmp_path: Path,
) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1")
        await until(stage.is_quiet)
        await stage.choose(backend_url="")
        await _remove(stage, "replay-1")
        assert "replay-1" in stage.server.replays
        await stage.choose(backend_url=URL)
        await until(lambda: _is_forgotten(stage, "replay-1"))

    tell(tmp_path, story)


def test_a_replay_that_is_uploaded_again_is_told_again(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        file = await stage.shared("replay-1")
        await _remove(stage, "replay-1")
        await until(lambda: _is_forgotten(stage, "replay-1"))
        await stage.library.add("replay-1", file)
        await stage.room.upload("replay-1")
        await until(lambda: _is_made(stage, ["replay-1", "replay-1"]))
        await stage.becomes("replay-1", UploadState.SYNCED, "acknowledged")
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


def test_a_removal_that_the_bucket_does_not_say_yet_is_not_told_to_the_server(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1")
        await until(stage.is_quiet)
        stage.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        await _remove(stage, "replay-1")
        stage.room.sync(confirm=False)
        await until(stage.is_quiet)
        assert stage.server.asked("DELETE") == []
        stage.courier.trouble = None
        stage.room.sync(confirm=False)
        await until(lambda: _is_forgotten(stage, "replay-1"))

    tell(tmp_path, story)


def test_a_removal_of_a_computer_that_was_away_for_200_days_is_withdrawn_and_the_server_hears_nothing_of_it(
    tmp_path: Path,
) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1")
        await until(stage.is_quiet)
        stage.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        await _remove(stage, "replay-1")
        long_ago = str(to_ms(NOW - timedelta(days=200)))
        await stage.library.store.write(lambda tables: tables.cloud.keep_fact(CloudFact.SYNCED_MS, long_ago))
        stage.courier.trouble = None
        stage.room.sync(confirm=False)
        await until(lambda: stage.knows("replay-1"))
        stage.room.sync(confirm=False)
        await until(stage.is_quiet)
        assert stage.server.asked("DELETE") == []
        assert "replay-1" in stage.server.replays

    tell(tmp_path, story)


def test_another_film_under_the_id_stays_at_the_server(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1")
        await until(stage.is_quiet)
        stage.server.put_in("replay-1", sha256="cd" * 32)
        await _remove(stage, "replay-1")

        async def is_left_alone() -> bool:
            words = await stage.library.store.read(lambda tables: tables.registrations.words("replay-1"))
            return words is None

        await until(is_left_alone)
        assert stage.server.replays["replay-1"]["sha256"] == "cd" * 32

    tell(tmp_path, story)


def test_what_was_written_there_meanwhile_is_kept(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1", title="Evening show")
        await until(stage.is_quiet)
        stage.server.put_in("replay-1", description="Written there")
        await _remove(stage, "replay-1")
        await until(lambda: _is_forgotten(stage, "replay-1"))
        lost = await stage.library.store.read(lambda tables: tables.cloud.lost_texts("replay-1"))
        assert [(each.field, each.value) for each in lost] == [("description", "Written there")]

    tell(tmp_path, story)


def test_a_removal_at_another_computer_is_told_by_the_one_that_has_uploaded(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await one.log_in()
        await one.shared("replay-1")
        other.room.sync(confirm=False)
        await until(lambda: other.knows("replay-1"))
        await _remove(other, "replay-1")

        async def is_told() -> bool:
            one.room.sync(confirm=False)
            return await _is_forgotten(one, "replay-1")

        await until(is_told)
        assert other.server.requests == []

    tell_two(tmp_path, story)


def test_what_lies_elsewhere_only_is_never_removed_by_a_comparison(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        stage.server.put_in("foreign")
        await stage.log_in()
        await stage.shared("replay-1")
        await until(lambda: _counts(stage, only_there=1))
        assert stage.server.asked("DELETE") == []

    tell(tmp_path, story)


async def _is_made(stage: Computer, made: list[str]) -> bool:
    return stage.server.made == made


async def _counts(stage: Computer, **counts: int) -> bool:
    server = (await stage.room.standing()).server
    return server is not None and all(getattr(server, name) == count for name, count in counts.items())
