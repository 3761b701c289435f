"""Files over HTTP: whole or in part, and never another than the library or the broadcast says (S34)."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.service.multistream.session_request import SessionRequest
from tests.unit.service.api.asgi_client import Reply
from tests.unit.service.api.kept_films import CONTENT, keep, video
from tests.unit.service.api.running_session import running_session
from tests.unit.service.api.service_parts import World, tell

VIDEO = "/api/vod/as1/video"

HOSTILE_NAMES = (
    "..", ".", "", "../secret.m4s", "..%2fsecret.m4s", "%2e%2e/secret.m4s", "..\\secret.m4s", "/etc/passwd", "//etc/passwd",
    "index.m3u8\0", "index.m3u8%00.mp4", "index.m3u8.part", "0.m4s.part", "index.m3u8/", "index.m3u8/..", "./index.m3u8",
    "INDEX.M3U8", "index.m3u8 ", "index.m3u8.", "index.m3u8::$DATA", "index.m3u8:stream", "con", "nul.m4s", "CON.mp4", "lpt1",
    "0.m4s\u202e", "\u202e8u3m.xedni", "0.m4s\n", "\uff10.m4s", "\u0660.m4s", "-1.m4s", "+1.m4s", "1e3.m4s", "0x1.m4s",
    "init-.mp4", "init-0.mp4.part", "init--1.mp4", "init-0.m4s", "secret.m4s", "secret.mp4", "a" * 5000, "9" * 40 + ".m4s",
    "~/x", "~root", "$HOME", "%HOME%", "file:///etc/passwd", "http://evil.example/0.m4s", "0.m4s?x", "0.m4s#x", "0.m4s;x",
    "*.m4s", "[0].m4s", "0.m4s|id", "`id`", "$(id)", "<0>.m4s", "link.m4s", "0..m4s", ".m4s", ".index.m3u8", "index.m3u8~",
)  # fmt: skip


async def ranged(world: World, range_: str, method: str = "GET", **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await world.client.send(method, VIDEO, headers={"range": range_, **named})


def test_a_replay_is_sent_whole_and_in_part(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await video(world, tmp_path)
        whole = await world.client.get(VIDEO)
        assert (whole.status, whole.body) == (200, CONTENT)
        assert whole.headers["content-type"] == "video/mp4"
        assert whole.headers["content-length"] == str(len(CONTENT))
        assert whole.headers["accept-ranges"] == "bytes"
        for range_, start, end in (
            ("bytes=0-9", 0, 10),
            ("bytes=300000-899999", 300_000, 900_000),
            ("bytes=-7", -7, None),
        ):
            part = await ranged(world, range_)
            assert (part.status, part.body) == (206, CONTENT[start:end])
            assert part.headers["content-length"] == str(len(part.body))
        assert part.headers["content-range"] == f"bytes {len(CONTENT) - 7}-{len(CONTENT) - 1}/{len(CONTENT)}"
        beyond = await ranged(world, f"bytes={len(CONTENT)}-")
        assert (beyond.status, beyond.body) == (416, b"")
        assert beyond.headers["content-range"] == f"bytes */{len(CONTENT)}"

    tell(tmp_path, story)


def test_many_ranges_at_once_bring_the_file_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await video(world, tmp_path)
        reply = await ranged(world, "bytes=" + ",".join(["0-"] * 1000))
        assert (reply.status, len(reply.body)) == (200, len(CONTENT))

    tell(tmp_path, story)


def test_head_tells_the_same_without_the_file(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await video(world, tmp_path)
        whole = await world.client.get(VIDEO)
        head = await world.client.send("HEAD", VIDEO)
        assert (head.status, head.body, head.headers) == (200, b"", whole.headers)
        part = await ranged(world, "bytes=5-9", "HEAD")
        assert (part.status, part.body, part.headers["content-length"]) == (206, b"", "5")

    tell(tmp_path, story)


def test_a_part_is_of_the_file_that_the_player_began_with(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        file = await video(world, tmp_path)
        begun = (await world.client.get(VIDEO)).headers
        for mark in (begun["etag"], begun["last-modified"]):
            assert (await ranged(world, "bytes=0-9", if_range=mark)).status == 206
        file.write_bytes(CONTENT + b"more")
        os.utime(file, (1, 1))
        for mark in (begun["etag"], begun["last-modified"]):
            assert (await ranged(world, "bytes=0-9", if_range=mark)).status == 200

    tell(tmp_path, story)


def test_an_empty_file_is_sent_as_one(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await video(world, tmp_path, content=b"")
        assert (await world.client.get(VIDEO)).body == b""
        assert (await ranged(world, "bytes=0-")).status == 416

    tell(tmp_path, story)


def test_what_kind_of_file_it_is_is_told_by_its_name(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for name, kind in (
            ("a.MKV", "video/x-matroska"),
            ("a.html", "application/octet-stream"),
            ("a", "application/octet-stream"),
        ):
            await video(world, tmp_path, name)
            assert (await world.client.get(VIDEO)).headers["content-type"] == kind

    tell(tmp_path, story)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links are others there")
def test_what_is_no_file_of_its_own_is_not_sent(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        secret = tmp_path / "secret"
        secret.write_text("secret")
        places = {name: tmp_path / name for name in ("link.mp4", "pipe.mp4", "folder.mp4", "gone.mp4")}
        places["link.mp4"].symlink_to(secret)
        os.mkfifo(places["pipe.mp4"])
        places["folder.mp4"].mkdir()
        others = (
            "/dev/zero",
            "/dev/stdin",
            "relative.mp4",
            "",
            "nul\0byte",
            "/" + "x" * 5000,
            f"{secret}/below",
        )
        for file in (*map(str, places.values()), *others):
            await keep(world, file=file)
            reply = await world.client.get(VIDEO)
            assert (reply.status, reply.error["code"]) == (404, "not-found"), file
        assert (await world.client.get("/api/vod/gone/video")).status == 404

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_file_that_may_not_be_read_is_a_fault_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_open = os.open

    def refusing(path: Any, *args: Any, **named: Any) -> int:
        if str(path).endswith("show.mp4"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return really_open(path, *args, **named)

    async def story(world: World) -> None:
        await video(world, tmp_path)
        monkeypatch.setattr(os, "open", refusing)
        reply = await world.client.get(VIDEO)
        assert (reply.status, reply.error["code"]) == (503, "system-fault")

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_file_that_becomes_shorter_meanwhile_is_not_made_up(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        file = await video(world, tmp_path)
        reply = await world.client.send("GET", VIDEO, on_part=lambda: os.truncate(file, 0))
        assert 0 < len(reply.body) < len(CONTENT)

    tell(tmp_path, story)


def test_a_replays_picture_is_sent(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        (tmp_path / "pictures").mkdir()
        (tmp_path / "pictures" / "as1.jpg").write_bytes(b"picture")
        (tmp_path / "secret.jpg").write_bytes(b"secret")
        await keep(world, thumbnail="as1.jpg")
        reply = await world.client.get("/api/vod/as1/thumbnail")
        assert (reply.status, reply.body, reply.headers["content-type"]) == (200, b"picture", "image/jpeg")
        for name in (
            None,
            "",
            "../secret.jpg",
            str(tmp_path / "secret.jpg"),
            "as1.html",
            ".jpg",
            "gone.png",
            "a\0.jpg",
        ):
            await keep(world, thumbnail=name)
            assert (await world.client.get("/api/vod/as1/thumbnail")).status == 404, name

    tell(tmp_path, story)


def hls_folder(folder: Path) -> None:
    """Make what a running broadcast writes, and what lies around it."""
    hls = folder / "hls"
    hls.mkdir()
    for name in ("index.m3u8", "init-0.mp4", "0.m4s", "index.m3u8.part", "0.m4s.part", "secret.m4s"):
        (hls / name).write_text(name)
    (folder / "secret.m4s").write_text("secret")
    if sys.platform != "win32":
        (hls / "7.m4s").symlink_to(folder / "secret.m4s")


def test_the_running_broadcast_can_be_watched(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        hls_folder(tmp_path)
        assert (await world.client.get("/live/news/index.m3u8")).status == 404
        world.multistream.running = running_session(SessionRequest())
        for name, kind in (
            ("index.m3u8", "application/vnd.apple.mpegurl"),
            ("init-0.mp4", "video/mp4"),
            ("0.m4s", "video/iso.segment"),
        ):
            reply = await world.client.get(f"/live/news/{name}")
            assert (reply.status, reply.body.decode(), reply.headers["content-type"]) == (200, name, kind)
            assert (await world.client.send("HEAD", f"/live/news/{name}")).body == b""
        assert (await world.client.get("/live/-/index.m3u8")).status == 200, "a broadcast of no station"
        assert (await world.client.get("/live/other/index.m3u8")).status == 404

    tell(tmp_path, story)


def test_no_name_leads_anywhere_else(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        hls_folder(tmp_path)
        world.multistream.running = running_session(SessionRequest())
        for name in (*HOSTILE_NAMES, "7.m4s", "8.m4s"):
            assert (await world.client.get(f"/live/news/{name}")).status == 404, name
        for slug in (*HOSTILE_NAMES, "News", "news ", "news/../news"):
            assert (await world.client.get(f"/live/{slug}/index.m3u8")).status == 404, slug
        for id_ in HOSTILE_NAMES:
            for path in ("", "/video", "/thumbnail", "/markers"):
                assert (await world.client.get(f"/api/vod/{id_}{path}")).status in {404, 422}, id_
        assert all(b"secret" not in reply.body for reply in world.client.replies)

    tell(tmp_path, story)


def test_the_window_is_told_where_a_replays_file_lies(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        file = await video(world, tmp_path)
        reply = await world.client.get("/api/access/replays/as1")
        assert (reply.status, reply.json["file"]) == (200, str(file))

    tell(tmp_path, story)


@pytest.mark.parametrize("file", [None, "show.mp4"])
def test_a_replay_without_a_file_here_has_no_place(tmp_path: Path, file: str | None) -> None:
    async def story(world: World) -> None:
        await keep(world, file=file)
        assert (await world.client.get("/api/access/replays/as1")).status == 404
        assert (await world.client.get("/api/access/replays/unknown")).status == 404

    tell(tmp_path, story)


def test_a_film_that_is_sent_is_played_until_it_has_arrived(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await video(world, tmp_path)
        played = world.played
        seen: list[bool] = []
        await world.client.send("GET", VIDEO, on_part=lambda: seen.append(played.is_played("as1")))
        assert seen
        assert all(seen)
        assert not played.is_played("as1")
        await ranged(world, "bytes=0-9", "HEAD")
        assert not played.is_played("as1")

    tell(tmp_path, story)


def test_the_window_says_that_a_film_is_open_and_when_it_is_closed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        played = world.played
        for _ in range(2):
            assert (await world.client.post("/api/access/replays/as1/playing", {})).status == 200
            assert played.is_played("as1")
        for _ in range(2):
            assert (await world.client.delete("/api/access/replays/as1/playing")).status == 200
            assert not played.is_played("as1")

    tell(tmp_path, story)
