"""The service is found or started once, however many threads ask for it."""

from __future__ import annotations

import os
import threading

import pytest

from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.desktop.link.door import HomeDoor


def test_one_thread_finds_the_service_and_the_others_wait_for_it() -> None:
    found: list[Paths] = []
    all_there = threading.Barrier(4)

    def find(paths: Paths) -> None:
        found.append(paths)

    door = HomeDoor(Paths.from_environment(os.environ), find)

    def come() -> None:
        all_there.wait()
        door.client().close()

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    door.look_again()
    assert len(found) == 2


def test_a_service_that_did_not_come_up_is_looked_for_again() -> None:
    results = [ServiceGoneError("It did not come up."), None]

    def find(_paths: Paths) -> None:
        result = results.pop(0)
        if result is not None:
            raise result

    door = HomeDoor(Paths.from_environment(os.environ), find)
    with pytest.raises(ServiceGoneError):
        door.client()
    door.client().close()
    assert results == []
