"""The keeper with real processes in its care: small programs that speak a service's words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import pytest

from powerstream_desktop.service.keeper.answer_watch import HUNG_LOOKS, LOOK_S

ROOT = Path(__file__).resolve().parents[3]
SOON_S = 20.0
QUICK_LOOK_S = 0.1

KEEPING = """
import logging, sys
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.keeper.keeper import Keeper
logging.disable()  # stderr is the service's
look_s = float(sys.argv[1])
try:
    code = Keeper(sys.argv[2:], lambda ready: print("ready", ready.url, flush=True), look_s=look_s).run()
except PowerStreamError as error:
    print(error, flush=True)
    code = 1
sys.exit(code)
"""
SPEAKING = """
import os, signal, sys, time
from powerstream_desktop.service.keeper.keeper_line import KeeperLine
ended = []
line = KeeperLine(0, os.dup(1))
line.receive_begin()
print(os.getpid(), line.deaths, sorted(line.kept.items()), file=sys.stderr, flush=True)
line.listen(lambda: ended.append("end"), lambda: ended.append("gone"), line.pong)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
"""
SERVING = (
    SPEAKING
    + """
line.keep("port", "5001")
line.keep("keys", "a canary")
line.ready("http://127.0.0.1:5001", "1.0")
while not ended:
    time.sleep(0.01)
print(ended[0], file=sys.stderr, flush=True)
line.leave()
sys.exit(0 if ended == ["end"] else 1)
"""
)


class Kept:
    """A keeper's process, and what it and its services print."""

    def __init__(self, script: str, *, look_s: float = LOOK_S) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", KEEPING, str(look_s), sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def said(self) -> str:
        return _line(self.process.stdout)

    def service_said(self) -> list[str]:
        return _line(self.process.stderr).split(maxsplit=2)

    def rest(self) -> Sequence[str]:
        out, _ = self.process.communicate(timeout=SOON_S)
        return out.splitlines()


