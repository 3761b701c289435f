"""What the cloud's desks decide by, without any desk: the gate, the pace, which store is meant, credentials as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.cloud.manifests import pass_plan
from powerstream_desktop.cloud.manifests.pass_plan import QuestionKind
from powerstream_desktop.cloud.object_store.store_config import Addressing, StoreCredentials, StoreKind
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.key_text import credentials_of, key_text
from powerstream_desktop.service.cloud.live_gate import CALM_S, QUEUE_MS, LiveGate, LiveLine, OnAir, live_line
from powerstream_desktop.service.cloud.pace import SPAN_S, Pace
from powerstream_desktop.service.cloud.questions import question_of
from powerstream_desktop.service.cloud.store_choice import place_of, shown_place, store_config_of
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.settings.cloud_options import CloudAddressing, CloudKind, CloudOptions
from tests.unit.service.api.running_session import running_session
from tests.unit.service.store.rows import endpoint

S3 = CloudOptions(
    kind=CloudKind.S3,
    endpoint_url="https://s3.example.invalid:9000",
    region="auto",
    bucket="replays",
    prefix="one/",
    addressing=CloudAddressing.PATH,
    public_base_url="https://videos.example.invalid",
)


def on_air(cap_kbps: int, known_kbps: int | None = None, queue_ms: int = 0, **line: int) -> OnAir:
    return OnAir(cap_kbps=cap_kbps, line=LiveLine(queue_ms=queue_ms, **line), known_kbps=known_kbps)


def test_nothing_is_held_back_while_nothing_is_live() -> None:
    gate = LiveGate()
    assert gate.allowed_kbps(None, 0.0) is None
    assert gate.allowed_kbps(on_air(0), 1.0) == 0
    assert gate.allowed_kbps(None, 2.0) is None


def test_a_queue_stops_uploads_at_once_and_for_a_while() -> None:
    gate = LiveGate()
    calm, short = on_air(500, queue_ms=QUEUE_MS), on_air(500, queue_ms=QUEUE_MS + 1)
    assert gate.allowed_kbps(calm, 0.0) == 500
    assert gate.allowed_kbps(short, 1.0) == 0
    assert gate.allowed_kbps(calm, 1.0 + CALM_S - 0.1) == 0
    assert gate.allowed_kbps(calm, 1.0 + CALM_S) == 500


@pytest.mark.parametrize(
    ("meant", "share_kbps"),
    [
        (on_air(2000, stream_kbps=4000), 2000),  # never measured: the user's word
        (on_air(2000, known_kbps=9000, stream_kbps=4000), 960),  # a fifth of 5000, in steps
        (on_air(900, known_kbps=9000, stream_kbps=4000), 900),  # the user's word is less
        (
            on_air(2000, known_kbps=9000, stream_kbps=4000, uplink_kbps=6000),
            384,
        ),  # this broadcast knows better
        (on_air(2000, known_kbps=4200, stream_kbps=4000), 0),  # less than a step
        (on_air(2000, known_kbps=3000, stream_kbps=4000), 2000),  # disproved
        (on_air(2000, stream_kbps=4000, uplink_kbps=3900), 0),  # too small even for the broadcast
        (on_air(0, known_kbps=9000), 0),
    ],
)
def test_uploads_share_what_the_broadcast_leaves(meant: OnAir, share_kbps: int) -> None:
    assert meant.share_kbps == share_kbps
    assert LiveGate().allowed_kbps(meant, 0.0) == share_kbps


def test_a_share_shrinks_at_once_and_grows_after_a_while() -> None:
    gate = LiveGate()
    much, less, least = (on_air(5000, 20_000, stream_kbps=each) for each in (4000, 8000, 12_000))
    assert gate.allowed_kbps(much, 0.0) == much.share_kbps
    assert gate.allowed_kbps(least, 1.0) == least.share_kbps
    assert gate.allowed_kbps(less, 2.0) == least.share_kbps
    assert gate.allowed_kbps(much, 1.0 + CALM_S - 0.1) == least.share_kbps
    assert gate.allowed_kbps(less, 1.0 + CALM_S) == less.share_kbps


def test_what_another_broadcast_left_says_nothing_of_this_one() -> None:
    gate = LiveGate()
    assert gate.allowed_kbps(on_air(5000, 20_000, stream_kbps=15_000), 0.0) < 1000  # type: ignore[operator]
    assert gate.allowed_kbps(None, 1.0) is None
    assert gate.allowed_kbps(on_air(5000), 2.0) == 5000


def test_the_line_is_that_of_all_destinations_together() -> None:
    assert live_line(None) is None
    request = SessionRequest(title="Evening")
    assert live_line(running_session(request)) == LiveLine(queue_ms=0)
    running = running_session(request, (endpoint("ep1"), endpoint("ep2")))
    each_kbps = running.broadcast.relay.destinations[0].bitrate_kbps
    assert live_line(running) == LiveLine(queue_ms=40, stream_kbps=2 * each_kbps)


def test_the_pace_is_that_of_the_last_seconds() -> None:
    pace = Pace()
    assert (pace.kbps(0.0), pace.seconds_left(100, 0.0)) == (0, None)
    pace.saw(0, 0.0)
    assert pace.kbps(1.0) == 0, "too early to tell"
    for second in range(1, 11):
        pace.saw(second * 125_000, float(second))
    assert pace.kbps(10.0) == 1000
    assert pace.seconds_left(2_500_000, 10.0) == 10
    for second in range(11, 11 + int(SPAN_S) * 2):
        pace.saw(1_250_000, float(second))
    assert pace.kbps(10.0 + SPAN_S * 2) == 0
    assert pace.seconds_left(2_500_000, 10.0 + SPAN_S * 2) is None


def test_what_was_lost_begins_a_new_measurement() -> None:
    pace = Pace()
    pace.saw(1_000_000, 0.0)
    pace.saw(2_000_000, 4.0)
    pace.saw(0, 5.0)
    assert pace.kbps(5.0) == 0
    pace.saw(250_000, 7.0)
    assert pace.kbps(7.0) == 1000


def test_settings_mean_a_store_or_none() -> None:
    assert store_config_of(CloudOptions()) is None
    config = store_config_of(S3)
    assert config is not None
    assert (config.kind, config.bucket, config.prefix, config.addressing) == (
        StoreKind.S3, "replays", "one/", Addressing.PATH,
    )  # fmt: skip
    assert config.public_base_url == "https://videos.example.invalid/"
    folder = Path.home().absolute() / "NAS"
    kept = store_config_of(CloudOptions(kind=CloudKind.FOLDER, folder=folder))
    assert kept is not None
    assert (kept.kind, kept.folder) == (StoreKind.FOLDER, folder)


@pytest.mark.parametrize("address", ["https://videos.example.com/shows", "https://videos.example.com/shows/"])
def test_a_folder_that_is_served_on_the_web_has_its_address(tmp_path: Path, address: str) -> None:
    options = CloudOptions(kind=CloudKind.FOLDER, folder=tmp_path, public_base_url=address)
    config = store_config_of(options)
    assert config is not None
    assert config.public_base_url == "https://videos.example.com/shows/"


@pytest.mark.parametrize("options", [CloudOptions(kind=CloudKind.S3), CloudOptions(kind=CloudKind.FOLDER)])
def test_a_store_of_which_nothing_was_said_is_none(options: CloudOptions) -> None:
    with pytest.raises(UserError):
        store_config_of(options)


def test_a_store_is_shown_without_the_folders_of_this_computer() -> None:
    folder = Path.home().absolute() / "NAS"
    kept = CloudOptions(kind=CloudKind.FOLDER, folder=folder, prefix="one/")
    assert (place_of(kept), shown_place(kept)) == (f"{folder}/one", "NAS")
    assert place_of(S3) == shown_place(S3) == "s3.example.invalid:9000/replays/one"
    amazon = CloudOptions(kind=CloudKind.S3, region="eu-central-1", bucket="b-1")
    assert place_of(amazon) == "s3.eu-central-1.amazonaws.com/b-1"
    assert place_of(CloudOptions()) == ""
    with_user = CloudOptions(
        kind=CloudKind.S3, endpoint_url="https://id:made-up-77@s3.example.invalid", bucket="b-1"
    )
    assert shown_place(with_user) == "s3.example.invalid/b-1"


@pytest.mark.parametrize("token", [None, Secret("made-up-token-9")])
def test_credentials_survive_being_one_text(token: Secret | None) -> None:
    made = StoreCredentials(access_key_id="id", secret=Secret("made-up-secret-9"), session_token=token)
    assert credentials_of(key_text(made)) == made


@pytest.mark.parametrize("text", ["", "{", "{}", '{"access_key_id":"","secret":""}', "made-up-stream-key"])
def test_what_are_no_credentials_are_none(text: str) -> None:
    assert credentials_of(Secret(text)) is None
    assert credentials_of(None) is None


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_question_is_asked_in_a_sentence(kind: QuestionKind) -> None:
    asked = question_of(pass_plan.Question(kind=kind, asset_ids=("a", "b")))
    assert (asked.code, asked.count) == (kind.value, 2)
    assert asked.sentence.endswith(("?", "."))
