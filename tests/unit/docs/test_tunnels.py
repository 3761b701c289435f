"""The tunnels of docs/guide/outgrowing-one-machine.md: both of their ends are free, and lead to what listens there."""

from __future__ import annotations

import re

from powerstream_desktop.service.access.loopback import FIRST_PORT
from powerstream_desktop.service.broadcast.ingest_port import USUAL_PORT
from tests.unit.docs.pages import ROOT, page

TUNNEL = re.compile(r"^ssh -N -L (\d+):127\.0\.0\.1:(\d+) server$", re.MULTILINE)
GUIDE = page("docs/guide/outgrowing-one-machine.md")


def tunnels() -> dict[int, int]:
    """Return the near end's port by that of the far end."""
    return {int(far): int(near) for near, far in TUNNEL.findall("\n".join(GUIDE.shell))}


def port_of_the_service() -> int:
    unit = (ROOT / "installer" / "systemd" / "powerstream.service").read_text("utf-8")
    [port] = re.findall(r"^ExecStart=.* --port (\d+)$", unit, re.MULTILINE)
    return int(port)


def test_no_tunnel_begins_where_a_service_of_ones_own_listens() -> None:
    assert len(tunnels()) == 3
    assert {FIRST_PORT, USUAL_PORT} & set(tunnels().values()) == set()


def test_the_service_is_reached_at_the_address_that_it_knows_as_its_own() -> None:
    """By another port its door says that this name does not lead there."""
    port = port_of_the_service()
    assert tunnels()[port] == port
    used = re.findall(r"http://127\.0\.0\.1:(\d+)(?=/api|\n)", GUIDE.text)
    assert str(port) in used
    assert str(FIRST_PORT) not in used
