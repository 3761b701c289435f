from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.scenery.shown import ShownLayer
from powerstream_desktop.desktop.studio.sources.handles import Handle
from powerstream_desktop.desktop.studio.sources.hitting import handle_at, layer_at
from powerstream_desktop.desktop.studio.sources.snapping import Reach
from tests.unit.desktop.studio.studio_words import a_layer

REACH = Reach(across=0.02, down=0.03)


def named(name: str, box: Box, **values: Any) -> ShownLayer:
    return dataclasses.replace(a_layer(box), id=name, **values)


BACK = named("back", Box())
FRONT = named("front", Box(x=0.4, y=0.4, width=0.2, height=0.2))


def test_the_foremost_layer_is_taken() -> None:
    assert layer_at((BACK, FRONT), 0.5, 0.5) is FRONT
    assert layer_at((BACK, FRONT), 0.1, 0.5) is BACK


def test_the_selected_layer_stays_in_hand_below_another_one() -> None:
    assert layer_at((BACK, FRONT), 0.5, 0.5, selected="back") is BACK


@pytest.mark.parametrize("values", [{"visible": False}, {"locked": True}])
def test_what_is_hidden_or_locked_is_not_taken(values: dict[str, Any]) -> None:
    front = dataclasses.replace(FRONT, **values)
    assert layer_at((BACK, front), 0.5, 0.5, selected="front") is BACK


def test_beside_all_layers_nothing_is_taken() -> None:
    assert layer_at((FRONT,), 0.1, 0.1) is None


@pytest.mark.parametrize("handle", list(Handle))
def test_a_handle_is_taken_from_near_it(handle: Handle) -> None:
    x, y = handle.of(FRONT.place)
    assert handle_at(FRONT.place, x + 0.015, y - 0.025, REACH) is handle
    assert (
        handle_at(FRONT.place, x + 0.021 * (handle.across or 1), y + 0.031 * (handle.down or 1), REACH)
        is not handle
    )


def test_of_crowded_handles_the_nearest_is_taken() -> None:
    small = Box(x=0.5, y=0.5, width=0.02, height=0.02)
    assert handle_at(small, 0.519, 0.521, REACH) is Handle.BOTTOM_RIGHT


def test_the_middle_of_a_layer_is_no_handle() -> None:
    assert handle_at(FRONT.place, 0.5, 0.5, REACH) is None
