from __future__ import annotations

import numpy as np

from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.curtained_sound import QUIET, RAMP, CurtainedSound
from powerstream_desktop.engine.sound import Samples

SLOT = 1600


class Loud:
    """One all the time."""

    delay_ms = 12.0

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def read(self, position: int, count: int) -> Samples:
        self.asked.append((position, count))
        return np.ones((2, count), np.float32)


class Hall:
    def __init__(self) -> None:
        self.loud, self.curtain = Loud(), Curtain()
        self.sound = CurtainedSound(self.loud, self.curtain)
        self.position = 0

    def hear(self, count: int = SLOT) -> Samples:
        samples = self.sound.read(self.position, count)
        self.position += count
        return samples


def steepest(samples: Samples) -> float:
    return float(np.abs(np.diff(samples)).max())


def test_nothing_is_changed_while_it_is_open() -> None:
    hall = Hall()
    assert np.array_equal(hall.hear(), np.ones((2, SLOT)))
    assert hall.sound.delay_ms == 12.0


def test_the_very_next_samples_go_silent_without_a_click_and_the_mixer_is_read_on() -> None:
    hall = Hall()
    hall.hear()
    hall.curtain.draw()
    going, gone = hall.hear(), hall.hear()
    assert not going[:, RAMP:].any()
    assert not gone.any()
    assert steepest(going) < 1.5 / RAMP
    assert hall.loud.asked == [(number * SLOT, SLOT) for number in range(3)]


def test_the_sound_waits_until_the_mixer_has_muted_and_comes_back_without_a_click() -> None:
    hall = Hall()
    hall.curtain.draw()
    hall.hear()
    hall.curtain.dealt_with()
    heard = np.concatenate([hall.hear(), hall.hear(100), hall.hear()], axis=1)
    assert not heard[:, :QUIET].any()
    assert heard[:, QUIET + RAMP :].all()
    assert steepest(heard) < 1.5 / RAMP
    assert np.array_equal(hall.hear(), np.ones((2, SLOT)))


def test_one_that_was_drawn_and_open_again_between_two_reads_silences_all_the_same() -> None:
    hall = Hall()
    hall.hear()
    hall.curtain.draw()
    hall.curtain.dealt_with()
    assert not hall.hear()[:, RAMP:].any()


def test_drawn_again_while_the_sound_comes_back_it_goes_from_where_it_is() -> None:
    hall = Hall()
    hall.curtain.draw()
    hall.hear()
    hall.curtain.dealt_with()
    coming = hall.hear(QUIET + RAMP // 2)
    hall.curtain.draw()
    heard = np.concatenate([coming, hall.hear()], axis=1)
    assert 0.4 < heard.max() < 0.6
    assert steepest(heard) < 1.5 / RAMP
    assert not heard[:, -SLOT // 2 :].any()
