"""Fuzz target: control messages, user-control events and the account of acknowledgements.

The input is a script of messages on a connection that counts what it receives; ``python -m tests.fuzz.control`` writes the
seeds anew.
"""

from __future__ import annotations

import contextlib

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.acknowledgement import Acknowledger
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.messages import Message, MessageType
from tests.fuzz.harness import CORPUS
from tests.fuzz.script import Script

SIZE, EVENT, WINDOW, BANDWIDTH, NUMBER, ANNOUNCE, SENT = range(7)
STEPS = 7

SEEDS = {
    "chunk-sizes": "000400000080" + "000400000000" + "000480000000" + "00047fffffff",
    "events": "010a00030000000100000bb8" + "0106000600000001" + "01020003" + "0100" + "010600ff01020304",
    "windows": "020400000001" + "06000f4240" + "020400000000" + "06ffffffff" + "0204ffffffff" + "0600000001",
    "bandwidths": "0305002625a002" + "0305002625a002" + "030400000001" + "0303000000",
    "acknowledgements-past-four-gigabytes": "06ffffffff" * 3 + "020400000001" + "06ffffffff",
    "announced-twice": "05002625a0" * 2 + "0500000001",
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    script, acknowledger = Script(data), Acknowledger()
    acknowledged = received = 0
    announced: int | None = None
    while script.goes_on():
        step = script.choice(STEPS)
        if step == ANNOUNCE:
            window = script.number()
            assert acknowledger.announce(window) is (window != announced)
            announced = window
        elif step == SENT:
            size = script.number()
            acknowledger.count(size)
            received += size
            due = acknowledger.due()
            assert acknowledger.bytes_received == received
            assert acknowledger.due() is None, "asked twice, told twice"
            if due is not None:
                assert acknowledged < due == received
                acknowledged = due
                assert control.parse_number(control.acknowledgement(due).payload) == due & 0xFFFFFFFF
        else:
            payload = script.block(script.choice(16))
            with contextlib.suppress(ProtocolError):
                read(step, payload, acknowledger)


def read(step: int, payload: bytes, acknowledger: Acknowledger) -> Message | None:
    """Read one message; what was read can be written, and reads the same."""
    again: Message | None = None
    if step == SIZE:
        size = control.parse_chunk_size(payload)
        assert 1 <= size <= 0x7FFFFFFF
        again = control.set_chunk_size(size)
        assert control.parse_chunk_size(again.payload) == size
    elif step == EVENT:
        event = control.parse_user_control(payload)
        if event is not None:
            assert 2 + 4 * len(event.values) <= len(payload)
            again = Message(MessageType.USER_CONTROL, 0, 0, payload[: 2 + 4 * len(event.values)], 2)
            assert control.parse_user_control(again.payload) == event
    elif step == BANDWIDTH:
        bandwidth = control.parse_peer_bandwidth(payload)
        assert 0 <= bandwidth.limit <= 255
        assert 0 <= bandwidth.window <= 0xFFFFFFFF
    else:
        number = control.parse_number(payload)
        assert number == int.from_bytes(payload[:4], "big")
        if step == WINDOW:
            acknowledger.set_window(number)
    return again


def parse(data: bytes) -> list[object]:
    """What each reader makes of it."""
    found: list[object] = []
    for reader in (control.parse_chunk_size, control.parse_user_control, control.parse_peer_bandwidth):
        with contextlib.suppress(ProtocolError):
            found.append(reader(data))
    return found


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "control"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
