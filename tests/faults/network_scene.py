"""The common setting with the relay on a computer of its own, behind a network that loses and delays packets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.faults.home_network import LAN_RELAY_SIDE, NAME_SERVER, PLATFORMS, HomeNetwork
from tests.faults.name_server import NameServer
from tests.faults.scene import Form, Scene


class NetworkScene(Scene):
    """Each mock ingest has an address of its own; the encoder reaches the relay by a cable that no fault touches.

    Attributes:
        home: the relay's computer.
        name_server: the one it asks.
    """

    relay_host = LAN_RELAY_SIDE

    def __init__(self, folder: Path, form: Form, *, bystanders: bool = True) -> None:
        self._addresses: Iterator[str] = iter(PLATFORMS)
        self.home = HomeNetwork(folder)
        self.name_server = NameServer(NAME_SERVER)
        super().__init__(folder, form, bystanders=bystanders)

    def ingest(self, behaviour: Behaviour = Behaviour.ACCEPT, *, host: str = "") -> FakeIngest:
        """Start a mock ingest, by default at the next address that is free."""
        return self._far_ingest(behaviour, host or next(self._addresses), 0)

    def ingest_beside(self, other: FakeIngest) -> FakeIngest:
        """Start a mock ingest at the next free address, on the port of another one: one name can lead to both."""
        return self._far_ingest(Behaviour.ACCEPT, next(self._addresses), other.port)

    def close(self) -> None:
        """Clear everything away, the networks last."""
        super().close()
        self.name_server.close()
        self.home.close()

    def _far_ingest(self, behaviour: Behaviour, host: str, port: int) -> FakeIngest:
        return self.stage.keep(FakeIngest(behaviour, host=host, port=port, receive_buffer=None))

    def _launcher(self) -> Sequence[str]:
        return self.home.launcher
