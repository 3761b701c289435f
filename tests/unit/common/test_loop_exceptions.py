from __future__ import annotations

import asyncio
import errno
import logging
from typing import Any

import pytest

from powerstream_desktop.common.loop_exceptions import SAID_AGAIN_AFTER_S, LoopExceptions


class Loop(asyncio.SelectorEventLoop):
    """Its time is what the test says."""

    now = 0.0

    def time(self) -> float:
        return self.now


def shortage() -> dict[str, Any]:
    error = OSError(errno.EMFILE, "Too many open files")
    return {"message": "socket.accept() out of system resource", "exception": error, "socket": object()}


@pytest.mark.allow_warning_logs
def test_a_shortage_of_descriptors_is_said_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    loop, report = Loop(), LoopExceptions()
    for loop.now in (0.0, 0.1, SAID_AGAIN_AFTER_S - 1, SAID_AGAIN_AFTER_S, SAID_AGAIN_AFTER_S + 1):
        report(loop, shortage())
    loop.close()

    sentence = "The system lets this program open no more connections: [Errno 24] Too many open files."
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.WARNING, sentence)
    ] * 2


@pytest.mark.allow_warning_logs
def test_everything_else_is_reported_as_asyncio_does(caplog: pytest.LogCaptureFixture) -> None:
    loop, report = Loop(), LoopExceptions()
    for _ in range(2):
        report(loop, {"message": "a callback failed", "exception": ValueError("why")})
    loop.close()

    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2
    assert "a callback failed" in caplog.text


def test_a_peer_that_hangs_up_before_our_goodbye_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    loop, report = Loop(), LoopExceptions()
    error = OSError(errno.ENOTCONN, "Transport endpoint is not connected")
    report(loop, {"message": "Exception in callback None()", "exception": error})
    loop.close()

    assert [record.levelno for record in caplog.records if record.levelno > logging.DEBUG] == []
