"""The courier's process: takes orders, has each job done on a thread of its own, and tells what comes of it. Ends with its stdin.

It keeps nothing. A step of an upload that must survive is told, and the job waits until the service says that it is kept.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NoReturn

from powerstream_desktop.cloud.courier.endpoint import Endpoint
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.courier.jobs import as_job, do_job
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.courier.words import (
    BEAT_S,
    MAX_LINE_BYTES,
    ORDERS,
    REPORTS,
    Alive,
    Allow,
    Configure,
    GiveUp,
    GoOn,
    JobOrder,
    Listed,
    Moved,
    Order,
    Piece,
    Refused,
    Report,
    Stepped,
)
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.uploads.record_changes import change_between
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import BugError, PowerStreamError

EXIT_UNWANTED: Final = 0
EXIT_NO_STORE: Final = 1
_READ_BYTES: Final = 64 * 1024
_REPORT_EVERY_S: Final = 0.25
_LOOK_EVERY_S: Final = 0.5
_NICENESS: Final = 10


def main() -> NoReturn:
    """Obey until stdin ends, and exit."""
    # Ctrl+C and a terminal that closes are meant for the service.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)  # hashing and TLS give way to a broadcast
    mouth = Mouth(_claim_stdout())
    orders = _orders(sys.stdin.fileno())
    match next(orders, None):
        case Configure() as first:
            try:
                store = open_store(first.config, first.credentials)
            except PowerStreamError as error:
                mouth.say(_refusal(0, error))
                os._exit(EXIT_NO_STORE)
            Desk(mouth, store, Gate(kbps=first.kbps), prefix=first.config.prefix).obey(orders)
        case _:
            pass
    os._exit(EXIT_UNWANTED)  # threads that wait for a store are not waited for


class Mouth:
    """Says reports, each whole. For any thread.

    Args:
        descriptor: is written to.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def say(self, report: Report) -> None:
        """Write a report; a service that is gone is noticed by the end of stdin instead."""
        rest = memoryview(REPORTS.encode(report))
        with self._lock, contextlib.suppress(OSError):
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]

    def beat(self) -> NoReturn:
        """Say now and then that we live."""
        while True:
            self.say(Alive())
            time.sleep(BEAT_S)


class Desk:
    """Takes orders, and has jobs done.

    Args:
        mouth: says what comes of them.
        store: what they are done with.
        gate: what all may send.
        prefix: of all keys.
    """

    def __init__(self, mouth: Mouth, store: ObjectStore, gate: Gate, *, prefix: str) -> None:
        self._mouth = mouth
        self._store = store
        self._gate = gate
        self._prefix = prefix
        self._endpoint = Endpoint(random.Random())
        self._jobs: dict[int, Job] = {}
        """By their number; jobs end on their own threads."""

    def obey(self, orders: Iterator[Order]) -> None:
        """Obey until the orders end."""
        threading.Thread(target=self._mouth.beat, name="beat", daemon=True).start()
        for order in orders:
            match order:
                case Allow(kbps=kbps):
                    self._gate.allow(kbps)
                case GoOn(job=number):
                    if (job := self._jobs.get(number)) is not None:
                        job.go_on()
                case GiveUp(job=number):
                    if (job := self._jobs.get(number)) is not None:
                        job.give_up()
                case _:
                    self._begin(as_job(order))

    def _begin(self, order: JobOrder) -> None:
        job = Job(order, self._mouth)
        self._jobs[order.job] = job
        tools = Tools(
            store=self._store,
            endpoint=self._endpoint,
            gate=self._gate,
            errand=job.errand,
            keep=job.keep,
            report=job.report,
            prefix=self._prefix,
        )
        threading.Thread(target=self._do, args=(job, tools), name=f"job-{order.job}", daemon=True).start()

    def _do(self, job: Job, tools: Tools) -> None:
        try:
            job.do(tools)
        finally:
            del self._jobs[job.order.job]


class Job:
    """One order that is being obeyed.

    Args:
        order: which.
        mouth: says what comes of it.
    """

    def __init__(self, order: JobOrder, mouth: Mouth) -> None:
        self.order = order
        self.errand = Errand()
        self._mouth = mouth
        self._may_go_on = threading.Event()  # set by the desk's thread
        self._record: UploadRecord | None = getattr(order, "record", None)
        self._next_report_s = 0.0

    def do(self, tools: Tools) -> None:
        """Obey; whatever comes of it is said."""
        try:
            done = do_job(tools, self.order, self._tell)
            self._mouth.say(replace(done, clock_offset_s=tools.store.clock_offset_s))
        except PowerStreamError as error:
            self._mouth.say(_refusal(self.order.job, error))
        except Exception as error:  # noqa: BLE001 - whatever it was, the service is to know
            bug = BugError("A transfer failed.", detail=f"{type(error).__name__}: {error}")
            self._mouth.say(_refusal(self.order.job, bug))

    def go_on(self) -> None:
        """The last report has been taken."""
        self._may_go_on.set()

    def give_up(self) -> None:
        """Nobody wants it any more."""
        self.errand.give_up()
        self._may_go_on.set()

    def keep(self, record: UploadRecord) -> None:
        """Have a record kept.

        Raises:
            GivenUpError: nobody keeps it any more.
        """
        assert self._record is not None  # noqa: S101 - only jobs of a record keep one
        change = change_between(self._record, record)
        self._say_and_wait(Stepped(job=self.order.job, change=change))
        self._record = record

    def report(self, done_bytes: int, total_bytes: int) -> None:
        """Tell progress, four times a second and at the end."""
        now = monotonic()
        if now >= self._next_report_s or done_bytes >= total_bytes:
            self._next_report_s = now + _REPORT_EVERY_S
            self._mouth.say(Moved(job=self.order.job, done_bytes=done_bytes, total_bytes=total_bytes))

    def _tell(self, report: Listed | Piece) -> None:
        self._say_and_wait(report)

    def _say_and_wait(self, report: Stepped | Listed | Piece) -> None:
        self.errand.check()
        self._may_go_on.clear()
        self._mouth.say(report)
        while not self._may_go_on.wait(_LOOK_EVERY_S):
            self.errand.check()
        self.errand.check()


def _refusal(job: int, error: PowerStreamError) -> Refused:
    return Refused(
        job=job,
        fault=error.fault,
        code=str(getattr(error, "code", "")),
        title=error.title,
        hint=error.hint,
        detail=error.detail,
        retry_after_s=getattr(error, "retry_after_s", None),
    )


def _orders(descriptor: int) -> Iterator[Order]:
    """Give orders until they end."""
    read = bytearray()
    while data := os.read(descriptor, _READ_BYTES):
        read += data
        while (end := read.find(b"\n")) >= 0:
            line = bytes(read[: end + 1])
            del read[: end + 1]
            yield ORDERS.decode(line)
        if len(read) > MAX_LINE_BYTES:
            return


def _claim_stdout() -> int:
    """Keep stdout for reports; what libraries print there goes where the log does."""
    reports = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return reports


if __name__ == "__main__":
    main()
