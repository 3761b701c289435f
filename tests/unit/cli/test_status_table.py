from __future__ import annotations

import io

from rich.console import Console

from powerstream_desktop.cli.status_table import status_table
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState
from tests.unit.cli.snapshots import broadcast, destination
from tests.unit.cli.test_displays import DEAD, FULL, LOST
from tests.unit.engine.control.examples import STATS


def drawn(snapshot: BroadcastSnapshot, width: int = 100) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=False).print(status_table(snapshot))
    return out.getvalue().splitlines()


def test_each_destination_has_a_row_with_its_light() -> None:
    lines = drawn(broadcast(destination("One"), destination("Two", state=DestinationState.SLOW)))
    assert lines[0].startswith("● LIVE  00:00:05   H.264 + AAC  4660 kbit/s in")
    assert lines[2].split() == ["One", "●", "live", "4500", "150", "0", "0", "ms"]
    assert lines[3].split()[:3] == ["Two", "▲", "slow"]


def test_a_row_says_what_is_out_of_the_ordinary() -> None:
    tall = destination(
        "Tall",
        rendition=Rendition.PORTRAIT,
        backup_in_use=True,
        frames_dropped=30,
        frames_dropped_per_s=6.2,
    )
    assert drawn(broadcast(tall))[2].split() == [
        "Tall", "portrait", "●", "live", "(backup)", "4500", "150", "30", "(+6/s)", "0", "ms",
    ]  # fmt: skip


def test_names_are_plain_text() -> None:
    assert "[red]One[/red]" in drawn(broadcast(destination("[red]One[/red]")))[2]


def test_a_recording_that_failed_stands_above_the_causes_of_lights() -> None:
    lines = drawn(broadcast(LOST, recording=FULL))
    [recording] = [number for number, line in enumerate(lines) if "NOT RECORDING" in line]
    [cause] = [number for number, line in enumerate(lines) if "↳" in line]
    assert recording < cause


def test_an_engine_that_keeps_failing_says_why() -> None:
    assert "◐ engine  The encoder refused to work. It is being started again." in drawn(
        broadcast(engine=DEAD)
    )


def test_a_broadcast_whose_encoder_is_gone_says_so_and_for_how_long() -> None:
    lines = drawn(broadcast(destination(), state=BroadcastState.BRIDGING, bridging_s=12.4))
    assert lines[0] == "▲ BRIDGING  00:00:05   the encoder is gone for 00:00:12; platforms are kept"


def test_a_broadcast_whose_encoder_did_not_come_back_says_so_while_it_waits() -> None:
    sentence = "The encoder did not come back for 300 s."
    lines = drawn(broadcast(state=BroadcastState.STARTING, publishing=False, last_end=sentence))
    assert sentence in lines


def test_a_files_name_cannot_command_the_terminal() -> None:
    lines = drawn(broadcast(engine_stats=STATS, engine_source="file a\n\x1b[31mb.mp4"))
    assert lines[-1].startswith("engine  file a��[31mb.mp4  landscape 1843 frames")


def test_a_narrow_terminal_keeps_names_and_lights() -> None:
    lines = drawn(broadcast(destination("A name that is longer than the column may be wide")), width=30)
    assert "A name" in lines[-1]
    assert "● live" in lines[-1]
    assert max(map(len, lines)) <= 30
