"""The rules of ``tests/strictness`` bite: a suite of small sins is run in a pytest of its own, once, and read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.strictness.leaks import LeaksPlugin

ROOT = Path(__file__).resolve().parents[3]

SINS = """
import asyncio, logging, os, socket, subprocess, sys, threading, warnings
from pathlib import Path
import pytest

_RELEASE = threading.Event()


def test_warning_log():
    logging.getLogger("anything").warning("something is off")


@pytest.mark.allow_warning_logs
def test_ok_allowed_warning_log():
    logging.getLogger("anything").warning("something is off, on purpose")


def test_warning():
    warnings.warn("outdated")


def test_thread():
    threading.Thread(target=threading.Event().wait, name="left-behind", daemon=True).start()


def test_ok_joined_thread():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


def test_task():
    async def main():
        main.task = asyncio.create_task(asyncio.Event().wait())
        await asyncio.sleep(0)

    asyncio.run(main())


def test_ok_awaited_task():
    async def main():
        await asyncio.create_task(asyncio.sleep(0))

    asyncio.run(main())


def test_child():
    test_child.process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)


def test_ok_waited_child():
    assert subprocess.run([sys.executable, "-c", ""]).returncode == 0


@pytest.fixture(scope="module")
def shared_thread():
    thread = threading.Thread(target=_RELEASE.wait)
    thread.start()
    yield thread
    _RELEASE.set()
    thread.join()


def test_ok_thread_of_a_shared_fixture(shared_thread):
    assert shared_thread.is_alive()


def test_connect():
    with socket.socket() as sock, pytest.raises(AssertionError):
        sock.connect(("192.0.2.1", 80))


def test_listen_everywhere():
    with socket.socket() as sock:
        sock.bind(("0.0.0.0", 0))


def test_datagram():
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.sendto(b"", ("192.0.2.1", 9))


def test_lookup():
    socket.getaddrinfo("example.com", 80)


def test_create_connection():
    socket.create_connection(("example.com", 80))


def test_scheduling_class():
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def test_ok_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        server.accept()[0].close()


def test_ok_invalid_name():
    with pytest.raises(socket.gaierror):
        socket.create_connection(("nobody.invalid", 80))


def test_ok_home_is_private_to_the_test():
    home = Path(os.environ["POWERSTREAM_HOME"])
    assert not home.exists()
    home.mkdir()


def test_ok_home_is_private_to_the_test_again():
    test_ok_home_is_private_to_the_test()


def test_ok_what_a_child_compiled_is_kept_but_not_beside_its_source(tmp_path):
    (tmp_path / "module.py").write_text("")
    command = [sys.executable, "-c", "import module; print(module.__cached__)"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert Path(said.strip()).exists()
    assert tmp_path not in Path(said.strip()).parents
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    suite = tmp_path_factory.mktemp("sins") / "test_sins.py"
    suite.write_text(SINS)
    arguments = [
        "-p",
        "tests.conftest",
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(suite.parent),
        "-vv",
        str(suite),
    ]
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    return finished.stdout + finished.stderr


def outcome(report: str, test: str) -> str:
    return ",".join(re.findall(rf"::{test} (\w+)", report.partition("= short test summary")[0]))


SINNERS = {
    "test_warning_log": "something is off",
    "test_warning": "UserWarning: outdated",
    "test_thread": "thread left-behind",
    "test_task": "asyncio tasks still ran",
    "test_child": "the test left behind: process",
    "test_connect": "socket.connect('192.0.2.1')",
    "test_listen_everywhere": "socket.bind('0.0.0.0') is not loopback",
    "test_datagram": "socket.sendto('192.0.2.1') is not loopback",
    "test_lookup": "getaddrinfo('example.com') is not loopback",
    "test_create_connection": "getaddrinfo('example.com')",
}
if sys.platform == "linux":
    SINNERS["test_scheduling_class"] = "gave this process another scheduling class"


@pytest.mark.parametrize(("sinner", "reason"), SINNERS.items())
def test_a_sin_fails_its_test_and_is_named(report: str, sinner: str, reason: str) -> None:
    assert "FAILED" in outcome(report, sinner) or "ERROR" in outcome(report, sinner), report
    assert reason in report


def test_a_virtuous_test_passes(report: str) -> None:
    virtuous = re.findall(r"^def (test_ok_\w+)", SINS, re.MULTILINE)
    assert {name: outcome(report, name) for name in virtuous} == dict.fromkeys(virtuous, "PASSED"), report


def test_a_refused_connection_fails_the_test_even_when_the_exception_was_swallowed(report: str) -> None:
    assert outcome(report, "test_connect") == "PASSED,ERROR", report


def test_the_order_is_random(report: str) -> None:
    assert "Using --randomly-seed" in report


def test_a_thread_that_another_one_is_just_starting_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    starting = threading.Thread(target=int)
    looks = iter([[starting], [starting]])
    monkeypatch.setattr(threading, "enumerate", lambda: next(looks, []))
    assert LeaksPlugin()._leaked_threads() == []
