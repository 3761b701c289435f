"""Rows of the fault matrix for faults below TCP: they are played in network name spaces."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from tests.faults.matrix import Play, Row, row
from tests.faults.network_scene import NetworkScene
from tests.faults.scene import Scene


def network_row(
    id: str,  # noqa: A002 - it is one
    fault: str,
    *,
    promised: str,
    group: str = "",
    bystanders: bool = True,
) -> Callable[[Callable[[NetworkScene], Play]], Row]:
    """Like ``row``, for faults below TCP: in network name spaces."""

    def make(play: Callable[[NetworkScene], Play]) -> Row:
        def play_there(scene: Scene) -> Play:
            assert isinstance(scene, NetworkScene)
            return (yield from play(scene))

        common = row(id, fault, promised=promised, group=group, bystanders=bystanders)
        return dataclasses.replace(common(play_there), network=True)

    return make
