"""Makes checks side by side, each on a thread of its own and with a limit: a device that hangs hangs nobody but itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.doctor.check import Check, Examined, Verdict


def examine(checks: Sequence[Check], clock: Clock = monotonic) -> Iterator[Examined]:
    """Make all checks at once; yield what they say in their order. A check that hangs keeps its thread, which ends nothing.

    Args:
        checks: what to look at.
        clock: monotonic seconds.
    """
    threads = DaemonThreads()
    begun_s = clock()
    finished_s: dict[int, float] = {}
    running: list[Future[tuple[Verdict, ...]]] = []
    for number, check in enumerate(checks):
        future = threads.submit(check.look)
        future.add_done_callback(lambda _future, number=number: finished_s.setdefault(number, clock()))  # type: ignore[misc]
        running.append(future)
    for number, (check, future) in enumerate(zip(checks, running, strict=True)):
        verdicts = _answer(check, future, max(0.0, begun_s + check.limit_s - clock()))
        took_s = finished_s.get(number, clock()) - begun_s
        yield Examined(area=check.area, verdicts=verdicts, took_ms=round(took_s * 1000))


def _answer(check: Check, future: Future[tuple[Verdict, ...]], wait_s: float) -> tuple[Verdict, ...]:
    try:
        return future.result(wait_s)
    except TimeoutError:
        return (
            Verdict(
                level=check.when_silent,
                sentence=f"There was no answer within {check.limit_s:g} seconds.",
                remedy=check.silent_remedy,
            ),
        )
    except PowerStreamError as error:
        return (Verdict(level=check.when_silent, sentence=error.title, remedy=error.hint),)
    except Exception as error:  # noqa: BLE001 - a doctor tells what it finds, whatever it is
        return (
            Verdict(
                level=check.when_silent,
                sentence=f"Looking failed with {type(error).__name__}.",
                remedy="Please report this.",
            ),
        )
