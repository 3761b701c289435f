"""Fuzz target: the way of the media from a publisher with a wild clock to destinations that come, stall, lag and go.

The input is a script. Every destination reads what it gets with a reader of its own: times never go back on a track, and
pictures and sound keep the distance that the stream gave them. ``python -m tests.fuzz.push`` writes the seeds anew.
"""

from __future__ import annotations

import logging

from powerstream_desktop.relay.ingest.player import Player
from powerstream_desktop.relay.push.push_writer import PushWriter
from powerstream_desktop.relay.push.send_queue import SendQueue
from powerstream_desktop.relay.stream.burst import OUT_CHUNK_SIZE, Burst
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.fuzz.harness import CORPUS
from tests.fuzz.script import Script
from tests.unit.relay.packets import METADATA, PICTURE_HEADER, SOUND_HEADER

PICTURE, SOUND, FLUSH, HAND_OUT, ACCEPT, LOSE, JOIN, STALL, LEAVE, DATA, HEADER, JUMP, WAIT, END = range(14)
STEPS = 14
MAX_FOLLOWERS = 4
KEY, INTER, DISPOSABLE, UNKNOWN, EMPTY, LARGE = range(6)
KINDS = 6
STEP_MS = 33
NOON_S = 100.0
MAX_WAITED_S = 6.0
MAX_LARGE = 3
"""Pictures of more than one chunk; more of them would only take memory."""

ON_AIR = f"{HEADER:02x}00{HEADER:02x}01{PICTURE:02x}0000{SOUND:02x}00"
FRAME = f"{PICTURE:02x}0101{SOUND:02x}00{FLUSH:02x}21"
GROUP = f"{PICTURE:02x}0001{SOUND:02x}00{FLUSH:02x}21" + FRAME * 5
SEEDS = {
    "steady": f"{JOIN:02x}00" + ON_AIR + GROUP * 3,
    "late": ON_AIR + GROUP + f"{JOIN:02x}00" + f"{JOIN:02x}01" + f"{JOIN:02x}02" + GROUP * 2,
    "stalled": f"{JOIN:02x}00" + ON_AIR + GROUP + f"{STALL:02x}00" + GROUP * 3 + f"{STALL:02x}00" + GROUP,
    "publisher-comes-again": f"{JOIN:02x}01" + ON_AIR + GROUP + f"{LOSE:02x}{WAIT:02x}14{ACCEPT:02x}" + ON_AIR + GROUP,
    "publisher-falls-silent": f"{JOIN:02x}01" + ON_AIR + GROUP + f"{WAIT:02x}1e" * 2 + GROUP * 2,
    "joined-while-bridged": ON_AIR + GROUP + f"{LOSE:02x}{WAIT:02x}14{JOIN:02x}01{JOIN:02x}02{WAIT:02x}14{ACCEPT:02x}" + ON_AIR + GROUP,
    "ended-and-begun-anew": f"{JOIN:02x}01" + ON_AIR + GROUP + f"{END:02x}{ACCEPT:02x}" + ON_AIR + GROUP,
    "clock-jumps": f"{JOIN:02x}00" + ON_AIR + GROUP + f"{JUMP:02x}fffffff0" + GROUP + f"{JUMP:02x}00000000" + GROUP,
    "sound-only": f"{JOIN:02x}00{HEADER:02x}01" + "".join(f"{SOUND:02x}{21 * n:02x}{FLUSH:02x}30" for n in range(8)),
    "captions": f"{JOIN:02x}00" + ON_AIR + (f"{DATA:02x}01" + FRAME) * 4 + f"{DATA:02x}00" + FRAME,
    "dropped": f"{JOIN:02x}00" + ON_AIR + f"{STALL:02x}00" + (f"{PICTURE:02x}01ff" + FRAME) * 20 + f"{STALL:02x}00" + GROUP,
    "large": f"{JOIN:02x}00" + ON_AIR + f"{PICTURE:02x}0501" * 3 + f"{HAND_OUT:02x}" + GROUP,
    "left": f"{JOIN:02x}00{JOIN:02x}02" + ON_AIR + GROUP + f"{LEAVE:02x}00" + GROUP,
}  # fmt: skip


