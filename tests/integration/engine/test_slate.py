"""The slate: made beside the program, with its very settings, and shown in a loop without a seam."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine import slate as slate_module
from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import B_PICTURES, kinds_of
from powerstream_desktop.engine.feed import FeedOutput
from powerstream_desktop.engine.output.output import Output
from powerstream_desktop.engine.picture import blank_frame, planes_of
from powerstream_desktop.engine.slate import SlateDrawing, SlateMaker, slate_path
from powerstream_desktop.engine.sources.moving_test_picture import TestPictureSource
from powerstream_desktop.engine.video_settings import Latency, VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from powerstream_desktop.rtmp.messages import MessageType
from tests.unit.rtmp.flv.pictures import decoded

PATIENCE_S = 20.0


def settings(*, width: int = 192, height: int = 128, latency: Latency = Latency.NORMAL) -> VideoSettings:
    return VideoSettings(width=width, height=height, fps=25, bitrate_kbps=300, latency=latency)


def maker_of(
    wanted: VideoSettings, folder: Path, on_ready: Callable[[Path], None], *, after_s: float
) -> SlateMaker:
    def open_output() -> Output:
        return Output(wanted, AVEncoder(kinds_of(wanted.codec)[-1].for_background(), wanted))

    path = slate_path(folder, Rendition.LANDSCAPE)
    return SlateMaker(wanted, path, open_output, on_ready, after_s=after_s)


def make_slate(wanted: VideoSettings, folder: Path) -> Slate:
    ready = threading.Event()
    paths: list[Path] = []

    def take(path: Path) -> None:
        paths.append(path)
        ready.set()

    maker = maker_of(wanted, folder, take, after_s=0.0)
    maker.start()
    assert ready.wait(PATIENCE_S)
    maker.close()
    assert paths == [folder / "slate.flv"]
    assert list(folder.iterdir()) == paths
    return Slate.read(paths[0].read_bytes())


def program(wanted: VideoSettings) -> tuple[bytes, list[bytes]]:
    """Return the header and the pictures that the engine's program itself would have."""
    output = Output(wanted, AVEncoder(kinds_of(wanted.codec)[-1], wanted))
    pattern = TestPictureSource(wanted.width, wanted.height, wanted.fps)
    tags = [
        tag
        for slot in range(10)
        for tag in output.encode_picture(pattern.picture_at(slot / 25).frame, slot, is_key=slot == 0)
    ]
    bodies = [tag.payload for tag in [*tags, *output.finish()] if tag.type == MessageType.VIDEO]
    header = next(body for body in bodies if classify_video(body).kind is TagKind.HEADER)
    return header, [body for body in bodies if classify_video(body).kind is TagKind.FRAME]


@pytest.mark.parametrize("latency", list(Latency))
def test_decoders_go_over_to_the_slate_and_back_without_new_settings(
    tmp_path: Path, latency: Latency
) -> None:
    wanted = settings(latency=latency)
    slate = make_slate(wanted, tmp_path)
    header, frames = program(wanted)
    assert slate.header == header
    assert (len(slate.pictures), slate.length_ms) == (50, 2000)

    loop = [picture.payload for picture in slate.pictures]
    shown = decoded("h264", header, [*frames, *loop, *loop, *frames])
    assert len(shown) == 2 * (len(frames) + len(loop))
    first, second = shown[len(frames) :][: len(loop)], shown[len(frames) + len(loop) :][: len(loop)]
    assert first == second
    assert len(set(first)) > len(loop) // 2, "the slate stands still"


def test_a_slate_is_closed_its_last_pictures_need_none_of_the_next_loop(tmp_path: Path) -> None:
    slate = make_slate(settings(), tmp_path)
    times = [picture.at_ms + picture.info.cts_ms for picture in slate.pictures]
    assert max(times) - min(times) == pytest.approx(slate.length_ms - 40, abs=1)


def test_the_encoder_of_a_slate_holds_no_more_pictures_than_it_must_refer_to() -> None:
    wanted = settings()
    kind = kinds_of(wanted.codec)[-1]

    def held(encoder: AVEncoder) -> int:
        frame = blank_frame(wanted.width, wanted.height)
        made = [encoder.encode(frame, slot, is_key=slot == 0) for slot in range(wanted.fps)]
        encoder.finish()
        return sum(not pictures for pictures in made)

    assert held(AVEncoder(kind.for_background(), wanted)) <= B_PICTURES + 1
    assert held(AVEncoder(kind, wanted)) > B_PICTURES + 1


