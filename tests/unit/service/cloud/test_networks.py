"""Uploads in a network that is metered, or in none: they wait, that is said, and they go on by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud import right_of_way, upload_queue
from powerstream_desktop.service.cloud.cloud_standing import CloudState
from powerstream_desktop.service.cloud.live_gate import LiveLine
from powerstream_desktop.service.cloud.network_rule import Hindrance, hindrance_of, is_far, said_of
from powerstream_desktop.service.network import network_watch
from powerstream_desktop.service.network.network import Network
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.store.store_faults import StoreFault
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.stage import Computer, tell
from tests.unit.service.vod.stage import until

ONE = "replay-one"
KEY = StoreCredentials(access_key_id="id", secret=Secret("made-up-secret-9"))
METERED, NONE = Network(is_metered=True), Network(is_absent=True)


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_watch.NetworkWatch.__init__, "__kwdefaults__", {"every_s": 0.01})
    monkeypatch.setattr(right_of_way, "LOOK_EVERY_S", 0.01)


async def set_up(here: Computer) -> None:
    """Choose a store that is far away."""
    await here.choose(kind=CloudKind.S3, bucket="replays", endpoint_url="https://s3.example.com")
    await here.room.keep_credentials(KEY)


async def waits(here: Computer, state: CloudState) -> None:
    async def look() -> bool:
        return (await here.room.standing()).state is state

    await until(look)


@pytest.mark.parametrize(
    ("network", "state", "code"),
    [(METERED, CloudState.METERED, "metered"), (NONE, CloudState.NO_NETWORK, "no-network")],
)
def test_uploads_wait_say_so_and_go_on_in_another_network(
    tmp_path: Path, network: Network, state: CloudState, code: str
) -> None:
    async def story(here: Computer) -> None:
        await set_up(here)
        here.network = network
        await until(lambda: here.room._uploads.hindrance is not None)
        await here.film(ONE)
        await here.room.upload(ONE)
        await waits(here, state)
        stands = await here.room.standing()
        assert stands.trouble is not None
        assert (stands.trouble.code, stands.waiting, here.courier.uploaded) == (code, 1, [])
        await until(lambda: not here.room.is_busy)  # the service need not stay for it
        here.network = Network()
        await here.becomes(ONE, UploadState.SYNCED)
        assert (await here.room.standing()).trouble is None

    tell(tmp_path, story)


def test_an_upload_that_is_under_way_is_left_when_the_network_becomes_metered(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await set_up(here)
        here.courier.is_open.clear()
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.UPLOADING)
        here.network = METERED
        await until(lambda: here.room.progress(ONE) is None)
        await waits(here, CloudState.METERED)
        await here.choose(upload_when_metered=True)
        here.courier.is_open.set()
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story)


def test_what_failed_without_a_network_is_tried_at_once_when_there_is_one(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await set_up(here)
        await here.room.pause()
        await here.film(ONE)
        await here.room.upload(ONE)
        here.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        await here.room.resume()
        await here.becomes(ONE, UploadState.FAILED)
        here.network = NONE
        await waits(here, CloudState.NO_NETWORK)
        here.courier.trouble = None
        here.network = Network()
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story)


def test_while_live_it_is_said_that_uploads_wait_for_that(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await set_up(here)
        here.network = METERED
        await until(lambda: here.room._uploads.hindrance is not None)
        await here.film(ONE)
        await here.room.upload(ONE)
        await waits(here, CloudState.METERED)
        here.live = LiveLine(queue_ms=0)
        await waits(here, CloudState.ON_AIR)
        assert (await here.room.standing()).trouble is None

    tell(tmp_path, story)


def test_data_that_cannot_be_written_when_the_network_is_back_costs_no_broadcast_its_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(here: Computer) -> None:
        await set_up(here)
        here.network = NONE
        await until(lambda: here.room._uploads.hindrance is not None)

        def full(*_: object) -> None:
            raise StoreFault("The disk is full.")

        monkeypatch.setattr(upload_queue, "try_all_at_once", full)
        here.network = Network()
        await until(lambda: here.room._uploads.hindrance is None)
        here.live = LiveLine(queue_ms=0)
        await until(lambda: here.courier.kbps[-1:] == [0])

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("url", "far"),
    [
        ("", True),
        ("https://s3.example.com", True),
        ("https://203.0.113.200", False),  # nobody's: for books
        ("https://8.8.8.8", True),
        ("http://127.0.0.1:9000", False),
        ("http://192.168.1.20:9000", False),
        ("http://[fe80::1]:9000", False),
        ("http://[2606:4700::1]", True),
        ("http://nas:9000", False),
        ("http://NAS.local:9000", False),
        ("http://minio.home.arpa", False),
        ("https://[broken", True),
    ],
)
def test_a_store_in_ones_own_house_costs_nothing_to_reach(url: str, far: bool) -> None:
    assert is_far(CloudOptions(kind=CloudKind.S3, bucket="replays", endpoint_url=url)) is far


@pytest.mark.parametrize("kind", [CloudKind.OFF, CloudKind.FOLDER])
def test_a_folder_needs_no_network(kind: CloudKind) -> None:
    assert hindrance_of(NONE, CloudOptions(kind=kind)) is None


def test_leave_for_metered_networks_makes_no_network() -> None:
    options = CloudOptions(kind=CloudKind.S3, bucket="replays", upload_when_metered=True)
    assert hindrance_of(METERED, options) is None
    assert hindrance_of(NONE, options) is Hindrance.ABSENT


@pytest.mark.parametrize("hindrance", list(Hindrance))
def test_a_hindrance_is_said_with_what_to_do(hindrance: Hindrance) -> None:
    words = said_of(hindrance)
    assert words.sentence.endswith(".")
    assert words.remedy.endswith(".")


@pytest.mark.parametrize(
    ("url", "is_readable"),
    [
        ("http://s3.example.com", True),
        ("HTTP://s3.example.com:9000", True),
        ("https://s3.example.com", False),
        ("", False),
        ("http://nas.local:9000", False),
        ("http://127.0.0.1:9000", False),
    ],
)
def test_whoever_tests_a_store_far_away_is_told_that_others_can_read_along(
    tmp_path: Path, url: str, is_readable: bool
) -> None:
    async def story(here: Computer) -> None:
        options = CloudOptions(kind=CloudKind.S3, bucket="replays", region="eu-1", endpoint_url=url)
        trial = await here.room.test(options, KEY)
        assert ("unencrypted" in " ".join(each.sentence for each in trial.advice)) is is_readable

    tell(tmp_path, story)
