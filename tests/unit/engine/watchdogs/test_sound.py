from __future__ import annotations

from dataclasses import replace

from powerstream_desktop.engine.watchdogs.facts import ChannelFacts
from powerstream_desktop.engine.watchdogs.finding import Finding, Trouble
from powerstream_desktop.engine.watchdogs.sound import SoundWatch

FINE = ChannelFacts(
    id="mic", name="Microphone", is_microphone=True, is_open=True, input_dbfs=-20, is_zero=False, late_ms=0
)
SOFT = replace(FINE, input_dbfs=-70)
ZERO = replace(FINE, input_dbfs=-120, is_zero=True)
LOUD = replace(FINE, input_dbfs=0)
LATE = replace(FINE, late_ms=-90)


class Watched:
    """One channel that is looked at twice a second."""

    def __init__(self) -> None:
        self._watch = SoundWatch()
        self.now = 100.0

    def after(self, seconds: float, facts: ChannelFacts) -> list[Trouble]:
        return [finding.trouble for finding in self.findings(seconds, facts)]

    def findings(self, seconds: float, facts: ChannelFacts) -> tuple[Finding, ...]:
        found: tuple[Finding, ...] = ()
        for _ in range(round(seconds * 2)):
            self.now += 0.5
            found = tuple(self._watch.look([facts], self.now))
        return found


def test_a_microphone_that_is_heard_is_fine() -> None:
    assert Watched().after(60, FINE) == []


def test_a_silent_microphone_is_said_after_ten_seconds_until_it_is_heard() -> None:
    it = Watched()
    assert it.after(10, SOFT) == []
    assert it.after(0.5, SOFT) == [Trouble.MICROPHONE_SILENT]
    assert it.after(60, SOFT) == [Trouble.MICROPHONE_SILENT]
    assert it.after(0.5, FINE) == []
    assert it.after(10, SOFT) == []


def test_a_microphone_that_gives_only_zeros_is_switched_off_after_three_seconds() -> None:
    it = Watched()
    assert it.after(3, ZERO) == []
    assert it.after(0.5, ZERO) == [Trouble.MICROPHONE_OFF]
    assert it.after(20, ZERO) == [Trouble.MICROPHONE_OFF]


def test_silence_that_is_meant_is_not_suspicious() -> None:
    assert Watched().after(60, replace(ZERO, is_open=False)) == []
    assert Watched().after(60, replace(ZERO, is_microphone=False)) == []


def test_muting_starts_the_wait_anew() -> None:
    it = Watched()
    it.after(9, SOFT)
    it.after(0.5, replace(SOFT, is_open=False))
    assert it.after(9, SOFT) == []


def test_clipping_is_said_at_once_and_for_five_seconds_after() -> None:
    it = Watched()
    assert it.after(0.5, LOUD) == [Trouble.SOUND_CLIPPING]
    assert it.after(5, FINE) == [Trouble.SOUND_CLIPPING]
    assert it.after(0.5, FINE) == []


def test_drift_is_said_when_it_stays() -> None:
    it = Watched()
    assert it.after(2, LATE) == []
    finding = it.findings(0.5, LATE)[0]
    assert finding.trouble is Trouble.SOUND_DRIFTING
    assert finding.title == "Microphone is heard 90 ms too early."
    assert it.after(2, replace(LATE, late_ms=79)) == [Trouble.SOUND_DRIFTING]
    assert it.after(0.5, replace(LATE, late_ms=79)) == []


def test_each_notice_has_a_remedy_and_names_the_channel() -> None:
    for facts in (SOFT, ZERO, LOUD, LATE):
        finding = Watched().findings(11, facts)[0]
        assert finding.subject == "mic"
        assert "Microphone" in finding.title
        assert finding.hint.endswith(".")


def test_a_channel_that_is_gone_is_forgotten() -> None:
    watch = SoundWatch()
    assert len(list(watch.look([SOFT, replace(LOUD, id="b")], 0))) == 1
    assert list(watch.look([], 5)) == []
    assert list(watch.look([SOFT, replace(FINE, id="b")], 10.5)) == []
