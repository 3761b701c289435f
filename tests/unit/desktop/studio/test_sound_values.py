"""The mixer's half of the studio page without a window: the fader's law, meters, loudness, silence, edits of a channel."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from powerstream_desktop.client.computer import DeviceProblem, Devices
from powerstream_desktop.client.reading import api_name
from powerstream_desktop.desktop.studio.audio.ballistics import CLIP_SHOWN_S, FALL_DB_PER_S, Ballistics
from powerstream_desktop.desktop.studio.audio.channel_edits import (
    changed,
    filters_of,
    new_channel,
    with_device,
    with_filter_added,
    with_filter_changed,
    with_filter_moved,
    without_filter,
)
from powerstream_desktop.desktop.studio.audio.channel_lines import (
    device_line,
    list_trouble,
    sources_with_sound,
)
from powerstream_desktop.desktop.studio.audio.fader_law import MAX_GAIN_DB, MIN_GAIN_DB, gain_at, share_of
from powerstream_desktop.desktop.studio.audio.filter_kinds import (
    FILTER_KINDS,
    MAX_FILTERS,
    FilterKind,
    kind_of,
    usual_filter,
)
from powerstream_desktop.desktop.studio.audio.loudness import Loudness, loudness_of
from powerstream_desktop.desktop.studio.audio.readings import (
    NO_SOUND,
    SILENT,
    ChannelReading,
    MeterReading,
    read_levels,
)
from powerstream_desktop.desktop.studio.audio.silence import SilenceWatch
from powerstream_desktop.engine.mixer import filter_settings
from powerstream_desktop.engine.mixer import settings as mixer_settings
from tests.unit.desktop.studio.sound_stage import channel, devices, levels, studio

ENGINES_FILTERS: dict[str, Any] = {
    "noise-suppression": filter_settings.NoiseSuppressionSettings,
    "gate": filter_settings.GateSettings,
    "compressor": filter_settings.CompressorSettings,
    "limiter": filter_settings.LimiterSettings,
}
RUMBLE = {"type": "noise-suppression", "reductionDb": 12.0}
GATE = {"type": "gate", "thresholdDbfs": -45.0}


def test_a_fader_goes_from_its_lowest_to_its_highest_gain_and_has_0_db_at_three_quarters() -> None:
    assert (gain_at(0.0), gain_at(0.75), gain_at(1.0)) == (MIN_GAIN_DB, 0.0, MAX_GAIN_DB)
    assert (gain_at(-1.0), gain_at(2.0)) == (MIN_GAIN_DB, MAX_GAIN_DB)
    assert (MIN_GAIN_DB, MAX_GAIN_DB) == (mixer_settings.MIN_GAIN_DB, mixer_settings.MAX_GAIN_DB)


def test_every_place_of_a_fader_is_that_of_its_gain() -> None:
    shares = [step / 200 for step in range(201)]
    assert [share_of(gain_at(share)) for share in shares] == pytest.approx(shares)
    assert all(low < high for low, high in pairwise(gain_at(share) for share in shares))


def reading(peak: float, held: float = -3.0, rms: float | None = None) -> MeterReading:
    rms = peak - 9 if rms is None else rms
    return MeterReading(peak_dbfs=(peak, peak - 2), held_dbfs=(held, held), rms_dbfs=(rms, rms))


def test_a_meter_rises_at_once_and_falls_smoothly_and_not_below_what_was_told() -> None:
    meter = Ballistics()
    meter.hear(reading(-6.0), 10.0)
    assert meter.picture(10.0).peak_dbfs == (-6.0, -8.0)
    meter.hear(reading(-20.0), 10.1)
    falling = [meter.picture(10.1 + step / 100).peak_dbfs[0] for step in range(60)]
    assert falling[0] == -6.0
    assert falling[10] == pytest.approx(-6.0 - FALL_DB_PER_S * 0.1)
    assert all(low >= high for low, high in pairwise(falling))
    assert falling[-1] == -20.0
    meter.hear(SILENT, 20.0)
    assert meter.picture(20.1).peak_dbfs[0] == pytest.approx(-20.0 - FALL_DB_PER_S * 0.1), (
        "from where it stood"
    )
    meter.hear(reading(-5.0), 21.0)
    assert meter.picture(21.0).peak_dbfs[0] == -5.0
    assert meter.picture(21.0).held_dbfs == (-3.0, -3.0)


def test_a_meter_that_stands_needs_no_pulse_and_one_that_falls_does() -> None:
    meter = Ballistics()
    assert not meter.is_moving(5.0)
    meter.hear(reading(-6.0), 10.0)
    assert not meter.is_moving(10.5)
    meter.hear(SILENT, 10.5)
    assert meter.is_moving(10.6)
    assert not meter.is_moving(14.0)
    assert meter.picture(14.0).peak_dbfs == SILENT.peak_dbfs


def test_sound_that_was_cut_off_is_said_for_some_seconds() -> None:
    meter = Ballistics()
    meter.hear(reading(-0.05), 10.0)
    meter.hear(reading(-30.0), 10.1)
    assert meter.picture(10.0 + CLIP_SHOWN_S - 0.01).is_clipping
    assert meter.is_moving(10.0 + CLIP_SHOWN_S - 0.01)
    assert not meter.picture(10.0 + CLIP_SHOWN_S).is_clipping
    meter.hear(reading(-0.2), 20.0)
    assert not meter.picture(20.0).is_clipping


def test_meters_are_read_from_the_services_words() -> None:
    read = read_levels(levels(-14.2, mic=-12.0))
    assert read.short_term_lufs == -14.2
    assert read.channels["mic"] == ChannelReading(
        is_open=True,
        meter=MeterReading(peak_dbfs=(-12.0, -14.0), held_dbfs=(-12.0, -12.0), rms_dbfs=(-21.0, -23.0)),
    )


@pytest.mark.parametrize(
    "words",
    [None, {}, {"channels": 5}, {"channels": [{}], "shortTermLufs": -14}, {"channels": [], "shortTermLufs": "x"},
     {**levels(mic=-12.0), "channels": [{"channel": "mic", "isOpen": True, "problem": "", "levels": {"peakDbfs": [1]}}]}],
)  # fmt: skip
def test_words_that_say_nothing_are_silence(words: Any) -> None:
    assert read_levels(words) == NO_SOUND


@pytest.mark.parametrize(
    ("lufs", "loudness"),
    [(-70.0, Loudness.NOTHING), (-30.0, Loudness.SOFT), (-19.1, Loudness.SOFT), (-14.2, Loudness.GOOD),
     (-11.0, Loudness.GOOD), (-10.9, Loudness.LOUD), (-6.9, Loudness.MUCH_TOO_LOUD)],
)  # fmt: skip
def test_a_program_is_as_loud_as_platforms_want_it_or_not(lufs: float, loudness: Loudness) -> None:
    assert loudness_of(lufs) is loudness


def heard(peak: float, *, is_open: bool = True) -> dict[str, ChannelReading]:
    return {"mic": ChannelReading(meter=reading(peak), is_open=is_open)}


def test_a_microphone_is_silent_when_nothing_was_heard_of_it_for_ten_seconds() -> None:
    watch = SilenceWatch()
    assert watch.look({"mic"}, heard(-80.0), 0.0) == set()
    assert watch.look({"mic"}, heard(-80.0), 9.9) == set()
    assert watch.look({"mic"}, heard(-80.0), 10.0) == {"mic"}
    assert watch.look({"mic"}, heard(-40.0), 10.1) == set()
    assert watch.look({"mic"}, heard(-80.0), 10.2) == set()
    assert watch.look({"mic"}, heard(-80.0), 20.2) == {"mic"}


@pytest.mark.parametrize(
    ("microphones", "readings"), [([], heard(-80.0)), (["mic"], heard(-80.0, is_open=False)), (["mic"], {})]
)
def test_nobody_misses_a_microphone_that_is_not_meant_to_be_heard(
    microphones: list[str], readings: dict[str, ChannelReading]
) -> None:
    watch = SilenceWatch()
    watch.look(microphones, readings, 0.0)
    assert watch.look(microphones, readings, 60.0) == set()


@pytest.mark.parametrize("kind", FILTER_KINDS, ids=lambda kind: kind.type)
def test_a_filter_is_at_first_as_the_engine_has_it_and_can_be_set_as_far(kind: FilterKind) -> None:
    engines = ENGINES_FILTERS[kind.type]
    names = {
        api_name(field.name): field.name for field in dataclasses.fields(engines) if field.name != "type"
    }
    assert {field.key: field.usual for field in kind.fields} == {
        spelled: getattr(engines(), name) for spelled, name in names.items()
    }
    for field in kind.fields:
        for value in (field.low, field.high):
            engines(**{names[field.key]: value})
        for value in (field.low - 0.05, field.high + 0.05):
            with pytest.raises(Exception, match="can be"):
                engines(**{names[field.key]: value})


def test_every_filter_that_the_engine_has_can_be_added() -> None:
    assert {kind.type for kind in FILTER_KINDS} == set(ENGINES_FILTERS)
    assert all(kind_of(usual_filter(kind)) is kind for kind in FILTER_KINDS)
    assert kind_of({"type": "echo"}) is None
    assert filter_settings.MAX_FILTERS == MAX_FILTERS


def test_an_edit_of_a_channel_loses_nothing_that_this_window_does_not_know() -> None:
    before = channel(balance=0.5, echo="a newer field")
    after = changed(before, monitor="both")
    assert after == {**before, "monitor": "both"}
    assert with_device({**before, "content": {"type": "microphone", "device": "", "gate": 1}}, "usb")[
        "content"
    ] == {
        "type": "microphone",
        "device": "usb",
        "gate": 1,
    }


def test_filters_are_added_set_moved_and_removed() -> None:
    two = with_filter_added(with_filter_added(channel(), RUMBLE), GATE)
    assert filters_of(two) == (RUMBLE, GATE)
    assert filters_of(with_filter_moved(two, 1, -1)) == (GATE, RUMBLE)
    assert with_filter_moved(two, 1, 1) == two
    assert with_filter_moved(two, 0, -1) == two
    assert filters_of(with_filter_changed(two, 1, thresholdDbfs=-30.0)) == (
        RUMBLE,
        {**GATE, "thresholdDbfs": -30.0},
    )
    assert filters_of(without_filter(two, 0)) == (GATE,)
    assert filters_of(two) == (RUMBLE, GATE)


def test_a_new_channel_says_what_the_engine_has_to_know_of_it() -> None:
    assert new_channel("Mic", "microphone", device="usb")["content"] == {
        "type": "microphone",
        "device": "usb",
    }
    assert new_channel("Film", "source", source="clip")["content"] == {"type": "source", "source": "clip"}
    assert new_channel("Tone", "tone")["content"] == {"type": "tone"}
    assert new_channel("A", "tone")["id"] != new_channel("A", "tone")["id"]


CLIP = {"id": "f", "name": "intro.flac", "content": {"type": "file", "path": "intro.flac"}}
LOGO = {"id": "l", "name": "Logo", "content": {"type": "image", "path": "logo.png"}}


@pytest.mark.parametrize(
    ("words", "are_known", "line"),
    [(channel(), False, "Default microphone"),
     (channel(), True, "USB Audio CODEC"),
     (channel(content={"type": "microphone", "device": "head"}), True, "Headset"),
     (channel(content={"type": "microphone", "device": "head"}), False, ""),
     (channel(content={"type": "microphone", "device": "gone"}), True, "Not plugged in"),
     (channel(kind="desktop-sound"), False, "What this computer plays"),
     (channel(kind="desktop-sound"), True, "Built-in output"),
     (channel(content={"type": "source", "source": "f"}), True, "intro.flac"),
     (channel(content={"type": "source", "source": "x"}), True, ""),
     (channel(kind="tone"), True, "Test tone")],
)  # fmt: skip
def test_a_strip_says_whose_sound_it_is(words: Any, are_known: bool, line: str) -> None:
    scenery = studio(sources=(CLIP,)).studio
    assert device_line(words, devices() if are_known else None, scenery) == line


def test_the_sound_of_media_files_can_be_heard() -> None:
    assert sources_with_sound(studio(sources=(LOGO, CLIP)).studio) == (("f", "intro.flac"),)
    assert sources_with_sound(None) == ()


def test_why_there_is_no_device_of_a_kind_is_said_where_one_is_chosen_only() -> None:
    silent = DeviceProblem(
        kinds=("microphone", "desktop-sound", "output"), title="No sound system is running."
    )
    blind = DeviceProblem(kinds=("camera",), title="The cameras cannot be listed.")
    nothing = Devices(words={}, problems=(silent, blind))
    assert list_trouble("microphone", nothing) == list_trouble("desktop-sound", nothing) == silent.title
    assert list_trouble("source", nothing) == list_trouble("microphone", None) == ""
    assert list_trouble("microphone", replace(devices(), problems=(silent,))) == ""