class NoRest(threading.Event):
    """Notes how long it should have been waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.rests_s: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.rests_s.append(timeout or 0.0)
        return False


@pytest.mark.parametrize(
    ("took_s", "cost_s", "rest_s"),
    [
        pytest.param(0.5, 0.5, 1.5, id="a computer with nothing else to do"),
        pytest.param(0.5, 0.1, 0.3, id="a computer at work for others"),
        pytest.param(0.5, 0.0, 0.04, id="an encoder with threads of its own"),
        pytest.param(0.01, 0.0, 0.01, id="hardware"),
    ],
)
def test_the_maker_rests_for_what_a_picture_cost_not_for_what_it_had_to_wait(
    tmp_path: Path, took_s: float, cost_s: float, rest_s: float
) -> None:
    class Slow:
        """Makes nothing, and takes its time."""

        now = cost = 0.0

        def encode_picture(self, _frame: object, _slot: int, *, is_key: bool) -> list[FLVTag]:
            self.now += took_s
            self.cost += cost_s
            return []

        def encode_sound(self, _samples: object, _position: int) -> list[FLVTag]:
            return []

        def set_bitrate(self, _video_kbps: int) -> None:
            pass

        def finish(self) -> list[FLVTag]:
            return []

    slow, rests = Slow(), NoRest()
    maker = SlateMaker(
        settings(),
        tmp_path / "slate.flv",
        lambda: slow,
        lambda _path: None,
        clock=lambda: slow.now,
        processor=lambda: slow.cost,
        after_s=0.0,
    )
    maker._stopping = rests
    maker.start()
    maker.close()
    assert rests.rests_s[1:] == [pytest.approx(rest_s)] * 50


def test_an_engine_that_ends_leaves_no_half_a_slate(tmp_path: Path) -> None:
    maker = maker_of(settings(), tmp_path, lambda _path: None, after_s=3600.0)
    maker.start()
    maker.close()
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_that_hangs_over_the_slate_does_not_hold_up_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slate_module, "CLOSE_S", 0.01)
    is_hanging, may_go_on = threading.Event(), threading.Event()

    def hang() -> FeedOutput:
        is_hanging.set()
        may_go_on.wait(PATIENCE_S)
        raise SystemFault("The driver hung.")

    maker = SlateMaker(settings(), tmp_path / "slate.flv", hang, lambda _path: None, after_s=0.0)
    maker.start()
    assert is_hanging.wait(PATIENCE_S)
    maker.close()
    assert not may_go_on.is_set()
    assert maker._thread.is_alive()
    may_go_on.set()
    maker._thread.join(PATIENCE_S)
    assert list(tmp_path.iterdir()) == []


def test_a_maker_that_was_never_started_may_be_closed(tmp_path: Path) -> None:
    maker = maker_of(settings(), tmp_path, lambda _path: None, after_s=0.0)
    maker.close()
    assert not maker._thread.is_alive()
    assert list(tmp_path.iterdir()) == []


def test_a_slate_that_cannot_be_left_costs_nothing_else(tmp_path: Path) -> None:
    ready: list[Path] = []
    maker = maker_of(settings(), tmp_path / "missing", ready.append, after_s=0.0)
    maker.start()
    maker._thread.join(PATIENCE_S)
    assert not maker._thread.is_alive()
    assert ready == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280), (64, 64)])
def test_the_bar_runs_there_and_back_below_the_words(width: int, height: int) -> None:
    drawing = SlateDrawing(width, height)
    places = []
    for share in (0.0, 0.25, 0.5, 0.75):
        luma = planes_of(drawing.picture_at(share))[0]
        row = luma[drawing.rail.y // 2 * 2]
        places.append(int(np.flatnonzero(row == row.max())[0]))
    assert places[0] < places[1] < places[2]
    assert places[1] == places[3]
    words = planes_of(drawing.picture_at(0.0))[0][: drawing.rail.y // 2 * 2]
    assert bool(words.max() > 150) is (width > 64)  # there is no room for words on a stamp
