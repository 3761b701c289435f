"""A window's part with a client of the test's own behind it."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from powerstream_desktop.client.live import DestinationStatus
from powerstream_desktop.desktop.destinations.dashboard_facts import DashboardFacts
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.destinations.fake_client import FakeClient
from tests.unit.desktop.destinations.values import STATUSES, broadcast
from tests.unit.desktop.driver import WidgetT
from tests.unit.desktop.fakes import surroundings_with

_ROUNDS = 6
"""More than the deepest layout has layers."""


def settled(widget: WidgetT) -> WidgetT:
    """Return a widget once what it was told is shown: Qt shows and places what is new when it is next at leisure."""
    for _ in range(_ROUNDS):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    return widget


def unnamed(widget: QWidget) -> list[str]:
    """Return what the keyboard reaches and has no name, but for what Qt or the kit names while it is seen."""
    return [each for each in nameless(widget) if "Filler" not in each and "QListView" not in each]


class Stage:
    """Surroundings, and what is behind them."""

    def __init__(self, *, live: bool = False, empty: bool = False) -> None:
        self.client = FakeClient(is_empty=empty, is_live=live)
        self.surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        if live:
            self.go_on_air(*STATUSES)

    def go_on_air(self, *statuses: DestinationStatus, **fields: Any) -> None:
        """Have a broadcast run from now on."""
        running = broadcast(*statuses, **fields)
        self.feed.replace(dataclasses.replace(self.feed.now, service=ServiceState.THERE, broadcast=running))

    def go_off_air(self) -> None:
        """Have none run."""
        self.feed.replace(Outlook(service=ServiceState.THERE))

    def dashboard_facts(self) -> DashboardFacts:
        """Return what the dashboard knows."""
        return DashboardFacts(
            endpoints=self.client.endpoints.all(),
            profiles=self.client.profiles.all(),
            stations=self.client.stations.all(),
            platforms=self.client.platforms.all(),
        )
