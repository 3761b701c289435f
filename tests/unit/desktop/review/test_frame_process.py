"""The frame server's process as the window sees it: one that answers, and ones that do not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QProcess

from powerstream_desktop.desktop.review.frame_process import FrameProcess
from powerstream_desktop.desktop.review.frame_source import FilmFacts, Still
from powerstream_desktop.desktop.review.wishes import FrameWish
from tests.unit.desktop.driver import wait_for

WISH = FrameWish(at_us=5, width=2, height=2)


class Scene:
    """A source whose server goes a way of its own."""

    def __init__(self, way: str, patience_ms: int = 20_000) -> None:
        self.owner = QObject()
        command = (sys.executable, "-m", "tests.unit.desktop.review.stub_server", way)
        self.source = FrameProcess(self.owner, command=command, patience_ms=patience_ms)
        self.facts: list[FilmFacts] = []
        self.stills: list[Still] = []
        self.refusals: list[str] = []
        self.source.opened.connect(self.facts.append)
        self.source.came.connect(self.stills.append)
        self.source.refused.connect(lambda sentence, _: self.refusals.append(sentence))

    def refused(self) -> list[str]:
        return self.refusals


@pytest.fixture
def made() -> Iterator[Callable[..., Scene]]:
    scenes: list[Scene] = []

    def make(way: str, patience_ms: int = 20_000) -> Scene:
        scenes.append(Scene(way, patience_ms))
        return scenes[-1]

    yield make
    for scene in scenes:
        scene.source.end()


def test_a_picture_comes_with_its_time_and_colours(made: Callable[..., Scene]) -> None:
    scene = made("right")
    scene.source.open("film")
    scene.source.ask(WISH)
    wait_for(lambda: bool(scene.stills))
    assert scene.facts == [FilmFacts(length_us=7, width=2, height=2, frame_us=1)]
    [still] = scene.stills
    assert (still.at_us, still.until_us) == (5, 9)
    colour = still.image.pixelColor(1, 1)
    assert (colour.red(), colour.green(), colour.blue()) == (30, 20, 10)


def test_a_server_that_is_warm_opens_the_first_film_and_another_the_next(made: Callable[..., Scene]) -> None:
    scene = made("right")
    scene.source.warm()
    scene.source.warm()
    for count in (1, 2, 3):
        scene.source.open("film")
        wait_for(lambda wanted=count: len(scene.facts) == wanted)  # type: ignore[misc]
    assert scene.refused() == []


def test_a_server_for_the_next_film_is_made_ready_and_ends_with_the_rest(
    made: Callable[..., Scene],
) -> None:
    scene = made("right")
    scene.source.open("film")
    wait_for(lambda: len(scene.source.findChildren(QProcess)) == 2)
    scene.source.close()
    wait_for(lambda: len(scene.source.findChildren(QProcess)) == 1)
    [spare] = scene.source.findChildren(QProcess)
    assert spare.state() is not QProcess.ProcessState.NotRunning
    scene.source.open("film")
    wait_for(lambda: len(scene.facts) == 2)
    assert spare in scene.source.findChildren(QProcess)
    scene.source.end()
    wait_for(lambda: scene.source.findChildren(QProcess) == [])


def test_a_film_that_is_refused_says_why(made: Callable[..., Scene]) -> None:
    scene = made("right")
    scene.source.open("refused")
    wait_for(lambda: bool(scene.refused()))
    assert scene.refused() == ["Refused."]
    assert scene.facts == []


@pytest.mark.parametrize("way", ["dies", "nonsense", "silent"])
def test_a_server_that_does_not_answer_rightly_is_given_up_once_and_can_be_opened_again(
    made: Callable[..., Scene], way: str
) -> None:
    scene = made(way, 1500 if way == "silent" else 20_000)
    scene.source.open("film")
    wait_for(lambda: bool(scene.facts))
    scene.source.ask(WISH)
    wait_for(lambda: bool(scene.refused()))
    assert scene.refused() == ["The pictures of this file cannot be shown one by one."]
    scene.source.open("film")
    wait_for(lambda: len(scene.facts) == 2)


def test_a_server_that_cannot_be_started_is_given_up(made: Callable[..., Scene]) -> None:
    scene = made("right")
    source = FrameProcess(scene.owner, command=("/nowhere/at/all",))
    refusals: list[str] = []
    source.refused.connect(lambda sentence, _: refusals.append(sentence))
    source.open("film")
    wait_for(lambda: bool(refusals))
    assert refusals == ["The pictures of this file cannot be shown one by one."]
    source.end()


def test_what_was_asked_of_a_film_that_is_closed_is_never_answered(made: Callable[..., Scene]) -> None:
    scene = made("right")
    scene.source.open("film")
    scene.source.ask(WISH)
    scene.source.close()
    scene.source.open("film")
    wait_for(lambda: bool(scene.facts))
    assert scene.stills == []
