from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.engine.mixer.filter_settings import (
    CompressorSettings,
    GateSettings,
    NoiseSuppressionSettings,
)
from powerstream_desktop.engine.mixer.mixer import Mixer
from powerstream_desktop.engine.mixer.program_limiter import LATENCY
from powerstream_desktop.engine.mixer.settings import (
    ChannelSettings,
    MicrophoneContent,
    MixerSettings,
    Monitor,
    SoundContent,
    SourceSoundContent,
    Width,
)
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, SoundSource
from tests.unit.engine.mixer.signals import SLOT, Recording, noise, rms_db, roughness, sine, sine_roughness

HZ = 997.0
AMPLITUDE = 0.25
LONG = 12.0


def channel(id_: str = "a", /, **changes: object) -> ChannelSettings:
    settings = ChannelSettings(id=id_, name=id_, content=SourceSoundContent(source=id_))
    return replace(settings, **changes)  # type: ignore[arg-type]


class Desk:
    """A mixer that is read slot by slot."""

    def __init__(self, mixer: Mixer, monitored: list[Samples]) -> None:
        self.mixer = mixer
        self._monitored = monitored
        self.position = 0

    def read(self, seconds: float, slot: int = SLOT) -> Samples:
        out = []
        for _ in range(round(seconds * SAMPLE_RATE / slot)):
            out.append(self.mixer.read(self.position, slot))
            assert out[-1].shape == (2, slot)
            assert out[-1].dtype == np.float32
            self.position += slot
        return np.concatenate(out, axis=1)

    def apply(self, *channels: ChannelSettings) -> None:
        self.mixer.apply(MixerSettings(channels=channels))

    def monitored(self) -> Samples:
        heard = np.concatenate(self._monitored, axis=1)
        self._monitored.clear()
        return heard


@contextmanager
def desk(sounds: Mapping[str, Samples], *channels: ChannelSettings) -> Iterator[Desk]:
    sources: list[Recording] = []

    def make(content: SoundContent) -> SoundSource:
        assert isinstance(content, SourceSoundContent)
        sources.append(Recording(sounds[content.source]))
        return sources[-1]

    monitored: list[Samples] = []
    mixer = Mixer(MixerSettings(channels=channels), make, monitor=monitored.append)
    mixer.open()
    mixer.start()
    try:
        yield Desk(mixer, monitored)
    finally:
        mixer.close()
    assert not any(source.is_open for source in sources)


@pytest.fixture
def tone() -> Samples:
    return sine(LONG, hz=HZ, amplitude=AMPLITUDE)


def test_a_channel_at_unity_is_passed_bit_by_bit_and_sample_exact() -> None:
    sound = noise(2.0, amplitude=0.05)
    with desk({"a": sound}, channel()) as it:
        out = it.read(2.0)
        assert it.mixer.delay_ms == pytest.approx(LATENCY / 48)
    begin = 2 * SLOT  # it opens softly
    assert np.array_equal(out[:, begin:], sound[:, begin - LATENCY : -LATENCY])


@pytest.mark.parametrize("gain_db", [-60.0, -6.0, 0.0, 3.5, 12.0])
def test_a_gain_is_exact_to_a_hundredth_of_a_decibel(gain_db: float, tone: Samples) -> None:
    quiet = tone * np.float32(0.1)
    with desk({"a": quiet}, channel(gain_db=gain_db)) as it:
        it.read(0.5)
        assert rms_db(it.read(1.0)) == pytest.approx(rms_db(quiet) + gain_db, abs=0.01)


def test_channels_are_added_up() -> None:
    one, two = noise(1.0, amplitude=0.03), noise(1.0, amplitude=0.03, seed=2)
    with desk({"a": one, "b": two}, channel("a"), channel("b")) as it:
        out = it.read(1.0)
    assert out[:, 4800:] == pytest.approx((one + two)[:, 4800 - LATENCY : -LATENCY], abs=1e-6)