class Wire:
    """A destination's end: reads the bytes and keeps the promises."""

    def __init__(self, stage: Stage, chunk_size: int) -> None:
        self._stage = stage
        self._reader = ChunkReader()
        self._ends_ms: dict[int, int] = {}
        self._distances_ms: frozenset[int] = frozenset()
        """How far the stream's time may be ahead of ours: a bridge repeats pictures, so one alone does not tell."""
        if chunk_size != 128:
            self._reader.feed(ChunkWriter().write(control.set_chunk_size(chunk_size)))

    def take(self, data: bytes) -> None:
        """Read, and check."""
        self._reader.start_second()
        for message in self._reader.feed(data):
            assert message.timestamp >= self._ends_ms.get(message.type, 0), "a time went back"
            self._ends_ms[message.type] = message.timestamp
            if message.type == MessageType.DATA_AMF0 or message.payload not in self._stage.dts_ms:
                continue
            possible = {dts_ms - message.timestamp for dts_ms in self._stage.dts_ms[message.payload]}
            self._distances_ms = self._distances_ms & possible if self._distances_ms else frozenset(possible)
            assert self._distances_ms, "pictures and sound moved apart"


class Follower:
    """A destination: shared bytes while it is in step, its own headers else, a queue while it is stalled."""

    def __init__(self, stage: Stage, *, takes_group: bool) -> None:
        self._wire = Wire(stage, OUT_CHUNK_SIZE)
        self._queue = SendQueue()
        self._stalled = False
        stream = stage.stream
        stream.hand_out()
        self._writer = PushWriter(ChunkWriter(OUT_CHUNK_SIZE), 1, has_video=stream.has_video)
        group = stream.group() if takes_group else ()
        self._queue.start_with((*stream.headers(), *group))
        if stream.has_video and not group:
            self._queue.wait_for_key()
        self._drain()
        stream.attach(self)

    def stall(self) -> None:
        """Stop taking data, or go on."""
        self._stalled = not self._stalled
        self._drain()

    def offer(self, burst: Burst) -> None:
        if not self._stalled and self._queue.is_idle and self._writer.in_step(burst):
            self._wire.take(self._writer.share(burst))
            return
        self._queue.push(burst.packets)
        self._drain()

    def stream_started(self) -> None:
        """A publisher is there."""

    def stream_ended(self) -> None:
        """The broadcast is over."""

    def _drain(self) -> None:
        while self._queue and not self._stalled:
            self._wire.take(self._writer.write([self._queue.pop()]))


class PlayerEnd:
    """What a player's connection does, with a reader at its far end."""

    def __init__(self, stage: Stage) -> None:
        self._wire = Wire(stage, 128)
        self.player = Player(self, stage.stream, ChunkWriter(), 1)
        self._stalled = False
        self.player.start()

    def stall(self) -> None:
        """Stop taking data, or go on."""
        self._stalled = not self._stalled
        (self.player.pause if self._stalled else self.player.resume)()

    def write(self, data: bytes) -> int:
        self._wire.take(data)
        return 0

    def end_play(self, stream_id: int) -> None:
        """The player is told that it is over."""

    def cut(self) -> None:
        """The player is too slow."""


