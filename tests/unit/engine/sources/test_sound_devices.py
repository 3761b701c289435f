from __future__ import annotations

import io
import itertools

import numpy as np
import pytest

from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError, SystemFault
from powerstream_desktop.engine.sources.sound_device import TRANSITIONS, SoundEvent, SoundState, next_state
from powerstream_desktop.engine.sources.sound_hardware import translate
from powerstream_desktop.engine.sources.sound_wire import (
    SoundDevice,
    SoundDeviceList,
    SoundKind,
    SoundLost,
    SoundOpened,
    SoundReport,
    encode_report,
    encode_samples,
    read_frames,
)
from tests.unit.life_cycles import assert_leads_where_it_should

DEVICE = SoundDevice(id="alsa.usb-Røde", name="Røde", kind=SoundKind.MICROPHONE, is_default=True)
REPORTS: list[SoundReport] = [
    SoundOpened(name="Røde NT-USB"),
    SoundLost(title="Gone.", hint="Plug it in.", detail="x", is_moved=True),
    SoundDeviceList(devices=(DEVICE,)),
]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: type(report).__name__)
def test_a_report_arrives_as_it_was_sent(report: SoundReport) -> None:
    assert list(read_frames(io.BytesIO(encode_report(report)))) == [report]


def test_samples_arrive_as_they_were_sent_between_reports() -> None:
    samples = np.random.default_rng(1).standard_normal((2, 480)).astype(np.float32)
    stream = encode_report(REPORTS[0]) + encode_samples(samples) + encode_samples(samples[:, :0])
    opened, block, nothing = read_frames(io.BytesIO(stream))
    assert opened == REPORTS[0]
    assert isinstance(block, np.ndarray)
    assert np.array_equal(block, samples)
    assert isinstance(nothing, np.ndarray)
    assert nothing.shape == (2, 0)


def test_a_stream_may_end_anywhere() -> None:
    whole = encode_report(REPORTS[0]) + encode_report(REPORTS[1])
    for end in range(len(whole)):
        found = list(read_frames(io.BytesIO(whole[:end])))
        assert found == REPORTS[: int(end >= len(encode_report(REPORTS[0])))]


@pytest.mark.parametrize(
    "stream",
    [
        b"R\x7f\xff\xff\xff",
        b"R\x00\x00\x00\x01{",
        b"R\x00\x00\x00\x02[]",
        b"R\x00\x00\x00\x02{}",
        b'R\x00\x00\x00\x10{"type":"Other"}'[:5] + b'{"type":"Other"}',
        b'R\x00\x00\x00\x16{"type":"SoundOpened"}',
    ],
)
def test_what_is_no_report_of_ours_is_a_bug(stream: bytes) -> None:
    with pytest.raises(BugError):
        list(read_frames(io.BytesIO(stream)))


_S, _E = SoundState, SoundEvent
ALLOWED = {
    (_S.STOPPED, _E.START): _S.OPENING,
    (_S.OPENING, _E.OPENED): _S.LIVE,
    (_S.OPENING, _E.ENDED): _S.LOST,
    (_S.LIVE, _E.ENDED): _S.LOST,
    (_S.LOST, _E.OPENED): _S.LIVE,
    (_S.LOST, _E.ENDED): _S.LOST,
    **{(state, _E.STOP): _S.STOPPED for state in _S},
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(SoundState, SoundEvent)))
def test_every_pair_leads_where_it_should_or_is_a_bug(state: SoundState, event: SoundEvent) -> None:
    assert_leads_where_it_should(next_state, ALLOWED, state, event)


def test_a_device_can_be_stopped_from_everywhere_and_is_live_only_after_it_opened() -> None:
    assert all(next_state(state, SoundEvent.STOP) is SoundState.STOPPED for state in SoundState)
    assert {
        event for events in TRANSITIONS.values() for event, to in events.items() if to is SoundState.LIVE
    } == {SoundEvent.OPENED}


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (AssertionError(), "No sound system is running."),
        (OSError("libpulse.so: cannot open"), "The sound system cannot be used."),
        (RuntimeError("Recording failed"), "The sound device stopped."),
        (TypeError("len of None"), "The sound device stopped."),
    ],
)
def test_whatever_the_sound_library_raises_becomes_a_sentence(error: Exception, title: str) -> None:
    translated = translate(error)
    assert translated.title == title
    assert translated.fault is Fault.SYSTEM
    assert type(error).__name__ in translated.detail


def test_one_of_our_own_errors_stays_itself() -> None:
    ours: PowerStreamError = SystemFault("x")
    assert translate(ours) is ours
