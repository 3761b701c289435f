"""Caring for the library over HTTP: the bin, the room it takes, the rules of retention, and the rebuild from its folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.uploads import Upload, UploadState
from tests.unit.service.api.kept_replays import changes, keep
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import NOW, asset


def test_a_replay_that_is_removed_leaves_its_file(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        file = tmp_path / "a.mp4"
        file.write_bytes(b"video")
        await keep(world, asset(file=str(file)), asset("as2"))
        assert (await world.client.delete("/api/vod/as1")).json == {
            "ok": True,
            "file": None,
            "message": "Removed from the library; the file stays at its place.",
            "undoToken": None,
        }
        assert (await world.client.delete("/api/vod/as2")).json["message"] == "Removed from the library."
        assert file.read_bytes() == b"video"
        assert (await world.client.get("/api/vod")).json["assets"] == []
        assert (await world.client.delete("/api/vod/as1")).error["code"] == "not-found"
        assert await changes(world) == [("removed", "as1"), ("removed", "as2")]
        assert world.cloud.said == [("removed", "as1"), ("removed", "as2")]

    tell(tmp_path, story)


def test_a_replay_in_the_bin_can_be_taken_back_with_its_file(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        file = tmp_path / "a.mp4"
        file.write_bytes(b"video")
        await keep(world, asset(file=str(file), is_pinned=True))
        removed = (await world.client.send("DELETE", "/api/vod/as1", query="bin=true")).json
        assert (removed["message"], removed["file"]) == ("Moved to the bin.", None)
        assert not file.exists()
        assert (await world.client.get("/api/vod")).json["total"] == 0
        path = "/api/vod/as1/restore"
        assert (await world.client.post(path, {"undoToken": "another"})).status == 404
        back = await world.client.post(path, {"undoToken": removed["undoToken"]})
        assert (back.json["asset"]["isPinned"], file.read_bytes()) == (True, b"video")
        assert (await world.client.post(path, {"undoToken": removed["undoToken"]})).status == 404
        assert await changes(world) == [("removed", "as1"), ("added", "as1")]
        assert world.cloud.said == [("removed", "as1"), ("restored", "as1")]

    tell(tmp_path, story)


def test_how_much_room_replays_take_is_told_with_the_folder_to_this_computer_alone(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, asset(file="/x/a.mp4", size_bytes=7), asset("as2", size_bytes=9))
        told = (await world.client.get("/api/vod/storage")).json
        assert told.pop("freeBytes") > 0
        assert told == {
            "ok": True,
            "usedBytes": 7,
            "reserveBytes": 16 * 1024 * 1024,
            "count": 1,
            "folder": None,
        }

    tell(tmp_path, story)


def test_rules_say_what_they_would_remove_and_take_no_only_copy(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        files = [tmp_path / f"{name}.mp4" for name in ("old", "copied", "new")]
        for number, file in enumerate(files):
            file.write_bytes(b"video")
            await keep(
                world, asset(f"as{number}", file.stem, (-30, -20, -1)[number] * 24 * 3600, file=str(file))
            )
        upload = Upload(asset_id="as1", state=UploadState.SYNCED, changed_at=NOW)
        await world.store.write(lambda tables: tables.uploads.put(upload))
        nothing = {"ok": True, "removes": [], "keeps": [], "freedBytes": 0, "waitingBytes": 0}
        assert (await world.client.get("/api/vod/retention")).json == nothing
        await world.owner.settings.change({"retention.keep_days": 10})
        plan = (await world.client.get("/api/vod/retention")).json
        assert [(each["assetId"], each["reason"]) for each in plan["removes"]] == [("as1", "too-old")]
        assert [(each["assetId"], each["sentence"]) for each in plan["keeps"]] == [
            ("as0", "There is no other copy of it.")
        ]
        assert all(file.exists() for file in files)
        assert (await world.client.post("/api/vod/retention/apply", {})).json == plan
        assert world.cloud.asked == [("evict", "as1")]
        assert [each["waitsForCheck"] for each in plan["removes"]] == [True]
        assert (plan["freedBytes"], plan["waitingBytes"]) == (0, plan["removes"][0]["sizeBytes"])
        assert all(file.exists() for file in files), "its file goes once its copy was verified again"
        world.cloud.refuses = ConflictError("This replay is being worked on.", hint="Wait.")
        answer = await world.client.post("/api/vod/retention/apply", {})
        assert (answer.status, answer.json["removes"]) == (200, [])

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_replay_that_cannot_be_moved_keeps_no_other_from_being_removed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        stuck, free = tmp_path / "full" / "stuck.mp4", tmp_path / "free.mp4"
        stuck.parent.mkdir()
        (stuck.parent / ".bin").write_bytes(b"in the way of the bin")
        for number, file in enumerate((stuck, free)):
            file.write_bytes(b"video")
            await keep(world, asset(f"as{number}", file.stem, (number - 30) * 24 * 3600, file=str(file)))
        await world.owner.settings.change({"retention.keep_days": 10, "retention.allow_only_copy": True})
        answer = await world.client.post("/api/vod/retention/apply", {})
        assert answer.status == 503
        assert "cannot be moved to the bin" in answer.error["message"]
        assert [each["id"] for each in (await world.client.get("/api/vod")).json["assets"]] == ["as0"]
        assert (stuck.exists(), free.exists()) == (True, False)

    tell(tmp_path, story)


def test_only_what_somebody_has_seen_is_removed_and_nothing_that_is_on_its_way_to_the_cloud(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        files = [tmp_path / f"{name}.mp4" for name in ("seen", "unseen", "waiting")]
        for number, file in enumerate(files):
            file.write_bytes(b"video")
            await keep(world, asset(f"as{number}", file.stem, (number - 30) * 24 * 3600, file=str(file)))
        upload = Upload(asset_id="as2", state=UploadState.WAITING, life="waiting", changed_at=NOW)
        await world.store.write(lambda tables: tables.uploads.put(upload))
        await world.owner.settings.change({"retention.keep_days": 10, "retention.allow_only_copy": True})
        plan = (await world.client.get("/api/vod/retention")).json
        assert [(each["assetId"], each["isOnlyCopy"]) for each in plan["removes"]] == [
            ("as0", True),
            ("as1", True),
        ]
        assert [(each["assetId"], each["reason"]) for each in plan["keeps"]] == [("as2", "uploading")]
        wish = {"assetIds": ["as0", "as2"]}
        applied = (await world.client.post("/api/vod/retention/apply", wish)).json
        removed = applied["removes"]
        assert [(each["assetId"], each["waitsForCheck"]) for each in removed] == [("as0", False)]
        assert (applied["freedBytes"], applied["waitingBytes"]) == (removed[0]["sizeBytes"], 0)
        assert [file.exists() for file in files] == [False, True, True]

    tell(tmp_path, story)


def test_a_library_that_was_lost_comes_back_from_its_folder(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        folder = tmp_path / "recordings"
        folder.mkdir()
        (folder / "show.mp4").write_bytes(b"video")
        rebuilt = (await world.client.post("/api/vod/rebuild", {})).json
        assert (len(rebuilt["added"]), rebuilt["moved"], rebuilt["problems"]) == (1, [], [])
        [found] = (await world.client.get("/api/vod")).json["assets"]
        assert (found["id"], found["title"], found["sizeBytes"]) == (rebuilt["added"][0], "show", 5)
        assert (await world.client.post("/api/vod/rebuild", {})).json["added"] == []

    tell(tmp_path, story)
