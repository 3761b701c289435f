"""An executor whose calls never wait for each other and never keep the program from ending.

asyncio looks names up in a pool of a few threads, and waits for all of them when it ends. A name server that does not answer
holds a thread for half a minute: some such destinations would keep all others from connecting, the recorder from being
closed, and the program from ending.
"""

from __future__ import annotations

import _thread
import errno
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

ArgumentsT = ParamSpec("ArgumentsT")
ResultT = TypeVar("ResultT")


class DaemonThreads(ThreadPoolExecutor):
    """Runs each call on a daemon thread of its own. A ``ThreadPoolExecutor`` only because asyncio insists on one."""

    def submit(
        self, fn: Callable[ArgumentsT, ResultT], /, *args: ArgumentsT.args, **kwargs: ArgumentsT.kwargs
    ) -> Future[ResultT]:
        """Start ``fn`` at once; return the future of its result, an ``OSError`` if the system gives us no thread."""
        future: Future[ResultT] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - whatever it was, it belongs to who waits for the result
                future.set_exception(error)

        try:
            # Not a ``threading.Thread``: its ``start`` waits for the new thread's first word, and for ever if memory is so short
            # that the thread dies without one. That would be the event loop that waits (F39).
            _thread.start_new_thread(run, ())
        except RuntimeError:
            future.set_exception(OSError(errno.EAGAIN, "no thread could be started"))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the threads to themselves."""