def _line(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline().strip()


@pytest.fixture
def keep() -> Iterator[type[Kept]]:
    kept: list[Kept] = []

    class Remembered(Kept):
        def __init__(self, script: str, *, look_s: float = LOOK_S) -> None:
            super().__init__(script, look_s=look_s)
            kept.append(self)

    yield Remembered
    for each in kept:
        each.process.kill()
        each.process.communicate()


def test_the_successor_of_a_killed_service_gets_what_it_left_and_only_the_first_is_announced(
    keep: type[Kept],
) -> None:
    kept = keep(SERVING)
    first = kept.service_said()
    assert first[1:] == ["0", "[]"]
    assert kept.said() == "ready http://127.0.0.1:5001"
    killed_s = time.monotonic()
    os.kill(int(first[0]), signal.SIGKILL)
    second = kept.service_said()
    assert time.monotonic() - killed_s < 3
    assert second[1:] == ["1", "[('keys', 'a canary'), ('port', '5001')]"]
    kept.process.terminate()
    assert kept.rest() == []
    assert kept.process.returncode == 0


def test_what_a_service_takes_back_no_successor_gets(keep: type[Kept]) -> None:
    kept = keep(SERVING.replace("line.ready", "line.keep('keys', None); line.ready"))
    first = kept.service_said()
    kept.said()
    os.kill(int(first[0]), signal.SIGKILL)
    assert kept.service_said()[1:] == ["1", "[('port', '5001')]"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_is_passed_on_as_a_word_however_often_it_comes(keep: type[Kept], number: int) -> None:
    kept = keep(SERVING)
    kept.said()
    kept.service_said()
    for _ in range(3):
        kept.process.send_signal(number)
    assert kept.service_said() == ["end"]
    assert kept.process.wait(SOON_S) == 0


def test_a_service_notices_that_its_keeper_was_killed(keep: type[Kept]) -> None:
    kept = keep(SERVING)
    kept.said()
    kept.service_said()
    kept.process.kill()
    assert kept.service_said() == ["gone"]


@pytest.mark.parametrize("exit_code", [0, 1, 2])
def test_a_service_that_ends_by_itself_ends_its_keeper(keep: type[Kept], exit_code: int) -> None:
    kept = keep(f"{SPEAKING}\nline.leave()\nsys.exit({exit_code})")
    assert kept.process.wait(SOON_S) == exit_code
    assert kept.rest() == []


def test_a_service_that_somebody_ended_with_a_proper_exit_code_but_without_its_word_is_followed(
    keep: type[Kept],
) -> None:
    """As Windows' Task Manager does it: the code is 1, and nothing was said."""
    kept = keep(SERVING.replace("while not ended:", "if not line.deaths:\n    os._exit(1)\nwhile not ended:"))
    assert kept.service_said()[1:] == ["0", "[]"]
    assert kept.service_said()[1:] == ["1", "[('keys', 'a canary'), ('port', '5001')]"]
    kept.process.terminate()
    assert kept.service_said() == ["end"]
    assert kept.process.wait(SOON_S) == 0


def test_a_service_that_dies_again_and_again_is_given_up_with_a_sentence(keep: type[Kept]) -> None:
    kept = keep("import os; os.kill(os.getpid(), 9)")
    [sentence] = kept.rest()
    assert "died 5 times" in sentence
    assert kept.process.returncode == 1


def test_a_service_that_ends_while_a_child_of_its_own_goes_on_is_not_waited_for(keep: type[Kept]) -> None:
    """No other process has the pipe whose end tells the keeper: an engine that hangs in a driver must not delay the next service."""
    script = """
import subprocess, sys
from powerstream_desktop.service.keeper.keeper_line import KeeperLine
line = KeeperLine.on_standard_streams()
line.receive_begin()
child = subprocess.Popen(["sleep", "30"], stderr=subprocess.DEVNULL)
line.leave()
print(child.pid, file=sys.stderr, flush=True)
"""
    kept = keep(script)
    [child] = kept.service_said()
    try:
        assert kept.process.wait(5.0) == 0
    finally:
        os.kill(int(child), signal.SIGKILL)


def test_a_service_that_hangs_is_killed_and_its_successor_gets_what_it_left(keep: type[Kept]) -> None:
    kept = keep(SERVING, look_s=QUICK_LOOK_S)
    first = kept.service_said()
    kept.said()
    stopped_s = time.monotonic()
    os.kill(int(first[0]), signal.SIGSTOP)
    second = kept.service_said()
    assert time.monotonic() - stopped_s > QUICK_LOOK_S * (HUNG_LOOKS - 1)
    assert second[1:] == ["1", "[('keys', 'a canary'), ('port', '5001')]"]
    kept.process.terminate()
    assert kept.rest() == []
    assert kept.process.returncode == 0


def test_a_service_that_stood_still_for_less_goes_on(keep: type[Kept]) -> None:
    kept = keep(SERVING, look_s=QUICK_LOOK_S)
    [pid, *_] = kept.service_said()
    kept.said()
    for _ in range(3):  # together longer than the keeper's patience
        os.kill(int(pid), signal.SIGSTOP)
        time.sleep(QUICK_LOOK_S * HUNG_LOOKS / 2)
        os.kill(int(pid), signal.SIGCONT)
        time.sleep(QUICK_LOOK_S * 2)
    kept.process.terminate()
    assert kept.service_said() == ["end"]
    assert kept.process.wait(SOON_S) == 0


def test_a_service_that_ends_may_be_silent_for_as_long_as_it_takes(keep: type[Kept]) -> None:
    slow = SERVING.replace("line.pong)", "lambda: None)").replace(
        "sys.exit(0 if", f"time.sleep({QUICK_LOOK_S * HUNG_LOOKS * 2}); sys.exit(0 if"
    )
    kept = keep(slow, look_s=QUICK_LOOK_S)
    kept.said()
    kept.process.terminate()
    assert kept.process.wait(SOON_S) == 0


def test_the_keeper_loads_nothing_that_a_service_is_made_of() -> None:
    heavy = "asyncio sqlite3 numpy av fastapi pydantic uvicorn jwt cryptography ssl"
    script = f"import sys, powerstream_desktop.cli.serve; print([m for m in '{heavy}'.split() if m in sys.modules])"
    out = subprocess.check_output([sys.executable, "-c", script], text=True, cwd=ROOT)
    assert out.strip() == "[]"
