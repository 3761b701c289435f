"""What is said of the PowerStream server: why nothing goes there, which replays it does not take, and nothing more once it works again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from powerstream_desktop.cloud.backend.backend_wire import WireRequest
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.cloud_standing import ServerStanding
from powerstream_desktop.service.cloud.lost_copies import COPY_MISSING
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.cloud.backend.scripted_server import URL, saying, unreachable
from tests.unit.service.cloud.stage import FILM, GOOD, Computer, tell
from tests.unit.service.vod.stage import until


async def _server(stage: Computer) -> ServerStanding | None:
    return (await stage.room.standing()).server


async def _is_in_trouble(stage: Computer, code: str | None) -> bool:
    server = await _server(stage)
    return server is not None and (None if server.trouble is None else server.trouble.code) == code


async def _is_compared(stage: Computer) -> bool:
    server = await _server(stage)
    return server is not None and server.compared_at is not None and not stage.room.is_busy


def test_without_a_server_or_a_store_nothing_is_said_of_one(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        assert await _server(stage) is None
        await stage.choose(backend_url=URL, kind=CloudKind.OFF)
        assert await _server(stage) is None

    tell(tmp_path, story)


def test_a_token_that_is_missing_is_said_until_it_is_there(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.choose(backend_url=URL)
        await until(lambda: _is_in_trouble(stage, "not_logged_in"))
        await stage.room.log_in(GOOD, None)
        assert await _is_in_trouble(stage, None), "it is there, and nobody was asked yet"
        await until(lambda: _is_compared(stage))
        server = await _server(stage)
        assert server is not None
        assert (server.has_token, server.address) == (True, URL)
        await stage.room.log_out()
        await until(lambda: _is_in_trouble(stage, "not_logged_in"))

    tell(tmp_path, story)


def test_a_trouble_is_said_with_its_remedy_to_all_who_listen_and_is_over_when_the_server_answers(
    tmp_path: Path,
) -> None:
    async def story(stage: Computer) -> None:
        stage.server.faults = [unreachable] * 1000
        await stage.log_in()

        async def is_published() -> bool:
            troubles = [each.server.trouble for each in stage.told if each.server is not None]
            return any(each is not None and each.code == "unreachable" and each.remedy for each in troubles)

        await until(is_published)
        stage.server.faults.clear()
        await until(lambda: _is_in_trouble(stage, None))

    tell(tmp_path, story)


def test_a_token_that_is_refused_is_a_trouble_and_another_one_ends_it(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.choose(backend_url=URL)
        await stage.room.log_in(Secret("wrong"), None)
        await until(lambda: _is_in_trouble(stage, "logged_out"))
        await stage.room.log_in(GOOD, None)
        await until(lambda: _is_in_trouble(stage, None))

    tell(tmp_path, story)


def test_what_answers_and_is_no_server_is_a_trouble(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        stage.server.faults = [saying(200, b"<html>")] * 1000
        await stage.log_in()
        await until(lambda: _is_in_trouble(stage, "strange"))

    tell(tmp_path, story)


def test_a_secret_that_hides_in_a_wrong_address_is_not_shown(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.choose(backend_url="https://me:made-up@replays.example.com/in?token=made-up")
        server = await _server(stage)
        assert server is not None
        assert server.address == "https://replays.example.com"

    tell(tmp_path, story)


def test_a_replay_that_the_server_does_not_take_is_named_until_it_does(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        stage.server.put_in("replay-1", sha256="cd" * 32)
        await stage.film("replay-1", title="Evening show")
        await stage.room.upload("replay-1")

        async def is_named() -> bool:
            server = await _server(stage)
            named = () if server is None else server.refused
            return [(each.title, each.trouble.code) for each in named] == [("Evening show", "other_content")]

        await until(is_named)
        assert await _is_in_trouble(stage, None)
        del stage.server.replays["replay-1"]
        stage.room.sync(confirm=False)
        await stage.becomes("replay-1", UploadState.SYNCED, "acknowledged")
        server = await _server(stage)
        assert server is not None
        assert (server.refused, server.refused_count) == ((), 0)

    tell(tmp_path, story)


def test_what_differs_at_the_server_is_brought_together_by_the_comparison(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1", title="Evening show")
        await until(lambda: _is_compared(stage))
        stage.server.put_in("replay-1", description="Written there")
        stage.room.sync(confirm=False)
        await until(lambda: stage.knows("replay-1", title="Evening show", description="Written there"))

    tell(tmp_path, story)


def test_another_public_address_is_told_by_the_comparison(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1")
        await until(lambda: _is_compared(stage))
        await stage.choose(public_base_url="https://videos.example.com")

        async def is_told() -> bool:
            link = stage.server.replays["replay-1"]["videoUrl"]
            return link is not None and link.startswith("https://videos.example.com/one/vod/replay-1/")

        await until(is_told)

    tell(tmp_path, story)


def test_a_copy_that_is_gone_is_uploaded_again_from_its_file(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        for number in range(3):
            await stage.shared(f"replay-{number}", content=b"film %d" % number * 1000)
        await until(lambda: _is_compared(stage))
        key = next(key for key in stage.courier.bucket.objects if "replay-1/" in key and key.endswith(".mp4"))
        kept = stage.courier.bucket.objects.pop(key)
        stage.room.sync(confirm=False)

        async def is_back() -> bool:
            found = stage.courier.bucket.objects.get(key)
            return found is not None and found[0] == kept[0]

        await until(is_back)
        await stage.becomes("replay-1", UploadState.SYNCED, "acknowledged")
        assert stage.server.made == ["replay-0", "replay-1", "replay-2"]

    tell(tmp_path, story)


def test_a_copy_that_is_gone_without_a_file_here_is_said_and_comes_back(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        for number in range(3):
            await stage.shared(f"replay-{number}", content=b"film %d" % number * 1000)
        await stage.room.evict("replay-1")
        await stage.becomes("replay-1", UploadState.EVICTED)
        await until(lambda: _is_compared(stage))
        key = next(key for key in stage.courier.bucket.objects if "replay-1/" in key and key.endswith(".mp4"))
        kept = stage.courier.bucket.objects.pop(key)
        stage.room.sync(confirm=False)

        async def says(code: str | None) -> bool:
            upload = await stage.upload("replay-1")
            assert upload is not None
            assert upload.state is UploadState.EVICTED
            return (None if upload.trouble is None else upload.trouble.code) == code

        await until(lambda: says(COPY_MISSING.code))
        server = await _server(stage)
        assert server is not None
        assert server.missing == 1
        stage.courier.bucket.objects[key] = kept
        stage.room.sync(confirm=False)
        await until(lambda: says(None))

    tell(tmp_path, story)


def test_a_bucket_that_lists_nothing_is_doubted_and_nothing_is_uploaded_again(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        file = await stage.shared("replay-1")
        await until(lambda: _is_compared(stage))
        stage.courier.bucket.objects.clear()
        stage.room.sync(confirm=False)
        await until(lambda: _is_in_trouble(stage, "doubtful-list"))
        assert await stage.is_in("replay-1", UploadState.SYNCED)
        assert file.read_bytes() == FILM
        assert stage.server.asked("DELETE") == []

    tell(tmp_path, story)


def test_a_server_is_tried_out_when_asked_and_what_waits_is_told_when_it_answers(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        with pytest.raises(ConflictError):
            await stage.room.try_server()
        await stage.choose(backend_url=URL)
        missing = (await stage.room.try_server()).trouble
        assert missing is not None
        assert missing.code == "not_logged_in"
        stage.server.faults = [saying(403, {})] * 2
        await stage.room.log_in(GOOD, None)
        await until(lambda: _is_in_trouble(stage, "forbidden"))
        refused = (await stage.room.try_server()).trouble
        assert refused is not None
        assert refused.code == "forbidden"
        assert (await stage.room.try_server()).trouble is None
        await until(lambda: _is_in_trouble(stage, None))

    tell(tmp_path, story)


def test_how_far_the_servers_clock_is_ahead_is_found_out(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        stage.server.now_s = time.time() + 600
        assert (await stage.room.try_server()).clock_offset_s == pytest.approx(600, abs=60)

    tell(tmp_path, story)


def test_a_comparison_that_is_wanted_while_one_goes_on_is_made_after_it(tmp_path: Path) -> None:
    async def story(stage: Computer) -> None:
        await stage.log_in()
        await stage.shared("replay-1", title="Evening show")
        await until(lambda: _is_compared(stage))
        asked = len(_lists(stage))
        stage.room.sync(confirm=False)
        await until(lambda: _is_listed(stage, asked + 1))
        stage.room.sync(confirm=False)
        await until(lambda: _is_listed(stage, asked + 2))

    tell(tmp_path, story)


def _lists(stage: Computer) -> list[WireRequest]:
    return [each for each in stage.server.asked("GET") if "?" in each.url]


async def _is_listed(stage: Computer, times: int) -> bool:
    return len(_lists(stage)) >= times
