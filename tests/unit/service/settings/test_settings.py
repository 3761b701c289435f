"""What can be set, and what a file of settings means."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, Latency
from powerstream_desktop.service.secret_store.place import SecretPlace
from powerstream_desktop.service.settings.document import (
    MAX_BYTES,
    DamagedDocumentError,
    changed,
    document_of,
    read_document,
)
from powerstream_desktop.service.settings.engine_settings import engine_config_of
from powerstream_desktop.service.settings.kinds import JSONValue, WrongValueError
from powerstream_desktop.service.settings.option import Effect
from powerstream_desktop.service.settings.settings import OPTIONS, SecretChoice, Settings
from powerstream_desktop.service.vod.retention import RetentionRules

OTHER_VALUES: dict[str, JSONValue] = {
    "video.size": "1920x1080",
    "video.portrait_size": "1080x1920",
    "video.fps": 60,
    "video.bitrate_kbps": 6000,
    "video.adapt_bitrate": True,
    "video.latency": "low",
    "video.codec": "hevc",
    "video.encoder": "nvenc",
    "broadcast.bridge_limit_s": 0,
    "recording.folder": str(Path.home().absolute() / "Videos"),
    "recording.fallback_folders": f"{Path.home().absolute() / 'Second'} | {Path.home().absolute() / 'Third'}",
    "recording.container": "mkv",
    "recording.split_after_minutes": 0,
    "recording.split_at_megabytes": 500,
    "recording.reserve_megabytes": 0,
    "retention.keep_days": 30,
    "retention.keep_gigabytes": 200,
    "retention.allow_only_copy": True,
    "cloud.kind": "s3",
    "cloud.endpoint_url": "https://s3.example.invalid:9000",
    "cloud.region": "eu-central-1",
    "cloud.bucket": "replays",
    "cloud.prefix": "station/one/",
    "cloud.addressing": "path",
    "cloud.public_base_url": "https://videos.example.invalid/",
    "cloud.folder": str(Path.home().absolute() / "NAS"),
    "cloud.upload_automatically": True,
    "cloud.live_cap_kbps": 2000,
    "cloud.upload_when_metered": True,
    "cloud.parts_at_once": 1,
    "cloud.verify_fully": True,
    "cloud.device_name": "Studio-PC",
    "cloud.backend_url": "https://powerstream.example.invalid",
    "hotkeys.enabled": False,
    "hotkeys.go_live_or_end": "",
    "hotkeys.mark": "Ctrl+Shift+F9",
    "hotkeys.mute_microphone": "F13",
    "hotkeys.push_to_talk": "Alt+Num0",
    "hotkeys.privacy": "Meta+Pause",
    "hotkeys.split": "Alt+F12",
    "hotkeys.clip": "Alt+F11",
    **{f"hotkeys.scene_{number}": f"Alt+F{number}" for number in range(1, 10)},
    "appearance.theme": "light",
    "appearance.text_percent": 125,
    "appearance.language": "de",
    "api.port": 5050,
    "ingest.port": 19350,
    "ingest.lan": True,
    "lan.api": True,
    "lan.port": 6443,
    "secrets.place": "sealed-file",
}
NAMES = frozenset({"cloud.bucket", "cloud.device_name"})
"""A size is a name like any other to these."""
NEVER_VALUES: list[Any] = [None, 1.5, float("nan"), [], {}, "x\n", -1, 10**9, "0x0", "../up", "\0", b"x"]


@pytest.mark.parametrize("name", list(OPTIONS))
def test_every_option_says_what_it_is_and_takes_its_own_default(name: str) -> None:
    option = OPTIONS[name]
    assert option.declared.help.endswith(".")
    assert option.declared.kind.described().type in {
        "flag", "number", "choice", "text", "folder", "keys",
    }  # fmt: skip
    assert option.declared.kind.read(option.default_json()) == option.default
    assert Settings().value(option) == option.default


@pytest.mark.parametrize("name", list(OPTIONS))
def test_every_option_survives_the_file(name: str) -> None:
    written = changed(document_of({}), {name: OTHER_VALUES[name]})
    again = read_document(written.content())
    assert not again.findings
    assert again.settings == written.settings
    value = again.settings.value(OPTIONS[name])
    assert value != OPTIONS[name].default
    assert OPTIONS[name].declared.kind.write(value) == OTHER_VALUES[name]


@pytest.mark.parametrize("raw", NEVER_VALUES)
@pytest.mark.parametrize("name", list(OPTIONS))
def test_an_option_refuses_what_it_cannot_be_and_quotes_nothing(name: str, raw: Any) -> None:
    if name in NAMES and raw == "0x0":
        raw = "/"
    with pytest.raises(WrongValueError) as caught:
        OPTIONS[name].declared.kind.read(raw)
    assert str(caught.value).startswith("must ")
    assert not isinstance(raw, str) or not raw.strip() or raw not in str(caught.value)


def test_a_flag_is_no_number_and_a_number_no_flag() -> None:
    with pytest.raises(WrongValueError):
        OPTIONS["video.fps"].declared.kind.read(raw=True)
    with pytest.raises(WrongValueError):
        OPTIONS["video.adapt_bitrate"].declared.kind.read(1)


def test_what_lets_somebody_in_or_moves_files_is_for_this_computer_alone() -> None:
    guarded = {name for name, option in OPTIONS.items() if option.declared.is_guarded}
    assert guarded == {
        "recording.folder",
        "recording.fallback_folders",
        "retention.keep_days",
        "retention.keep_gigabytes",
        "retention.allow_only_copy",
        *(name for name in OPTIONS if name.startswith("cloud.")),
        "api.port",
        "ingest.port",
        "ingest.lan",
        "lan.api",
        "lan.port",
        "secrets.place",
    }


def test_without_a_choice_nothing_but_this_computer_is_let_in() -> None:
    assert not Settings().lan.api
    assert Settings().ingest.host == "127.0.0.1"
    assert changed(document_of({}), {"ingest.lan": True}).settings.ingest.host == "0.0.0.0"
    assert OPTIONS["api.port"].declared.effect is Effect.NEXT_START


def test_several_folders_are_told_with_a_line_between_them_each_once() -> None:
    root = Path.home().absolute()
    document = changed(document_of({}), {"recording.fallback_folders": f"{root}| {root / 'b'} |{root}||"})
    assert document.settings.recording.fallback_folders == (root, root / "b")
    with pytest.raises(UserError, match=r"must be full paths of folders with a \| between them"):
        changed(document_of({}), {"recording.fallback_folders": f"{root} | Videos"})


def test_rules_of_retention_are_off_until_they_are_chosen() -> None:
    assert Settings().retention.rules == RetentionRules()
    chosen = changed(document_of({}), {"retention.keep_days": 30, "retention.keep_gigabytes": 2}).settings
    assert chosen.retention.rules == RetentionRules(keep_days=30, keep_bytes=2_000_000_000)


def test_where_keys_go_is_the_users_choice_or_nobodys() -> None:
    places = [choice.place for choice in SecretChoice]
    assert places == [None, SecretPlace.KEYRING, SecretPlace.THIS_RUN, SecretPlace.SEALED_FILE]


def test_an_engine_gets_what_was_chosen_and_the_users_own_studio() -> None:
    chosen = {
        "video.size": "1920x1080",
        "video.fps": 60,
        "video.bitrate_kbps": 9000,
        "video.latency": "low",
        "video.codec": "hevc",
        "video.encoder": "x265",
    }
    config = engine_config_of(changed(document_of({}), chosen).settings)
    landscape, portrait = config.landscape, config.portrait
    assert (landscape.width, landscape.height, landscape.fps) == (1920, 1080, 60)
    assert (landscape.latency, landscape.codec, landscape.encoder) == (
        Latency.LOW, Codec.HEVC, EncoderChoice.X265,
    )  # fmt: skip
    assert portrait is not None
    assert (portrait.width, portrait.height, portrait.fps, portrait.bitrate_kbps) == (720, 1280, 60, 4500)
    assert config == EngineConfig(landscape=landscape, portrait=portrait)


def test_values_that_do_not_go_together_are_refused_and_change_nothing() -> None:
    document = changed(document_of({}), {"video.codec": "hevc"})
    with pytest.raises(UserError, match="x264 cannot make hevc"):
        changed(document, {"video.encoder": "x264", "video.fps": 60})
    assert document.settings.video.fps == 30


@pytest.mark.parametrize("size", ["1281x720", "9999x9999", "10x10"])
def test_a_size_that_cannot_be_encoded_is_refused(size: str) -> None:
    with pytest.raises(UserError, match="A picture of"):
        changed(document_of({}), {"video.size": size})


def test_an_unknown_name_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"no setting called video\.fpz\?"):
        changed(document_of({}), {"video.fpz\x1b": 30})


def test_none_brings_the_default_back_and_leaves_no_trace() -> None:
    document = changed(document_of({}), {"video.fps": 60, "lan.port": 6443})
    document = changed(document, {"video.fps": None})
    assert document.settings.video.fps == 30
    assert tomllib.loads(document.content().decode()) == {"lan": {"port": 6443}}


NEWER = """
colour = "blue"
[video]
fps = 60
hdr = true
[hologram]
depth = 3
seen = 2031-05-01
"""


def test_what_a_newer_version_wrote_stays_and_is_told() -> None:
    document = read_document(NEWER.encode())
    assert [each.code for each in document.findings] == ["setting-unknown"] * 4
    assert {each.sentence.split()[1] for each in document.findings} == {
        "colour",
        "video.hdr",
        "hologram.depth",
        "hologram.seen",
    }
    before = tomllib.loads(NEWER)
    written = tomllib.loads(changed(document, {"video.fps": None, "lan.api": True}).content().decode())
    del before["video"]["fps"]
    assert written == {**before, "lan": {"api": True}}


def test_a_wrong_value_costs_its_own_option_only_and_stays_until_it_is_set() -> None:
    document = read_document(b"[video]\nfps = 999\nbitrate_kbps = 6000\n")
    assert document.settings.video.fps == 30
    assert document.settings.video.bitrate_kbps == 6000
    (finding,) = document.findings
    assert finding.sentence == "settings.toml: video.fps must be a whole number from 1 to 120."
    assert finding.remedy == "30 is used instead. Set it anew."
    elsewhere = changed(document, {"lan.api": True})
    assert b"999" in elsewhere.content()
    assert elsewhere.findings == (finding,)
    mended = changed(elsewhere, {"video.fps": 25})
    assert (mended.settings.video.fps, mended.findings) == (25, ())


def test_values_of_a_file_that_do_not_go_together_give_the_usual_video() -> None:
    document = read_document(b'[video]\nfps = 60\ncodec = "hevc"\nencoder = "x264"\n[lan]\nport = 6443\n')
    assert document.settings == Settings().with_values({"lan.port": 6443})
    (finding,) = document.findings
    assert "x264 cannot make hevc" in finding.sentence


def test_something_else_in_a_sections_place_is_said_and_gives_way() -> None:
    document = read_document(b"video = 3\n")
    assert [each.code for each in document.findings] == ["setting-unknown"]
    assert changed(document, {"video.fps": 60}).settings.video.fps == 60


@pytest.mark.parametrize(
    "content",
    [
        b"[video",
        b"\xff\xfe",
        b"[video]\nfps = 30\nfps = 60\n",
        b"a = " + b"[" * 5000,
        b"# \n" * MAX_BYTES,
        b'secret = "CANARY-1" CANARY-2',
    ],
)
def test_what_is_not_toml_is_damaged_and_is_not_quoted(content: bytes) -> None:
    with pytest.raises(DamagedDocumentError) as caught:
        read_document(content)
    assert "CANARY" not in str(caught.value)


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_do_more_than_be_damaged(content: bytes) -> None:
    try:
        document = read_document(content)
    except DamagedDocumentError:
        return
    assert engine_config_of(document.settings).fps > 0
    assert document_of(tomllib.loads(document.content().decode())).settings == document.settings


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    changes=st.dictionaries(st.sampled_from([*OPTIONS, "video", "no.such", ""]), VALUES, max_size=4),
)
def test_no_change_does_more_than_be_refused(changes: dict[str, Any]) -> None:
    try:
        document = changed(document_of({}), changes)
    except UserError:
        return
    assert read_document(document.content()).settings == document.settings
