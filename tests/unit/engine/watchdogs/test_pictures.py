from __future__ import annotations

from dataclasses import replace

import pytest

from powerstream_desktop.engine.watchdogs.facts import SourceFacts
from powerstream_desktop.engine.watchdogs.finding import Finding, Trouble
from powerstream_desktop.engine.watchdogs.pictures import PictureWatch

SCREEN = SourceFacts(id="s", name="My screen", is_capture=True)
CAMERA = SourceFacts(id="c", name="Webcam", wanted_fps=30.0)


class Watched:
    """One source that is looked at once a second."""

    def __init__(self, facts: SourceFacts) -> None:
        self._watch = PictureWatch()
        self._facts = facts
        self.now = 100.0

    def after(
        self,
        seconds: int,
        *,
        fps: float = 0.0,
        is_picture_black: bool = False,
        is_black: bool | None = None,
        is_frozen: bool | None = None,
    ) -> list[Finding]:
        """Return what is found after so many seconds in which the source delivers so many pictures a second."""
        found: list[Finding] = []
        for _ in range(seconds):
            self.now += 1
            self._facts = replace(
                self._facts,
                delivered=self._facts.delivered + round(fps),
                is_black=self._facts.is_black if is_black is None else is_black,
                is_frozen=self._facts.is_frozen if is_frozen is None else is_frozen,
            )
            found = list(self._watch.look([self._facts], self.now, is_black=is_picture_black))
        return found


def troubles(found: list[Finding]) -> list[Trouble]:
    return [finding.trouble for finding in found]


def test_a_screen_that_shows_something_is_fine() -> None:
    assert Watched(SCREEN).after(60) == []


def test_a_black_screen_is_said_after_five_seconds_until_it_is_seen_again() -> None:
    it = Watched(SCREEN)
    assert it.after(5, is_black=True) == []
    assert troubles(it.after(1, is_black=True)) == [Trouble.CAPTURE_BLACK]
    assert troubles(it.after(60, is_black=True)) == [Trouble.CAPTURE_BLACK]
    assert troubles(it.after(1, is_black=False)) == [Trouble.CAPTURE_BLACK]
    assert it.after(1, is_black=False) == []


def test_a_film_that_fades_to_black_is_not_said() -> None:
    it = Watched(SCREEN)
    for _ in range(5):
        assert it.after(4, is_black=True) == []
        assert it.after(1, is_black=False) == []


def test_a_black_camera_or_image_may_be_meant() -> None:
    assert Watched(CAMERA).after(20, fps=30, is_black=True) == []


def test_a_black_picture_is_said_once_with_its_cause_if_that_is_known() -> None:
    assert troubles(Watched(SCREEN).after(6, is_black=True, is_picture_black=True)) == [Trouble.CAPTURE_BLACK]
    assert troubles(Watched(CAMERA).after(6, fps=30, is_picture_black=True)) == [Trouble.PICTURE_BLACK]


def test_a_frozen_camera_is_said_at_once_and_is_not_also_late() -> None:
    it = Watched(CAMERA)
    it.after(3, fps=30)
    assert troubles(it.after(1, is_frozen=True)) == [Trouble.CAMERA_FROZEN]
    assert troubles(it.after(20, is_frozen=True)) == [Trouble.CAMERA_FROZEN]
    assert it.after(1, fps=30, is_frozen=False) == []


def test_a_camera_that_gives_half_its_pictures_is_late_after_five_seconds() -> None:
    it = Watched(CAMERA)
    assert it.after(6, fps=15) == []
    found = it.after(1, fps=15)
    assert troubles(found) == [Trouble.SOURCE_LATE]
    assert found[0].title == "Webcam gives 15 pictures a second instead of 30."


def test_a_late_source_is_fine_again_only_when_it_gives_nearly_all() -> None:
    it = Watched(CAMERA)
    it.after(10, fps=15)
    assert troubles(it.after(10, fps=25)) == [Trouble.SOURCE_LATE]
    assert troubles(it.after(3, fps=29)) == [Trouble.SOURCE_LATE]
    assert it.after(1, fps=29) == []
    assert it.after(10, fps=25) == []


def test_a_source_that_delivers_when_something_changes_is_never_late() -> None:
    assert Watched(SCREEN).after(60, fps=0) == []


def test_a_source_that_begins_to_count_anew_is_not_late_for_that() -> None:
    watch = PictureWatch()
    for second, delivered in enumerate([900, 30, 60, 90, 120, 150, 180, 210]):
        assert list(watch.look([replace(CAMERA, delivered=delivered)], second, is_black=False)) == []


@pytest.mark.parametrize("facts", [replace(SCREEN, is_black=True), replace(CAMERA, is_frozen=True), CAMERA])
def test_each_finding_names_the_source_and_has_a_hint(facts: SourceFacts) -> None:
    finding = Watched(facts).after(8)[0]
    assert finding.subject == facts.id
    assert facts.name in finding.title
    assert finding.hint.endswith(".")
