"""The watch of the path on macOS, against libraries that behave as its headers say; the block is called as C calls it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.network import macos
from powerstream_desktop.service.network.network import Network

SATISFIED, UNSATISFIED = 1, 2
PATH = 0x7F00_0000_1234


class Framework(SimpleNamespace):
    """Functions that can be told their types, as those of a library; what was handed over as the handler can be called."""

    def __init__(self, *, says: tuple[int, bool, bool] | None) -> None:
        super().__init__()
        self.handler: Any = None
        self.says = says
        for name in ("nw_path_get_status", "nw_path_is_expensive", "nw_path_is_constrained"):
            setattr(self, name, self._telling(len(vars(self)) - 2))
        self.nw_path_monitor_create = lambda: 1
        self.nw_path_monitor_set_queue = lambda monitor, queue: None
        self.nw_path_monitor_set_update_handler = lambda monitor, block: setattr(self, "handler", block._obj)
        self.nw_path_monitor_start = lambda monitor: self.turn()

    def turn(self) -> None:
        """Call the block, if there is anything to tell."""
        if self.says is not None:
            self.handler.invoke(None, PATH)

    def _telling(self, place: int) -> Callable[[int], int]:
        def tell(path: int) -> int:
            assert path == PATH
            assert self.says is not None
            return self.says[place]

        return tell


SYSTEM = SimpleNamespace(dispatch_queue_create=lambda name, kind: 2)


@pytest.mark.parametrize(
    ("says", "network"),
    [
        ((SATISFIED, False, False), Network()),
        ((SATISFIED, True, False), Network(is_metered=True)),
        ((SATISFIED, False, True), Network(is_metered=True)),
        ((UNSATISFIED, False, False), Network(is_absent=True)),
    ],
)
def test_the_path_is_what_the_system_says(says: tuple[int, bool, bool], network: Network) -> None:
    framework = Framework(says=says)
    watch = macos.PathWatch(framework, SYSTEM, 3)
    assert watch.newest() == network
    framework.says = (SATISFIED, False, False)
    framework.turn()
    assert watch.newest() == Network()
    assert (framework.handler.isa, framework.handler.flags) == (3, 1 << 28)


def test_a_system_that_says_nothing_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(macos, "_ANSWER_S", 0.01)
    with pytest.raises(SystemFault):
        macos.PathWatch(Framework(says=None), SYSTEM, 3).newest()


@pytest.mark.skipif(sys.platform == "darwin", reason="there it is answered")
def test_elsewhere_macos_does_not_tell() -> None:
    with pytest.raises(SystemFault):
        macos.look()
