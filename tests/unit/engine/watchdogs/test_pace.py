from __future__ import annotations

from dataclasses import replace

from powerstream_desktop.engine.watchdogs.facts import RenditionFacts
from powerstream_desktop.engine.watchdogs.finding import Finding, Trouble
from powerstream_desktop.engine.watchdogs.pace import PaceWatch

FINE = RenditionFacts(name="landscape", made=0, skipped=0, encode_ms=12.0, slot_ms=33.3)


class Watched:
    """A rendition of 30 frames a second that is looked at once a second."""

    def __init__(self) -> None:
        self._watch = PaceWatch()
        self._facts = FINE
        self.now = 100.0

    def after(
        self,
        seconds: int,
        *,
        skipped: int = 0,
        encode_ms: float = 12.0,
        waiting: int = 0,
        av_offset_ms: float = 0.0,
    ) -> list[Trouble]:
        """Return what is found after so many seconds, in each of which so many slots are skipped."""
        found: list[Finding] = []
        for _ in range(seconds):
            self.now += 1
            self._facts = replace(
                self._facts,
                made=self._facts.made + 30 - skipped,
                skipped=self._facts.skipped + skipped,
                encode_ms=encode_ms,
                waiting=waiting,
            )
            found = list(self._watch.look([self._facts], self.now, av_offset_ms=av_offset_ms))
        assert all(finding.hint.endswith(".") for finding in found)
        return [finding.trouble for finding in found]


def test_an_encoder_that_keeps_up_is_fine() -> None:
    assert Watched().after(60, waiting=1) == []


def test_skipped_slots_are_said_after_three_seconds_and_until_ten_calm_ones() -> None:
    it = Watched()
    it.after(1)
    assert it.after(3, skipped=2) == []
    assert it.after(1, skipped=2) == [Trouble.ENCODER_BEHIND]
    assert it.after(9) == [Trouble.ENCODER_BEHIND]
    assert it.after(1, skipped=2) == [Trouble.ENCODER_BEHIND]
    assert it.after(10) == [Trouble.ENCODER_BEHIND]
    assert it.after(1) == []


def test_one_skipped_slot_now_and_then_is_nothing() -> None:
    it = Watched()
    for _ in range(20):
        assert it.after(1, skipped=3) == []
        assert it.after(2) == []


def test_encoding_that_takes_longer_than_a_slot_is_said_before_anything_is_skipped() -> None:
    it = Watched()
    assert it.after(3, encode_ms=40) == []
    assert it.after(1, encode_ms=40) == [Trouble.ENCODER_BEHIND]


def test_pictures_that_wait_for_the_encoder_are_said() -> None:
    assert Watched().after(4, waiting=5) == [Trouble.ENCODER_BEHIND]


def test_sound_that_leaves_its_picture_is_said_when_it_stays() -> None:
    it = Watched()
    assert it.after(2, av_offset_ms=-45) == []
    assert it.after(1, av_offset_ms=-45) == [Trouble.AV_DRIFT]
    assert it.after(20, av_offset_ms=-35) == [Trouble.AV_DRIFT]
    assert it.after(5, av_offset_ms=-25) == [Trouble.AV_DRIFT]
    assert it.after(1, av_offset_ms=-25) == []
    assert it.after(20, av_offset_ms=39) == []


def test_a_rendition_that_begins_anew_is_not_behind_for_that() -> None:
    watch = PaceWatch()
    for second, made in enumerate([9000, 20, 50, 80, 110, 140]):
        assert list(watch.look([replace(FINE, made=made)], second, av_offset_ms=0)) == []
