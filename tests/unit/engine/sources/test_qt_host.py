from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.engine.sources.qt_host import QtHost


@pytest.fixture
def host() -> Iterator[QtHost]:
    """A host that runs, on a thread that stands in for the main one: it makes no application here."""
    made = QtHost()
    thread = threading.Thread(target=made.run, name="main")
    thread.start()
    yield made
    made.quit()
    thread.join()


def test_functions_run_one_after_the_other_on_the_hosts_thread(host: QtHost) -> None:
    assert host.call(lambda: threading.current_thread().name) == "main"
    assert host.call(lambda: host.call(lambda: threading.current_thread().name)) == "main"


def test_what_a_function_raises_is_raised_to_its_caller_and_the_host_goes_on(host: QtHost) -> None:
    def fail() -> None:
        raise UserError("There is no such thing.")

    with pytest.raises(UserError, match="no such thing"):
        host.call(fail)
    assert host.call(lambda: 1) == 1


def test_what_was_asked_before_the_end_is_done_and_what_comes_after_it_is_refused() -> None:
    host = QtHost()
    done: list[int] = []
    asked = threading.Thread(target=lambda: host.call(lambda: done.append(1)))
    asked.start()
    runner = threading.Thread(target=host.run)
    runner.start()
    asked.join()
    host.quit()
    runner.join()
    assert done == [1]
    with pytest.raises(BugError, match="after its end"):
        host.call(lambda: done.append(2))


def test_callers_that_still_wait_at_the_end_are_let_go() -> None:
    host = QtHost()
    refused: list[BaseException] = []
    may_end = threading.Event()

    def call(function: Callable[[], object]) -> None:
        try:
            host.call(function)
        except BugError as error:
            refused.append(error)

    def quit_and_wait() -> None:
        host.quit()
        may_end.wait(5)

    threads = [threading.Thread(target=host.run), threading.Thread(target=call, args=(quit_and_wait,))]
    for thread in threads:
        thread.start()
    late = threading.Thread(target=call, args=(lambda: None,))
    late.start()
    may_end.set()
    for thread in (*threads, late):
        thread.join(5)
    assert not any(thread.is_alive() for thread in (*threads, late))
