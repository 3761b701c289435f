"""``powerstream service``: the service itself. Started by ``powerstream serve``, with which it talks on stdin and stdout."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from powerstream_desktop.service.keeper.answer_watch import HUNG_S, LOOK_S
from powerstream_desktop.service.keeper.keeper_line import KeeperLine

if TYPE_CHECKING:
    from powerstream_desktop.common.paths import Paths
    from powerstream_desktop.service.service import Service

logger = logging.getLogger(__name__)


@click.command("service", hidden=True)
@click.option("--port", type=int)
@click.option("--headless", is_flag=True)
def command(port: int | None, headless: bool) -> None:
    """Run the service; not for people."""
    line = KeeperLine.on_standard_streams()
    line.receive_begin()
    from powerstream_desktop.cli.options import start_logging
    from powerstream_desktop.common.daemon_threads import DaemonThreads
    from powerstream_desktop.common.errors import PowerStreamError
    from powerstream_desktop.common.loop_exceptions import LoopExceptions
    from powerstream_desktop.service.keeper.keeper_life import EXIT_DIED

    paths, log = start_logging("service")

    async def run() -> int:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(DaemonThreads())
        loop.set_exception_handler(LoopExceptions())
        return await _serve(paths, line, first_port=port, is_headless=headless)

    try:
        exit_code = asyncio.run(run())
    except PowerStreamError:  # it could not begin; ``main`` says why
        line.leave()
        raise
    finally:
        faulthandler.cancel_dump_traceback_later()
        log.close()
    if exit_code != EXIT_DIED:
        line.leave()
    sys.exit(exit_code)


async def _serve(paths: Paths, line: KeeperLine, *, first_port: int | None, is_headless: bool) -> int:
    """Run it to its end; return the exit code. Raises what kept it from beginning."""
    from powerstream_desktop.service.keeper.keeper_life import EXIT_DIED
    from powerstream_desktop.service.service import Service

    loop = asyncio.get_running_loop()
    service = Service(paths, line, first_port=first_port, is_headless=is_headless, clock=loop.time)

    def soon(call: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop has ended, and this process is about to
            loop.call_soon_threadsafe(call)

    with _ended_by_signals(service):
        line.listen(
            on_end=lambda: soon(lambda: _unasked(service.request_end)),
            on_gone=lambda: soon(lambda: _unasked(service.keeper_gone)),
            on_ping=lambda: soon(lambda: _answer(line)),
        )
        await service.start()
        try:
            await service.wait()
            await service.aclose()
        except Exception:
            logger.exception("The service ended by a fault of its own")
            return EXIT_DIED
    return 0


def _answer(line: KeeperLine) -> None:
    """Show the keeper that the loop turns; should it stop, say on stderr where, before the keeper loses its patience."""
    line.pong()
    faulthandler.dump_traceback_later(HUNG_S - LOOK_S)


def _unasked(call: Callable[[], object]) -> None:
    """Do what the keeper's last word asks for: no ping comes after it, so nothing of ours is late from now on."""
    faulthandler.cancel_dump_traceback_later()
    call()


@contextmanager
def _ended_by_signals(service: Service) -> Iterator[None]:
    """Take every signal that asks for an end as the wish for a proper one; repeating it changes nothing."""
    from powerstream_desktop.service.keeper.keeper import SIGNALS

    loop = asyncio.get_running_loop()
    previous = {}
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            previous[number] = signal.signal(
                number, lambda *_: loop.call_soon_threadsafe(service.request_end)
            )
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
