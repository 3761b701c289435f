"""What changed is told, and nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any

from powerstream_desktop.client.live import LiveStatus
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState


def test_only_what_is_another_than_before_is_told() -> None:
    feed = OutlookFeed()
    told: list[tuple[str, Any]] = []
    for part in (each.name for each in dataclasses.fields(Outlook)):
        getattr(feed, f"{part}_changed").connect(lambda now, part=part: told.append((part, now)))
    live = LiveStatus(words={}, is_live=False, state="idle")
    first = Outlook(service=ServiceState.THERE, live=live)
    feed.replace(first)
    assert told == [("service", ServiceState.THERE), ("live", live)]
    feed.replace(dataclasses.replace(first, live=LiveStatus(words={}, is_live=False, state="idle")))
    assert len(told) == 2


def test_who_is_told_can_already_see_all_of_it() -> None:
    feed = OutlookFeed()
    seen: list[Outlook] = []
    feed.service_changed.connect(lambda _state: seen.append(feed.now))
    new = Outlook(service=ServiceState.THERE, levels={"program": {}})
    feed.replace(new)
    assert seen == [new]
