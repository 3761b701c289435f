from __future__ import annotations

import numpy as np
import pytest

from powerstream_desktop.engine.held_frames import HeldFrames
from powerstream_desktop.engine.program_sound import BACKLOG_S, ProgramSound, SoundBlock
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

FPS = 30
SLOT = SAMPLE_RATE // FPS


class LateMixer:
    """Gives every sample the value of its place in what was captured, in samples."""

    def __init__(self, delay: int = 0) -> None:
        self.delay = delay
        self.asked: list[tuple[int, int]] = []

    @property
    def delay_ms(self) -> float:
        return self.delay * 1000 / SAMPLE_RATE

    def read(self, position: int, count: int) -> Samples:
        self.asked.append((position, count))
        return np.tile(np.arange(position - self.delay, position - self.delay + count), (2, 1)).astype(
            np.float32
        )


def read(sound: ProgramSound, slots: range) -> list[SoundBlock]:
    return [sound.read(slot, sound.held_slots) for slot in slots]


def assert_joined(blocks: list[SoundBlock]) -> None:
    end = 0
    for block in blocks:
        assert block.position == end
        end += block.samples.shape[1]


@pytest.mark.parametrize("delay", [0, 1, 240, SLOT - 1, SLOT, SLOT + 7, 5 * SLOT + 31, 45_600])
def test_samples_are_labelled_by_what_they_hold_to_the_sample(delay: int) -> None:
    sound = ProgramSound(LateMixer(delay), FPS)
    blocks = read(sound, range(60))
    assert_joined(blocks)
    held = delay // SLOT * SLOT  # pictures wait for so long, and so a captured moment stands so much later
    for block in blocks[1:]:
        if block.samples.shape[1]:
            assert block.samples[0, 0] + held == block.position
    assert sound.held_slots == delay // SLOT


def test_a_delay_that_grows_or_shrinks_never_takes_labels_back() -> None:
    mixer = LateMixer()
    sound = ProgramSound(mixer, FPS)
    blocks: list[SoundBlock] = []
    for slot in range(200):
        mixer.delay = (0, 500, 3 * SLOT + 9, 480, 0)[slot // 40]
        blocks.append(sound.read(slot, sound.held_slots))
    assert_joined(blocks)
    assert blocks[-1].samples[0, 0] == blocks[-1].position


def test_skipped_slots_leave_no_hole() -> None:
    mixer = LateMixer()
    sound = ProgramSound(mixer, FPS)
    blocks = [sound.read(slot, 0) for slot in (0, 1, 7, 8)]
    assert_joined(blocks)
    assert mixer.asked == [(0, SLOT), (SLOT, SLOT), (2 * SLOT, 6 * SLOT), (8 * SLOT, SLOT)]


def test_after_an_hour_asleep_only_the_last_seconds_are_made_up() -> None:
    mixer = LateMixer()
    sound = ProgramSound(mixer, FPS)
    sound.read(0, 0)
    block = sound.read(3600 * FPS, 0)
    assert block.samples.shape[1] == BACKLOG_S * SAMPLE_RATE
    assert block.samples[0, 0] == pytest.approx(block.position, abs=4)  # as far as float32 counts


def test_rates_that_do_not_divide_the_samples_lose_none() -> None:
    sound = ProgramSound(LateMixer(33), 7)
    blocks = read(sound, range(70))
    assert_joined(blocks)
    assert blocks[-1].position + blocks[-1].samples.shape[1] == 10 * SAMPLE_RATE - 33


def test_pictures_wait_as_many_slots_as_they_are_told() -> None:
    held: HeldFrames[str] = HeldFrames()
    shown = []
    for slot, wait in enumerate([0, 0, 1, 1, 1, 0, 0]):
        held.put(slot, f"picture {slot}")
        shown.append(held.take(slot, wait))
    numbers = [int(each.split()[1]) for each in shown]
    assert numbers == [0, 1, 1, 2, 3, 5, 6]


def test_pictures_of_slots_that_were_skipped_are_not_waited_for() -> None:
    held: HeldFrames[int] = HeldFrames()
    for slot in (0, 1, 10, 11):
        held.put(slot, slot)
    assert held.take(11, 3) == 1
    assert held.take(13, 3) == 10
    assert held.newest == 11
    held.clear()
    assert held.newest is None
