"""What is said of all uploads together, and what can be wanted of a replay's copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from powerstream_desktop.client.cloud import CloudStanding, Sync, Trouble
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish, has_store, possible_wishes
from powerstream_desktop.desktop.replays.cloud_words import (
    cloud_line,
    is_film_here,
    is_shared,
    sync_words,
    time_left,
    verified_words,
    with_progress,
)
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.replays.fake_client import asset
from tests.unit.desktop.replays.fake_cloud import PROGRESS, STANDING

METERED = Trouble(code="metered", sentence="Uploads wait: this network is metered.", remedy="Change it.")
TROUBLE = Trouble(
    code="unreachable", sentence="The cloud store cannot be reached.", remedy="Check the network."
)
S3 = {"cloud.kind": "s3"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


def standing(state: str, **fields: object) -> CloudStanding:
    return replace(STANDING, state=state, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "light", "sentence"),
    [
        (standing("idle"), LightKind.LIVE, "3 replays in the cloud."),
        (standing("idle", cloud_only=1), LightKind.LIVE, "4 replays in the cloud."),
        (standing("idle", failed=1, waiting=1), LightKind.SLOW, "1 upload met a problem, and is tried again."),
        (standing("paused", waiting=2), LightKind.OFF, "Paused by you. 2 uploads wait."),
        (standing("on-air", waiting=1), LightKind.OFF, "Waits because you are live. 1 upload waits."),
        (
            standing("metered", waiting=1, trouble=METERED),
            LightKind.OFF,
            "Uploads wait: this network is metered. 1 upload waits.",
        ),
        (standing("trouble", trouble=TROUBLE), LightKind.BAD, "The cloud store cannot be reached."),
        (standing("incomplete"), LightKind.SLOW, "The cloud store is not set up yet."),
        (standing("working", waiting=2), LightKind.WORKING, "2 uploads to do."),
        (
            standing("working", waiting=3, bytes_left=720_000_000, current=PROGRESS),
            LightKind.WORKING,
            "Uploading 41 % · 2 more wait · 8.0 Mbit/s · 12 min left",
        ),
        (
            standing("working", waiting=1, current=replace(PROGRESS, kbps=0)),
            LightKind.WORKING,
            "Uploading 41 % · 12 min left",
        ),
    ],
)  # fmt: skip
def test_the_footer_says_what_is_going_on(told: CloudStanding, light: LightKind, sentence: str) -> None:
    line = cloud_line(told)
    assert (line.light, line.sentence.replace("\u00a0", " ")) == (light, sentence)


def test_only_what_helps_is_offered() -> None:
    offered = {
        state: (line.can_pause, line.is_paused, line.needs_settings)
        for state in ("idle", "working", "paused", "on-air", "metered", "no-network", "trouble", "incomplete")
        for line in [cloud_line(standing(state))]
    }
    assert offered == {
        "idle": (False, False, False),
        "working": (True, False, False),
        "paused": (False, True, False),
        "on-air": (True, False, False),
        "metered": (True, False, True),
        "no-network": (True, False, False),
        "trouble": (False, True, False),
        "incomplete": (False, False, True),
    }


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "1 min left"), (720, "12 min left"), (3599, "1 h 0 min left"), (7500, "2 h 5 min left")],
)
def test_time_that_is_left_is_told_in_minutes(seconds: int, words: str) -> None:
    assert time_left(seconds).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("state", "wishes"),
    [
        ("local", {CloudWish.UPLOAD}),
        ("waiting", {CloudWish.CANCEL, CloudWish.FIRST}),
        ("hashing", {CloudWish.CANCEL}),
        ("uploading", {CloudWish.CANCEL}),
        ("verifying", set()),
        ("synced", {CloudWish.EVICT, CloudWish.VERIFY}),
        ("evicted", {CloudWish.DOWNLOAD, CloudWish.VERIFY}),
        ("downloading", set()),
        ("cancelling", set()),
        ("failed", {CloudWish.UPLOAD, CloudWish.CANCEL}),
        ("elsewhere", set()),
        ("of tomorrow", set()),
    ],
)
def test_each_state_has_its_wishes(state: str, wishes: set[CloudWish]) -> None:
    assert possible_wishes([asset(1, sync=Sync(state=state))], S3) == wishes


@pytest.mark.parametrize(
    ("state", "wanted", "wish"),
    [("synced", "evict", CloudWish.KEEP), ("verifying", "evict", CloudWish.KEEP),
     ("evicted", "download", CloudWish.LEAVE), ("downloading", "download", CloudWish.LEAVE),
     ("synced", "verify", CloudWish.UNCHECKED), ("verifying", "verify-fully", CloudWish.UNCHECKED),
     ("evicted", "verify", CloudWish.UNCHECKED)],
)  # fmt: skip
def test_who_wants_something_of_a_copy_can_only_think_better_of_it(
    state: str, wanted: str, wish: CloudWish
) -> None:
    assert possible_wishes([asset(1, sync=Sync(state=state, wanted=wanted))], S3) == {wish}


def test_what_waits_for_its_turn_is_said_to_wait() -> None:
    assert sync_words(Sync(state="evicted", wanted="download"))[0] == ("waiting to come back", "waits")
    assert sync_words(Sync(state="synced", wanted="evict"))[0] == ("waiting to be removed here", "waits")
    assert sync_words(Sync(state="verifying", wanted="evict"))[0] == ("being verified",)


def test_a_replay_of_another_store_is_neither_here_nor_shared() -> None:
    behind = asset(1, sync=Sync(state="elsewhere", trouble=TROUBLE))
    assert sync_words(behind.sync) == (("in another store",), Tone.WARN)
    assert (is_film_here(behind), is_shared(behind)) == (False, False)


@pytest.mark.parametrize("code", ["copy-missing", "copy-differs", "copy-not-good"])
def test_a_copy_that_was_found_to_be_none_is_a_problem_and_can_be_made_again(code: str) -> None:
    trouble = Trouble(code=code, sentence="It is gone.", remedy="Upload it again.")
    here, away = (Sync(state=state, trouble=trouble) for state in ("synced", "evicted"))
    assert CloudWish.UPLOAD in possible_wishes([asset(1, sync=here)], S3)
    assert CloudWish.UPLOAD not in possible_wishes([asset(1, sync=away)], S3)
    for sync in (here, away):
        assert sync_words(sync) == (("bad copy in the cloud", "problem"), Tone.ERR)


def test_when_a_copy_was_found_good_is_told_while_nothing_speaks_against_it() -> None:
    now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    good = Sync(state="synced", verified_at=now)
    assert verified_words(good, now).startswith("Copy in the cloud checked: ")
    for other in (replace(good, state="waiting"), replace(good, trouble=TROUBLE), Sync(state="synced")):
        assert verified_words(other, now) == ""


def test_what_is_pinned_or_unfinished_or_has_no_store_stays_as_it_is() -> None:
    assert possible_wishes([asset(1, sync=Sync(state="synced"), is_pinned=True)], S3) == {CloudWish.VERIFY}
    assert possible_wishes([asset(1, status="processing")], S3) == set()
    assert possible_wishes([asset(1, video_url=None)], S3) == set()
    assert possible_wishes([asset(1)], {"cloud.kind": "off"}) == set()
    assert not has_store(None)


def test_a_film_in_the_cloud_only_is_not_here() -> None:
    assert is_film_here(asset(1))
    assert is_film_here(asset(1, sync=Sync(state="synced")))
    assert not is_film_here(asset(1, sync=Sync(state="evicted")))
    assert not is_film_here(asset(1, sync=Sync(state="downloading")))
    assert not is_film_here(asset(1, video_url=None))


def test_progress_keeps_the_trouble_that_was_told() -> None:
    sync = with_progress(asset(1, sync=Sync(state="failed", trouble=TROUBLE)), PROGRESS)
    assert (sync.state, sync.bytes_done, sync.seconds_left, sync.trouble) == ("uploading", 41, 720, TROUBLE)


def test_a_film_that_is_not_at_its_place_is_not_here_and_comes_back_from_the_cloud() -> None:
    missing = asset(1, status="missing", sync=Sync(state="synced"))
    assert not is_film_here(missing)
    assert possible_wishes([missing], S3) == {CloudWish.DOWNLOAD, CloudWish.VERIFY}
    assert possible_wishes([asset(1, status="missing")], S3) == set()


@pytest.mark.parametrize("code", ["unreachable", "away"])
def test_a_store_that_is_out_of_reach_is_waited_for(code: str) -> None:
    words, tone = sync_words(Sync(state="failed", trouble=replace(TROUBLE, code=code)))
    assert (words, tone) == (("waiting for the store", "waits"), Tone.WARN)
    assert sync_words(Sync(state="failed", trouble=replace(TROUBLE, code="full")))[1] is Tone.ERR
