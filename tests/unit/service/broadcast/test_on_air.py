"""A session's account of its streams: live while any is, bridged while none has its publisher."""

from __future__ import annotations

from powerstream_desktop.service.broadcast.on_air import OnAir


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_a_session_is_live_from_its_first_stream_to_the_end_of_its_last() -> None:
    on_air = OnAir(Clock())
    seen = [on_air.is_live]
    for change in (on_air.came, on_air.left):
        for stream in ("landscape", "portrait"):
            change(stream)
            seen.append(on_air.is_live)
    assert seen == [False, True, True, True, False]


def test_a_session_is_bridged_while_none_of_its_streams_has_its_publisher() -> None:
    on_air = OnAir(Clock())
    on_air.came("landscape")
    on_air.came("portrait")
    seen = []
    for change, stream in (
        (on_air.vanished, "portrait"),
        (on_air.vanished, "landscape"),
        (on_air.back, "portrait"),
        (on_air.left, "portrait"),
        (on_air.left, "landscape"),
        (on_air.came, "landscape"),
    ):
        change(stream)
        seen.append(on_air.is_bridged)
    assert seen == [False, True, False, True, False, False]


def test_the_clock_runs_while_the_session_is_live_and_bridged_and_adds_up() -> None:
    clock = Clock()
    on_air = OnAir(clock)
    for change, passes_s in (
        (on_air.came, 3.0),
        (on_air.vanished, 4.0),
        (on_air.left, 100.0),
        (on_air.came, 2.0),
    ):
        change("landscape")
        clock.now += passes_s
    assert on_air.elapsed_s == 9.0
