"""Single pictures over HTTP with Qt's own player: the one that is seen at a moment, to the picture."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from powerstream_desktop.desktop.review.frame_source import FilmFacts, Still
from powerstream_desktop.desktop.review.streamed_frames import StreamedFrames
from powerstream_desktop.desktop.review.wishes import FrameWish
from tests.integration.library.drawn_films import Film, make_film
from tests.unit.desktop.driver import wait_for
from tests.unit.engine.sources.qt_application import host_with_application

FRAME_US = 100_000  # ten a second
LATE_S = 30.0


class Server(http.server.ThreadingHTTPServer):
    """Serves one film, in ranges."""

    daemon_threads = False
    content = b""
    asked: list[str]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the service does."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        content, wanted = self.server.content, self.headers.get("Range", "bytes=0-")
        self.server.asked.append(wanted)
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
        if match is None or self.path != "/watch/ticket":
            self.send_error(404)
            return
        first, end = int(match[1]), int(match[2]) + 1 if match[2] else len(content)
        self.send_response(206)
        self.send_header("Content-Type", "video/mp4")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Range", f"bytes {first}-{end - 1}/{len(content)}")
        self.send_header("Content-Length", str(end - first))
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self.wfile.write(content[first:end])
        except OSError:
            return  # the player has gone elsewhere

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


class Scene:
    """A film on a server, and the source."""

    def __init__(self, server: Server, parent: QObject) -> None:
        self.server = server
        self.url = f"http://127.0.0.1:{server.server_port}/watch/ticket"
        self.source = StreamedFrames(parent)
        self.facts: list[FilmFacts] = []
        self.stills: list[Still] = []
        self.refusals: list[str] = []
        self.lost = 0
        self.source.opened.connect(self.facts.append)
        self.source.came.connect(self.stills.append)
        self.source.refused.connect(lambda sentence, _: self.refusals.append(sentence))
        self.source.lost.connect(self.count_lost)

    def count_lost(self) -> None:
        self.lost += 1

    def picture(self, at_us: int, *, steps: int = 0) -> Still:
        """Ask for a picture, and wait for it."""
        before = len(self.stills)
        self.source.ask(FrameWish(at_us=at_us, steps=steps, width=160, height=90))
        wait_for(lambda: len(self.stills) > before, LATE_S)
        return self.stills[-1]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_film(tmp_path_factory.mktemp("film") / "film.mp4", Film(seconds=6)).read_bytes()


@pytest.fixture
def scene(film: bytes, tmp_path: Path) -> Iterator[Scene]:
    host_with_application()
    server = Server(("127.0.0.1", 0), Handler)
    server.content, server.asked = film, []
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    parent = QObject()
    made = Scene(server, parent)
    yield made
    made.source.end()
    parent.deleteLater()
    server.shutdown()
    serving.join()
    server.server_close()


def test_the_picture_that_is_seen_at_a_moment_comes_wherever_it_is(scene: Scene) -> None:
    scene.source.open(scene.url)
    first = scene.picture(0)
    assert (first.at_us, first.until_us) == (0, FRAME_US)
    assert (first.image.width(), first.image.height()) == (160, 90)
    [facts] = scene.facts
    assert (facts.width, facts.height, facts.frame_us) == (320, 180, FRAME_US)
    assert abs(facts.length_us - 6_000_000) < FRAME_US
    for at_us in (3_050_000, 3_100_500, 4_999_000, 120_000):
        still = scene.picture(at_us)
        assert still.at_us <= at_us < still.until_us
    assert len(scene.server.asked) > 1


def test_steps_go_picture_by_picture_both_ways(scene: Scene) -> None:
    scene.source.open(scene.url)
    assert scene.picture(2_050_000).at_us == 2_000_000
    assert scene.picture(2_000_500, steps=1).at_us == 2_100_000
    assert scene.picture(2_100_500, steps=-1).at_us == 2_000_000
    assert scene.picture(2_000_500, steps=-3).at_us == 1_700_000


def test_behind_the_end_is_the_last_picture(scene: Scene) -> None:
    scene.source.open(scene.url)
    assert scene.picture(60_000_000).until_us >= 5_900_000


def test_a_pointer_over_the_timeline_fetches_nothing(scene: Scene) -> None:
    scene.source.open(scene.url)
    scene.picture(0)
    asked = len(scene.server.asked)
    scene.source.ask(FrameWish(at_us=5_000_000, width=160, height=90, is_glance=True))
    wait_for(lambda: scene.lost == 1, LATE_S)
    assert len(scene.server.asked) == asked


def test_an_address_that_leads_nowhere_is_said_so(scene: Scene) -> None:
    scene.source.open(f"{scene.url}-of-yesterday")
    wait_for(lambda: bool(scene.refusals), LATE_S)
    assert scene.refusals == ["This replay does not come from the cloud now."]


def test_a_film_that_is_closed_answers_no_more(scene: Scene) -> None:
    scene.source.open(scene.url)
    scene.picture(0)
    scene.source.ask(FrameWish(at_us=4_000_000, width=160, height=90))
    scene.source.close()
    scene.source.open(scene.url)
    assert scene.picture(1_050_000).at_us == 1_000_000
