"""The faults of the soak: each is played, mended, and waited for until all is well again (reliability_security.md 2.5).

What is promised for each stands beside it in seconds; the numbers are those of the fault matrix.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from tests.e2e.support.fake_ingest import Behaviour
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.waiting import TimedOutError, wait_until
from tests.reliability.chaos.fault import Fault, Round
from tests.reliability.chaos.receivers import OwnReceiver
from tests.reliability.chaos.scenery import CONTROL, KBPS

SHORT_S: Final = 1.5
"""F01, F02: a connection that was cut."""
LONG_S: Final = 15.0
"""F05, F26: a server that was away for longer; tries are that far apart."""
NOTICED_S: Final = 6.5
"""F03, F14: six seconds, and a look at the lights every fifth of a second."""
ENGINE_S: Final = 2.0
"""F36."""
GROUP_S: Final = 2.0
"""A publisher that fell silent is cut in again at its next key frame."""
RUN_S: Final = 0.5
"""So long pictures must follow each other before they count as moving."""
SERVICE_S: Final = 3.0
RESUMED_S: Final = 5.0
"""F28."""
CAMERA_S: Final = 3.0
KILL_COSTS_S: Final = 1.0


def _some_own(turn: Round) -> OwnReceiver:
    chosen = turn.chance.choice([each for name, each in turn.scenery.own.items() if name != CONTROL])
    turn.touch(chosen)
    return chosen


def _closes(turn: Round) -> None:
    receiver = _some_own(turn)
    receiver.door.hang_up()
    turn.fed_again(SHORT_S, receiver)


def _resets(turn: Round) -> None:
    receiver = _some_own(turn)
    receiver.door.reset()
    turn.fed_again(SHORT_S, receiver)


def _hangs(turn: Round) -> None:
    receiver = _some_own(turn)
    receiver.door.blackhole()
    turn.light(NOTICED_S, "live", receiver, but=True)
    turn.hold(1, 9)
    receiver.door.pass_all()
    turn.fed_again(LONG_S, receiver)


def _is_slow(turn: Round) -> None:
    receiver = _some_own(turn)
    receiver.door.limit_bandwidth(KBPS * 1000 // 8 // 10)
    turn.light(NOTICED_S, "live", receiver, but=True)
    turn.hold(4, 8)
    receiver.door.pass_all()
    turn.fed_again(LONG_S, receiver)


def _answers_late(turn: Round) -> None:
    receiver = _some_own(turn)
    connections = len(receiver.visits)
    receiver.door.delay(1.0, jitter_s=0.5)
    turn.hold(8, 10)
    receiver.door.pass_all()
    turn.fed_again(LONG_S, receiver)
    if len(receiver.visits) != connections:
        turn.broken.append(f"{receiver.name} was disconnected by latency")


def _shuts_the_door(turn: Round) -> None:
    behind = [each for name, each in turn.scenery.own.items() if name != CONTROL]
    turn.touch(*behind)
    for each in behind:
        each.door.refuse()
    turn.light(NOTICED_S, "live", *behind, but=True)
    turn.hold(2, 8)
    for each in behind:
        each.door.restore()
    turn.fed_again(LONG_S, *behind)


def _refuses_the_key(turn: Round) -> None:
    """One that has worked: for a minute our dead session may be to blame, so the light is amber."""
    receiver = _some_own(turn)
    receiver.ingest.behaviour = turn.chance.choice(
        [Behaviour.BAD_NAME, Behaviour.REJECTED, Behaviour.ECHO_KEY]
    )
    receiver.ingest.hang_up()
    turn.light(NOTICED_S, "live", receiver, but=True)
    turn.hold(1, 10)
    receiver.ingest.behaviour = Behaviour.ACCEPT
    turn.scenery.retry_now(receiver.name)
    turn.fed_again(SHORT_S, receiver)


def _talks_nonsense(turn: Round) -> None:
    receiver = _some_own(turn)
    receiver.ingest.behaviour = turn.chance.choice(
        [Behaviour.GARBAGE, Behaviour.HUGE_CHUNK, Behaviour.AMF_BOMB, Behaviour.LONG_MESSAGE, Behaviour.HTTP]
    )
    receiver.ingest.hang_up()
    turn.light(NOTICED_S, "live", receiver, but=True)
    turn.hold(1, 4)
    receiver.ingest.behaviour = Behaviour.ACCEPT
    turn.scenery.retry_now(receiver.name)
    turn.fed_again(LONG_S, receiver)


def _nginx_dies(turn: Round) -> None:
    nginx = turn.scenery.nginx
    turn.touch(nginx)
    nginx.kill()
    turn.hold(1, 5)
    nginx.come_back()
    turn.fed_again(LONG_S, nginx)


def _nginx_freezes(turn: Round) -> None:
    nginx = turn.scenery.nginx
    turn.touch(nginx)
    nginx.freeze()
    turn.hold(7, 10)
    nginx.thaw()
    turn.fed_again(LONG_S, nginx)


def _ffmpeg_dies(turn: Round) -> None:
    turn.touch(turn.scenery.ffmpeg)
    turn.scenery.ffmpeg.kill()
    turn.fed_again(LONG_S, turn.scenery.ffmpeg)


def _ffmpeg_freezes(turn: Round) -> None:
    ffmpeg = turn.scenery.ffmpeg
    turn.touch(ffmpeg)
    ffmpeg.freeze()
    turn.hold(7, 10)
    ffmpeg.thaw()
    turn.fed_again(LONG_S, ffmpeg)


def _engine_dies(turn: Round) -> None:
    _engine_is_hit(turn, signal.SIGKILL, ENGINE_S)


def _engine_freezes(turn: Round) -> None:
    _engine_is_hit(turn, signal.SIGSTOP, ENGINE_S + GROUP_S)


def _engine_is_hit(turn: Round, blow: signal.Signals, promised_s: float) -> None:
    """No connection is lost, and pictures follow each other closely again."""
    turn.touch_all()
    own = turn.scenery.own.values()
    connections = {each.name: len(each.visits) for each in own}
    engine = turn.scenery.served.engine_pid()
    os.kill(engine, blow)
    if blow is signal.SIGSTOP:
        turn.hold(3, 8)
        with suppress(ProcessLookupError):  # it may have been found hanging, and replaced
            os.kill(engine, signal.SIGCONT)
    since_s = time.monotonic()
    turn.within(promised_s + RUN_S, "pictures that move", lambda: all(_moves(each, since_s) for each in own))
    turn.light(LONG_S, "live", *turn.scenery.receivers)
    turn.broken += [
        f"{each.name} lost its connection with the engine"
        for each in own
        if len(each.visits) != connections[each.name]
    ]


def _moves(receiver: OwnReceiver, since_s: float) -> bool:
    """Whether pictures come as quickly as the engine makes them: a bridge brings one a second, a slate some."""
    times = [each.at_s for each in receiver.visits[-1].pictures[-60:] if each.at_s > since_s]
    return any(last - first < 1.0 for first, last in zip(times, times[15:], strict=False))


def _service_freezes(turn: Round) -> None:
    """Nobody hangs up so soon, so every connection goes on."""
    _freezes(turn, [turn.scenery.served.service_pid()], 2, 4)


def _computer_sleeps(turn: Round) -> None:
    """All of it stands still, and the world goes on: what sleep looks like to the platforms."""
    _freezes(turn, turn.scenery.served.all_pids(), 4, 12)


def _freezes(turn: Round, pids: Sequence[int], least_s: float, most_s: float) -> None:
    turn.touch_all()
    own = turn.scenery.own.values()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(turn.chance.uniform(least_s, most_s))
    for pid in reversed(pids):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
    since_s = time.monotonic()
    turn.within(RESUMED_S + RUN_S, "pictures that move", lambda: all(_moves(each, since_s) for each in own))
    turn.light(LONG_S, "live", *turn.scenery.receivers)


def _strangers_come(turn: Round) -> None:
    """Forty of them talk nonsense to the relay and to the API; nobody else notices."""
    relay = urlsplit(turn.scenery.ingest_url).port
    assert relay is not None
    until_s = time.monotonic() + turn.chance.uniform(3, 6)
    while time.monotonic() < until_s:
        for port in (relay, turn.scenery.served.port):
            for _ in range(20):
                with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1) as stranger:
                    stranger.sendall(turn.chance.randbytes(turn.chance.randrange(1, 4000)))
        time.sleep(0.5)


def _service_dies(turn: Round) -> None:
    turn.touch_all()
    own = tuple(turn.scenery.own.values())
    killed_s = time.monotonic()
    turn.scenery.served.kill_service()

    def all_are_back() -> bool:
        return all(each.visits[-1].opened_s > killed_s and each.visits[-1].pictures for each in own)

    took_s = turn.within(SERVICE_S, "all fed again by another service", all_are_back)
    turn.excused = (killed_s - KILL_COSTS_S, killed_s + took_s + KILL_COSTS_S)
    turn.light(LONG_S, "live", *turn.scenery.receivers)


def _camera_dies(turn: Round) -> None:
    turn.scenery.camera.die()
    turn.hold(2, 6)
    turn.scenery.camera.come()
    _camera_sends(turn)


def _camera_freezes(turn: Round) -> None:
    turn.scenery.camera.stall()
    turn.hold(3, 8)
    turn.scenery.camera.go_on()
    _camera_sends(turn)


def _camera_process_dies(turn: Round) -> None:
    turn.scenery.kill("camera")
    _camera_sends(turn)


def _camera_sends(turn: Round) -> None:
    since_s = time.monotonic()

    def is_asked() -> bool:
        times = sorted(each for each in turn.scenery.camera.sent_s.values() if each > since_s + 0.2)
        return len(times) > 10 and all(later - earlier < 0.5 for earlier, later in pairwise(times))

    turn.within(CAMERA_S + 0.6, "the camera's pictures", is_asked)


def _courier_dies(turn: Round) -> None:
    """It is at work only while no destination queues: uploads give way to what is on air."""
    turn.scenery.bring_film(turn.chance)
    with suppress(TimedOutError):
        wait_until(lambda: turn.scenery.process("courier"), what="a courier", timeout_s=LONG_S)
        turn.hold(0, 2)
    turn.measured.append("killed" if turn.scenery.kill("courier") else "none was at work")


def _store_freezes(turn: Round) -> None:
    turn.scenery.bring_film(turn.chance)
    turn.scenery.freeze_store(frozen=True)
    turn.hold(4, 10)
    turn.scenery.freeze_store(frozen=False)


def _disk_fills(turn: Round) -> None:
    turn.scenery.fill_disk()
    turn.hold(6, 8)
    turn.scenery.free_disk()

    def grows() -> bool:
        return turn.scenery.recorded_bytes() > before

    before = turn.scenery.recorded_bytes()
    turn.within(NOTICED_S, "a recording that grows", grows)


FAULTS: Final = (
    Fault("a server closes", _closes),
    Fault("a connection is reset", _resets),
    Fault("a server hangs", _hangs),
    Fault("a server reads a tenth", _is_slow),
    Fault("a server answers seconds late", _answers_late),
    Fault("the network's door is shut", _shuts_the_door),
    Fault("a server refuses the key", _refuses_the_key),
    Fault("a server talks nonsense", _talks_nonsense),
    Fault("nginx is killed", _nginx_dies),
    Fault("nginx freezes", _nginx_freezes),
    Fault("ffmpeg is killed", _ffmpeg_dies),
    Fault("ffmpeg freezes", _ffmpeg_freezes),
    Fault("the engine is killed", _engine_dies),
    Fault("the engine freezes", _engine_freezes),
    Fault("the service is killed", _service_dies),
    Fault("the service freezes", _service_freezes),
    Fault("the computer sleeps", _computer_sleeps),
    Fault("strangers talk nonsense", _strangers_come),
    Fault("the camera is gone", _camera_dies),
    Fault("the camera freezes", _camera_freezes),
    Fault("the camera's process is killed", _camera_process_dies),
    Fault("the courier is killed", _courier_dies),
    Fault("the store hangs", _store_freezes),
    Fault("the disk is full", _disk_fills, lambda scenery: scenery.has_disk),
)
