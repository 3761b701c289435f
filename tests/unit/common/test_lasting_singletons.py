"""What Python 3.12 made immortal lasts in Python 3.11, too."""

from __future__ import annotations

import sys

from powerstream_desktop.common.lasting_singletons import make_singletons_last
from tests.unit.engine.sources.qt_application import host_with_application

SINGLETONS = (None, True, False, NotImplemented)
PLENTY = 2**28


def references() -> list[int]:
    return [sys.getrefcount(each) for each in SINGLETONS]


def test_whoever_uses_qt_has_singletons_that_nobody_can_use_up() -> None:
    host_with_application()
    assert min(references()) > PLENTY


def test_they_are_not_given_more_each_time() -> None:
    make_singletons_last()
    before = references()
    make_singletons_last()
    assert max(abs(after - then) for after, then in zip(references(), before, strict=True)) < PLENTY