@pytest.mark.parametrize("offset_ms", [-950, -20, 0, 35, 5000])
def test_a_sync_offset_moves_a_channel_against_the_others_to_the_sample(offset_ms: int) -> None:
    left, right = noise(7.0, amplitude=0.05), noise(7.0, amplitude=0.05, seed=2)
    left[1], right[0] = 0, 0
    with desk({"a": left, "b": right}, channel("a", sync_offset_ms=offset_ms), channel("b")) as it:
        out = it.read(7.0)
        late = round(it.mixer.delay_ms * 48)
    assert late == LATENCY + max(0, -offset_ms) * 48
    end = out.shape[1]
    begin = end - 4800
    shift = late + offset_ms * 48
    assert np.array_equal(out[0, begin:], left[0, begin - shift : end - shift])
    assert np.array_equal(out[1, begin:], right[1, begin - late : end - late])


Change = Callable[[ChannelSettings], ChannelSettings]
CHANGES: dict[str, Change] = {
    "gain": lambda it: replace(it, gain_db=-30),
    "mute": lambda it: replace(it, is_muted=True),
    "mono": lambda it: replace(it, width=Width.MONO),
    "balance": lambda it: replace(it, balance=-1),
    "push to talk": lambda it: replace(it, is_push_to_talk=True),
    "later": lambda it: replace(it, sync_offset_ms=317),
    "earlier": lambda it: replace(it, sync_offset_ms=-503),
    "monitor": lambda it: replace(it, monitor=Monitor.ONLY),
    "compressor": lambda it: replace(it, filters=(CompressorSettings(ratio=2),)),
    "noise suppression": lambda it: replace(it, filters=(NoiseSuppressionSettings(),)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_change_clicks_on_any_channel(change: Change, tone: Samples) -> None:
    other = channel("b")
    settings = channel("a")
    with desk({"a": tone, "b": sine(LONG, hz=HZ, amplitude=AMPLITUDE)}, settings, other) as it:
        it.read(1.0)
        out = [it.read(0.5)]
        for wanted in (change(settings), settings):
            it.apply(wanted, other)
            out.append(it.read(1.0))
    # A fade of 10 ms adds its slope: the jump of a click would be a hundred times that.
    bound = 1.2 * sine_roughness(HZ, 2 * AMPLITUDE) + 2 * AMPLITUDE * 2 * np.pi * HZ / SAMPLE_RATE / 240
    assert roughness(np.concatenate(out, axis=1)) < bound


def test_filters_are_changed_without_a_gap_and_stay_in_step(tone: Samples) -> None:
    settings = channel("a", filters=(GateSettings(),))
    with desk({"a": tone, "b": tone}, settings, channel("b", is_muted=True)) as it:
        it.read(1.0)
        it.apply(replace(settings, filters=(GateSettings(threshold_dbfs=-50), CompressorSettings(ratio=1))))
        out = it.read(1.0)
    pieces = out[0].reshape(-1, 480)
    levels = [rms_db(piece) for piece in pieces]
    assert min(levels) > rms_db(tone) - 0.5
    assert max(levels) < rms_db(tone) + 0.5


def test_the_latency_of_filters_delays_the_others_as_much() -> None:
    left, right = noise(3.0, amplitude=0.05), noise(3.0, amplitude=0.05, seed=2)
    left[1], right[0] = 0, 0
    filters = (NoiseSuppressionSettings(reduction_db=3, floor_dbfs=-80),)
    with desk({"a": left, "b": right}, channel("a", filters=filters), channel("b")) as it:
        out = it.read(3.0)
        late = round(it.mixer.delay_ms * 48)
    assert late == LATENCY + 1800
    begin, length = 2 * SAMPLE_RATE, SAMPLE_RATE // 4
    for side, sound in ((0, left), (1, right)):
        wanted = sound[side, begin - late : begin - late + length]
        lags = [float(np.dot(out[side, begin + lag :][:length], wanted)) for lag in range(-50, 51)]
        assert int(np.argmax(lags)) == 50


def test_push_to_talk_is_silent_until_the_key_is_held_and_after_it_was_let_go(tone: Samples) -> None:
    with desk({"a": tone}, channel(is_push_to_talk=True)) as it:
        assert not it.read(0.2).any()
        it.mixer.hold("a", is_held=True)
        it.read(0.1)
        assert rms_db(it.read(0.2)) == pytest.approx(rms_db(tone), abs=0.05)
        it.mixer.hold("a", is_held=False)
        it.read(0.1)
        assert not it.read(0.2).any()
        it.mixer.hold("gone", is_held=True)


def test_what_was_said_while_muted_is_never_heard_however_late_the_channel_is(tone: Samples) -> None:
    offset_ms = 2000
    with desk({"a": tone}, channel(sync_offset_ms=offset_ms, is_muted=True)) as it:
        assert not it.read(3.0).any()
        it.apply(channel(sync_offset_ms=offset_ms))
        assert not it.read(1.9).any()
        it.read(0.2)
        assert rms_db(it.read(0.2)) == pytest.approx(rms_db(tone), abs=0.05)
        it.apply(channel(sync_offset_ms=offset_ms, is_muted=True))
        it.read(0.1)
        assert not it.read(0.5).any()


def test_push_to_talk_lets_out_exactly_what_was_said_while_the_key_was_held(tone: Samples) -> None:
    with desk({"a": tone}, channel(is_push_to_talk=True, sync_offset_ms=1000)) as it:
        it.read(2.0)
        it.mixer.hold("a", is_held=True)
        assert not it.read(0.5).any()
        it.mixer.hold("a", is_held=False)
        assert not it.read(0.5).any()
        it.read(0.1)
        assert rms_db(it.read(0.3)) == pytest.approx(rms_db(tone), abs=0.05)
        it.read(0.2)
        assert not it.read(0.5).any()


@pytest.mark.parametrize(
    ("monitor", "is_in_program", "is_in_monitor"),
    [(Monitor.OFF, True, False), (Monitor.ONLY, False, True), (Monitor.BOTH, True, True)],
)
def test_a_channel_is_heard_by_the_audience_the_user_or_both(
    monitor: Monitor, is_in_program: bool, is_in_monitor: bool, tone: Samples
) -> None:
    with desk({"a": tone}, channel(monitor=monitor)) as it:
        it.read(0.2)
        it.monitored()
        assert it.read(0.2).any() == is_in_program
        assert it.monitored().any() == is_in_monitor


def test_mono_is_the_mean_of_both_sides_and_balance_takes_from_one() -> None:
    sound = np.stack([sine(1.0)[0], np.zeros(SAMPLE_RATE, np.float32)])
    with desk({"a": sound}, channel(width=Width.MONO, balance=0.5)) as it:
        out = it.read(1.0)[:, SAMPLE_RATE // 2 :]
    assert rms_db(out[1]) == pytest.approx(rms_db(sound[0]) - 6.02, abs=0.01)
    assert rms_db(out[0]) == pytest.approx(rms_db(sound[0]) - 12.04, abs=0.01)


def test_a_source_that_cannot_be_opened_is_silent_and_says_why() -> None:
    class Missing(Recording):
        def open(self) -> None:
            raise UserError("There is no file 'x'.")

    mixer = Mixer(MixerSettings(channels=(channel(),)), lambda _content: Missing(sine(1.0)))
    mixer.open()
    mixer.start()
    assert not mixer.read(0, SLOT).any()
    assert mixer.snapshot.channels[0].problem == "There is no file 'x'."
    assert not mixer.facts()[0].is_open
    mixer.close()


def test_a_filter_that_breaks_is_bypassed_and_said(tone: Samples) -> None:
    class Breaks:
        def process(self, _samples: Samples) -> Samples:
            raise SystemFault("The gate does not work.")

    settings = channel(filters=(GateSettings(),))
    mixer = Mixer(
        MixerSettings(channels=(settings,)), lambda _content: Recording(tone), build=lambda _filters: Breaks()
    )
    mixer.open()
    out = [mixer.read(number * SLOT, SLOT) for number in range(30)]
    assert rms_db(np.concatenate(out[10:], axis=1)) == pytest.approx(rms_db(tone), abs=0.1)
    assert mixer.snapshot.channels[0].problem == "The gate does not work."
    mixer.close()


def test_a_channel_that_is_taken_away_fades_out_and_its_source_is_closed(tone: Samples) -> None:
    with desk({"a": tone}, channel()) as it:
        it.read(0.5)
        removal = threading.Thread(target=it.apply)
        removal.start()
        out: list[Samples] = []
        while removal.is_alive() or not out:
            out.append(it.read(1 / 30))
        removal.join()
        out.append(it.read(0.2))
    heard = np.concatenate(out, axis=1)
    assert not heard[:, -SLOT:].any()
    assert roughness(heard[:, LATENCY:]) < 0.01


def test_another_content_is_another_source(tone: Samples) -> None:
    with desk({"a": tone, "b": tone * np.float32(0.5)}, channel()) as it:
        it.read(0.2)
        it.apply(channel(content=SourceSoundContent(source="b")))
        it.read(0.2)
        assert rms_db(it.read(0.3)) == pytest.approx(rms_db(tone) - 6.02, abs=0.01)


def test_a_read_of_two_seconds_at_once_is_right(tone: Samples) -> None:
    with desk({"a": tone}, channel(sync_offset_ms=100)) as it:
        it.read(1.0)
        out = it.read(2.0, slot=2 * SAMPLE_RATE)
    begin = SAMPLE_RATE - LATENCY - 4800
    assert np.array_equal(out, tone[:, begin : begin + 2 * SAMPLE_RATE])


def test_the_watchdog_gets_the_peak_of_the_input_and_zeros_are_told_from_softness() -> None:
    with desk({"a": sine(5.0, amplitude=0.5)}, channel(is_muted=True)) as it:
        it.read(0.2)
        facts = it.mixer.facts()[0]
        assert facts.input_dbfs == pytest.approx(-6.02, abs=0.01)
        assert not facts.is_zero
        assert not facts.is_open
        assert it.mixer.facts()[0].is_zero


def test_the_snapshot_has_channels_and_program(tone: Samples) -> None:
    with desk({"a": tone, "b": tone}, channel("a"), channel("b", is_muted=True)) as it:
        it.read(4.0)
        snapshot = it.mixer.snapshot
    assert [each.is_open for each in snapshot.channels] == [True, False]
    assert snapshot.channels[0].meter.rms_dbfs[0] == pytest.approx(rms_db(tone), abs=0.01)
    assert snapshot.program.peak_dbfs[1] == pytest.approx(-12.04, abs=0.02)
    assert snapshot.loudness.short_term_lufs == pytest.approx(-12.04, abs=0.1)
    assert snapshot.reduction_db == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"gain_db": 12.1},
        {"gain_db": -61},
        {"balance": 1.1},
        {"sync_offset_ms": -951},
        {"sync_offset_ms": 5001},
        {"name": ""},
        {"filters": (GateSettings(),) * 9},
    ],
    ids=str,
)
def test_settings_out_of_range_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(UserError):
        channel("a", **changes)