class Stage:
    """The publisher, its stream, and who follows it."""

    def __init__(self) -> None:
        self.now = NOON_S
        self.stream = Stream("fuzz", lambda: self.now)
        self.dts_ms: dict[bytes, set[int]] = {}
        """Where the stream put each frame, by its payload."""
        self._has_publisher = True
        self.followers: list[Follower | PlayerEnd] = []
        self._ends_ms = [0, 0, 0]
        self._indexes = [-1, -1, -1]
        self._timestamp = 0
        self._number = 0
        self._large_left = MAX_LARGE
        self.stream.attach(self)
        self.stream.start_publish()

    def offer(self, burst: Burst) -> None:
        """Look at what the stream hands out, before anybody else."""
        for packet in burst.packets:
            self._check(packet)

    def stream_started(self) -> None:
        """A publisher is there."""

    def stream_ended(self) -> None:
        """The broadcast is over."""

    def _check(self, packet: MediaPacket) -> None:
        assert packet.index == self._indexes[packet.kind] + 1, "a hole in the numbers"
        assert packet.dts_ms >= self._ends_ms[packet.kind], "the stream's time went back"
        self._indexes[packet.kind] = packet.index
        self._ends_ms[packet.kind] = packet.dts_ms
        if packet.info.kind is TagKind.FRAME:
            self.dts_ms.setdefault(packet.payload, set()).add(packet.dts_ms)

    def step(self, script: Script) -> None:
        """Do what the script says next."""
        match script.choice(STEPS):
            case 0 if self._has_publisher:
                kind = script.choice(KINDS)
                self._timestamp = (self._timestamp + STEP_MS * script.byte()) & 0xFFFFFFFF
                self.stream.take_video(self._timestamp, self._picture(kind), self.now)
            case 1 if self._has_publisher:
                payload = b"\xaf\x01" + self._next_number()
                self.stream.take_audio((self._timestamp + script.byte()) & 0xFFFFFFFF, payload, self.now)
            case 2 if self._has_publisher:
                self.now += script.byte() / 1000
                self.stream.flush(self.now)
            case 3:
                self.stream.hand_out()
            case 4:
                self.stream.start_publish()
                self._has_publisher = True
            case 5 if self._has_publisher:
                self.stream.pause_publish()
                self._has_publisher = False
            case 6:
                self._join(script.choice(3))
            case 7 if self.followers:
                self.followers[script.choice(len(self.followers))].stall()
            case 8 if self.followers:
                self._leave(script.choice(len(self.followers)))
            case 9 if self._has_publisher:
                self._send_data(script.choice(2))
            case 10 if self._has_publisher:
                self._send_header(script.choice(2))
            case 11:
                self._timestamp = script.number()
            case 12 if self.now < NOON_S + MAX_WAITED_S:
                self._wait(script.choice(32) / 10)
            case 13:
                self.stream.end_publish()
                self._has_publisher = False
            case _:
                pass

    def _wait(self, seconds: float) -> None:
        """Let time pass, as the server does: with a look at the stream whenever it asks for one."""
        until = self.now + seconds
        while (wake_at := self.stream.keep_up(self.now)) is not None and wake_at <= until:
            assert wake_at > self.now, "a bridge that stands still"
            self.now = wake_at
        self.now = until

    def _join(self, how: int) -> None:
        if len(self.followers) < MAX_FOLLOWERS:
            self.followers.append(PlayerEnd(self) if how == 2 else Follower(self, takes_group=how == 1))

    def _leave(self, place: int) -> None:
        leaving = self.followers.pop(place)
        if isinstance(leaving, PlayerEnd):
            leaving.player.stop()
        else:
            self.stream.detach(leaving)

    def _send_data(self, kind: int) -> None:
        if kind == 0:
            self.stream.take_metadata(METADATA, self.now)
        else:
            self.stream.take_data(b"\x02\0\x04text" + self._next_number(), self.now)

    def _send_header(self, kind: int) -> None:
        if kind == 0:
            self.stream.take_video(self._timestamp, PICTURE_HEADER, self.now)
        else:
            self.stream.take_audio(self._timestamp, SOUND_HEADER, self.now)

    def _picture(self, kind: int) -> bytes:
        number = self._next_number()
        nal = b"\0\0\0\x05" + {KEY: b"\x65", DISPOSABLE: b"\x01"}.get(kind, b"\x41")
        match kind:
            case 0:
                return b"\x17\x01\0\0\0" + nal + number
            case 3:
                return b"\x97zzzz" + number
            case 4:
                return b""
            case 5 if self._large_left:
                self._large_left -= 1
                return b"\x27\x01\0\0\0" + nal + number + bytes(OUT_CHUNK_SIZE)
            case _:
                return b"\x27\x01\0\0\0" + nal + number

    def _next_number(self) -> bytes:
        self._number += 1
        return self._number.to_bytes(4, "big")


class Failures(logging.Handler):
    """Consumers that raised: the stream goes on without them and logs what they raised."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self.errors.append(record.exc_info[1])


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    failures, logger = Failures(), logging.getLogger("powerstream_desktop.relay")
    logger.addHandler(failures)
    propagates, logger.propagate = logger.propagate, False
    try:
        parse(data)
    finally:
        logger.removeHandler(failures)
        logger.propagate = propagates
    for error in failures.errors:
        raise error


def parse(data: bytes) -> Stage:
    """Play the script to its end."""
    script, stage = Script(data), Stage()
    while script.goes_on():
        stage.step(script)
    stage.stream.hand_out()
    return stage


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "push"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
