"""Which source gives the pictures of which film."""

from __future__ import annotations

from PySide6.QtCore import QObject

from powerstream_desktop.desktop.review.film_frames import FilmFrames
from powerstream_desktop.desktop.review.frame_source import Still
from powerstream_desktop.desktop.review.wishes import FrameWish
from tests.unit.desktop.review.fake_frames import FrameMakers

WISH = FrameWish(at_us=80_000, width=4, height=4)
ADDRESS = "http://127.0.0.1:5001/watch/as1.1.ab"


def test_a_file_and_a_stream_are_asked_of_their_own_sources() -> None:
    owner, files, streams = QObject(), FrameMakers(), FrameMakers()
    frames = FilmFrames(owner, make_files=files, make_streams=streams)
    stills: list[Still] = []
    frames.came.connect(stills.append)
    frames.warm()
    assert files.frames.is_warm
    frames.open("/replays/one.mp4")
    frames.ask(WISH)
    files.frames.answer()
    assert streams.made == []  # what plays streams is loaded for streams
    frames.open(ADDRESS)
    assert files.frames.asked == ["open /replays/one.mp4", "close"]
    frames.ask(WISH)
    streams.frames.answer()
    assert [each.at_us for each in stills] == [80_000, 80_000]
    frames.open("/replays/two.mp4")
    assert streams.frames.asked == [f"open {ADDRESS}", "close"]
    frames.end()
    assert (files.frames.asked[-1], streams.frames.asked[-1]) == ("end", "end")
