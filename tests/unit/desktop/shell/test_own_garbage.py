"""Rings of objects are taken away on the window's thread, and on no other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from powerstream_desktop.desktop.shell.own_garbage import OwnGarbage
from tests.unit.desktop.driver import wait_for


class _Ring:
    """Refers to itself, and notes on which thread it ends."""

    ended_on: list[int]

    def __init__(self, ended_on: list[int]) -> None:
        self.itself = self
        self.ended_on = ended_on

    def __del__(self) -> None:
        self.ended_on.append(threading.get_ident())


@pytest.fixture
def garbage() -> Iterator[OwnGarbage]:
    taken = OwnGarbage()
    yield taken
    taken.close()
    assert gc.isenabled()


def many_rings(ended_on: list[int]) -> None:
    for _ in range(5000):
        _Ring(ended_on)


def test_what_another_thread_leaves_behind_ends_on_this_one(garbage: OwnGarbage) -> None:
    ended_on: list[int] = []
    other = threading.Thread(target=many_rings, args=(ended_on,))
    other.start()
    other.join()
    assert ended_on == []
    wait_for(lambda: len(ended_on) == 5000)
    assert set(ended_on) == {threading.get_ident()}


def test_without_it_another_thread_takes_them_away() -> None:
    ended_on: list[int] = []
    other = threading.Thread(target=many_rings, args=(ended_on,))
    other.start()
    other.join()
    assert threading.get_ident() not in ended_on
    assert ended_on


def test_what_is_in_use_stays(garbage: OwnGarbage) -> None:
    kept, ended_on = _Ring([]), list[int]()
    is_there = weakref.ref(kept)
    many_rings(ended_on)
    wait_for(lambda: bool(ended_on))
    assert is_there() is kept
