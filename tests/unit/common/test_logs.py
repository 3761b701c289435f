from __future__ import annotations

import asyncio
import errno
import io
import json
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.logs import (
    FILES_PER_PROCESS,
    LINE_CHARACTERS,
    PROCESSES_KEPT,
    LogPipe,
    configure_logging,
)
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret

pytestmark = pytest.mark.allow_warning_logs

Configure = Callable[..., LogPipe]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(tmp_path)})
    paths.ensure()
    return paths


@pytest.fixture
def configure(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """``configure_logging`` whose effects on the process end with the test."""
    pipes: list[LogPipe] = []
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    for hooks, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(hooks, name, getattr(hooks, name))

    def start(*, verbose: bool = False) -> LogPipe:
        pipes.append(configure_logging(paths, "service", verbose=verbose))
        return pipes[-1]

    yield start
    for pipe in pipes:
        pipe.close()
    logging.captureWarnings(capture=False)


def lines(paths: Paths) -> list[dict[str, object]]:
    (file,) = paths.logs.glob("*.jsonl")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_each_record_is_one_line_of_json(configure: Configure, paths: Paths) -> None:
    pipe = configure()
    logging.getLogger("relay.destination").info(
        "connected to %s\nin %d ms", "YouTube", 12, extra={"destination": "yt", "lag_ms": 7}
    )
    pipe.close()
    (line,) = lines(paths)
    assert line.pop("time")
    assert line == {
        "level": "INFO",
        "logger": "relay.destination",
        "message": "connected to YouTube\nin 12 ms",
        "role": "service",
        "pid": os.getpid(),
        "thread": "MainThread",
        "destination": "yt",
        "lag_ms": 7,
    }


def test_the_terminal_shows_warnings_in_short_lines(
    configure: Configure, capfd: pytest.CaptureFixture[str]
) -> None:
    pipe = configure()
    logging.getLogger("relay").info("not shown")
    try:
        raise OSError("disk gone")
    except OSError:
        logging.getLogger("relay").warning("retrying", exc_info=True)
    pipe.close()
    shown = capfd.readouterr().err
    assert shown.endswith(" WARNING relay: retrying: OSError: disk gone\n")
    assert shown.count("\n") == 1


def test_the_terminal_is_what_stderr_is_by_then(
    configure: Configure, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pipe = configure()
    table = io.StringIO()
    monkeypatch.setattr(sys, "stderr", table)  # as a live table does, to print above itself
    logging.getLogger("relay").warning("retrying")
    pipe.close()
    assert table.getvalue().endswith(" WARNING relay: retrying\n")
    assert capfd.readouterr().err == ""


def test_verbose_shows_more_and_tracebacks(
    configure: Configure, capfd: pytest.CaptureFixture[str], paths: Paths
) -> None:
    pipe = configure(verbose=True)
    logging.getLogger("relay").debug("to the file only")
    try:
        raise OSError("disk gone")
    except OSError:
        logging.getLogger("relay").info("retrying", exc_info=True)
    pipe.close()
    shown = capfd.readouterr().err
    assert "Traceback" in shown
    assert "to the file only" not in shown
    assert [line["message"] for line in lines(paths)] == ["to the file only", "retrying"]


def test_a_peer_cannot_send_escape_sequences_to_the_terminal(
    configure: Configure, capfd: pytest.CaptureFixture[str]
) -> None:
    pipe = configure()
    logging.getLogger("relay").warning("peer says \x1b[2J\x9b31m\nFAKE LINE\x07")
    pipe.close()
    assert capfd.readouterr().err.partition("relay: ")[2] == "peer says [2J31m FAKE LINE\n"


def test_a_long_line_is_cut_after_it_was_redacted(configure: Configure, paths: Paths) -> None:
    key = Secret("a-key-across-the-cut")
    pipe = configure()
    # No run of one letter: another test's secret may be one, and the redactor is the process's own.
    before = " ".join(map(str, range(LINE_CHARACTERS)))[: LINE_CHARACTERS - 5]
    logging.getLogger("relay").info("%s%s%s", before, key.reveal(), ", and so on" * 10)
    pipe.close()
    (line,) = lines(paths)
    assert str(line["message"]).startswith(f"{before}***, … (108 more characters)")


def test_a_log_call_with_wrong_arguments_neither_breaks_its_caller_nor_leaks(
    configure: Configure, paths: Paths, capfd: pytest.CaptureFixture[str]
) -> None:
    key = Secret("an-argument-too-many").reveal()
    arguments = ("no place for it", key)
    pipe = configure()
    logging.getLogger("relay").info(*arguments)
    pipe.close()
    (line,) = lines(paths)
    assert line["message"] == "no place for it (its arguments do not fit: ('***',))"
    assert key not in capfd.readouterr().err


def test_an_object_that_cannot_be_printed_does_not_break_the_caller(
    configure: Configure, paths: Paths
) -> None:
    class Stubborn:
        def __str__(self) -> str:
            raise RuntimeError

        __repr__ = __str__

    pipe = configure()
    logging.getLogger("relay").info("it is %s", Stubborn(), extra={"it": Stubborn()})
    pipe.close()
    (line,) = lines(paths)
    assert line["it"] == "<Stubborn>"


def raise_in_thread(error: Exception) -> None:
    def fail() -> None:
        raise error

    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()


def raise_uncaught(error: Exception) -> None:
    try:
        raise error
    except Exception:  # noqa: BLE001 - whatever the test raises
        kind, value, trace = sys.exc_info()
        assert kind is not None
        assert value is not None
        sys.excepthook(kind, value, trace)


def raise_in_finalizer(error: Exception) -> None:
    class Doomed:
        def __del__(self) -> None:
            raise error

    Doomed()


def raise_in_forgotten_task(error: Exception) -> None:
    async def main() -> None:
        async def fail() -> None:
            raise error

        task = asyncio.create_task(fail())
        await asyncio.wait([task])
        task.get_loop().call_exception_handler(
            {"message": "Task exception was never retrieved", "exception": error, "task": task}
        )
        assert task.exception() is error

    asyncio.run(main())


@pytest.mark.parametrize(
    "raise_it", [raise_in_thread, raise_uncaught, raise_in_finalizer, raise_in_forgotten_task]
)
def test_an_uncaught_exception_is_logged_without_its_secret(
    raise_it: Callable[[Exception], None],
    configure: Configure,
    paths: Paths,
    capfd: pytest.CaptureFixture[str],
) -> None:
    key = Secret("uncaught-key-4711").reveal()
    pipe = configure(verbose=True)
    raise_it(ValueError(f"cannot open rtmp://host/app/{key}"))
    pipe.close()
    shown = capfd.readouterr().err
    (line,) = [
        line for line in lines(paths) if line["level"] != "DEBUG"
    ]  # asyncio says which selector it uses
    assert "cannot open rtmp://host/app/***" in str(line["exception"])
    assert "cannot open rtmp://host/app/***" in shown
    assert key not in shown + json.dumps(line)


def test_ctrl_c_is_not_a_failure_to_log(configure: Configure, paths: Paths) -> None:
    pipe = configure()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    logging.getLogger("relay").info("the only line")
    pipe.close()
    assert [line["message"] for line in lines(paths)] == ["the only line"]


def test_python_warnings_go_to_the_log(
    configure: Configure, paths: Paths, recwarn: pytest.WarningsRecorder
) -> None:
    pipe = configure()
    logging.getLogger("py.warnings").warning("outdated call with rtmp://h/a/k")
    pipe.close()
    assert lines(paths)[0]["message"] == "outdated call with rtmp://h/a/***"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps others out by access lists, not modes")
def test_only_the_user_can_read_the_log(configure: Configure, paths: Paths) -> None:
    pipe = configure()
    logging.getLogger("relay").info("a line")
    pipe.close()
    (file,) = paths.logs.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_old_log_files_are_removed_and_other_roles_kept(configure: Configure, paths: Paths) -> None:
    kept = PROCESSES_KEPT * FILES_PER_PROCESS
    for number in range(kept + 5):
        (paths.logs / f"service-20200101-{number:06}-1.jsonl").touch()
    (paths.logs / "engine-20190101-000000-1.jsonl").touch()
    configure().close()
    left = sorted(file.name for file in paths.logs.iterdir())
    assert len(left) == kept + 1
    assert "engine-20190101-000000-1.jsonl" in left
    assert "service-20200101-000004-1.jsonl" not in left


class HeldOutput(logging.Handler):
    """An output whose disk hangs until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.released = threading.Event()
        self.messages: list[str] = []
        self.is_closed = False

    def close(self) -> None:
        super().close()
        self.is_closed = True

    def emit(self, record: logging.LogRecord) -> None:
        self.reached.set()
        self.released.wait()
        self.messages.append(record.getMessage())


def record(message: str) -> logging.LogRecord:
    return logging.LogRecord("relay", logging.INFO, __file__, 1, message, None, None)


def test_a_hanging_disk_costs_counted_lines_and_no_time() -> None:
    disk = HeldOutput()
    pipe = LogPipe(disk, queue_lines=3)
    pipe.start()
    pipe.handle(record("first"))
    disk.reached.wait()
    for number in range(10):
        pipe.handle(record(f"line {number}"))
    disk.released.set()
    pipe.close()
    assert disk.messages == [
        "first",
        "line 0",
        "line 1",
        "line 2",
        "7 log lines were lost: the disk was too slow",
    ]


class FullOutput(logging.Handler):
    """An output whose last bytes find no space."""

    def emit(self, record: logging.LogRecord) -> None:
        pass

    def close(self) -> None:
        super().close()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_is_full_at_the_end_keeps_no_other_output_open() -> None:
    other = HeldOutput()
    other.released.set()
    pipe = LogPipe(FullOutput(), other)
    pipe.start()
    pipe.handle(record("last words"))
    pipe.close()
    assert other.messages == ["last words"]
    assert other.is_closed


def test_a_closed_pipe_hears_nothing_more(configure: Configure, paths: Paths) -> None:
    pipe = configure()
    logging.getLogger("relay").info("heard")
    pipe.close()
    pipe.close()
    logging.getLogger("relay").info("not heard")
    assert [line["message"] for line in lines(paths)] == ["heard"]


def test_a_later_handler_sees_only_the_clean_record(configure: Configure) -> None:
    key = Secret("seen-by-a-later-handler").reveal()
    later = HeldOutput()
    later.released.set()
    configure()
    logging.getLogger().addHandler(later)
    try:
        logging.getLogger("relay").info("key %s", key)
    finally:
        logging.getLogger().removeHandler(later)
    assert later.messages == ["key ***"]


def test_a_traceback_shows_no_local_variables(configure: Configure, paths: Paths) -> None:
    pipe = configure()
    local_key = "an-unregistered-local"
    try:
        raise ValueError(len(local_key))
    except ValueError:
        logging.getLogger("relay").exception("failed")
    pipe.close()
    exception = str(lines(paths)[0]["exception"])
    assert exception.count("an-unregistered-local") == 0
    assert traceback.format_exc() == "NoneType: None\n"
