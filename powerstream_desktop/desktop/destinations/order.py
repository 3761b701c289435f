"""Who keeps the picture longest when the upload collapses: the order of the lines, kept as priorities. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from powerstream_desktop.client.endpoints import Endpoint, EndpointWish


def moved(endpoints: Sequence[Endpoint], endpoint_id: str, by: int) -> tuple[Endpoint, ...]:
    """Return the endpoints in another order: one of them is moved by so many lines, up for less than nothing."""
    order = list(endpoints)
    place = next((number for number, each in enumerate(order) if each.id == endpoint_id), None)
    if place is None:
        return tuple(order)
    one = order.pop(place)
    order.insert(max(0, place + by), one)
    return tuple(order)


def wishes_for_order(endpoints: Sequence[Endpoint]) -> tuple[tuple[str, EndpointWish], ...]:
    """Return what has to be saved so that the endpoints stand in this order: the last one gets 0, the one above it more."""
    last = len(endpoints) - 1
    return tuple(
        (each.id, dataclasses.replace(each.wish, priority=last - number))
        for number, each in enumerate(endpoints)
        if each.priority != last - number
    )