def test_two_channels_cannot_have_the_same_id() -> None:
    with pytest.raises(UserError, match="same id"):
        MixerSettings(channels=(channel(), channel()))


def test_settings_survive_being_saved() -> None:
    from pydantic import TypeAdapter

    settings = MixerSettings(
        channels=(
            channel(filters=(NoiseSuppressionSettings(), GateSettings(), CompressorSettings()), gain_db=-3),
            channel("b", content=MicrophoneContent(device="x"), monitor=Monitor.BOTH, width=Width.MONO),
        )
    )
    adapter = TypeAdapter(MixerSettings)
    assert adapter.validate_json(adapter.dump_json(settings)) == settings


def test_what_comes_after_a_long_silence_sounds_and_measures_as_after_a_short_one() -> None:
    heard, measured = [], []
    loud = sine(2.0, hz=HZ, amplitude=0.9)
    for silent_s in (1.0, 15.0):
        sound = np.concatenate(
            (np.zeros((2, round(silent_s * SAMPLE_RATE)), np.float32), loud, 0 * loud), axis=1
        )
        with desk({"a": sound}, channel(gain_db=6.0)) as mixed:
            mixed.read(silent_s)
            heard.append(mixed.read(4.0))
            measured.append(mixed.mixer.snapshot)
    assert np.array_equal(heard[0], heard[1])
    assert measured[0] == measured[1]
    assert heard[0].any()
