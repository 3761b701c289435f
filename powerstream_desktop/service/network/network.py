"""What is known of the network that this computer is in. The system's own way to know stands in a module for each system.

Nothing is taken for metered or missing that nobody has said so of: a network that is not known is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from powerstream_desktop.common.errors import SystemFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The network at one moment.

    Attributes:
        is_absent: this computer is in none.
        is_metered: what is sent costs its owner something, or is taken from a quota.
    """

    is_absent: bool = False
    is_metered: bool = False


LookAtNetwork: TypeAlias = Callable[[], Network]
"""Looks; blocks as the system does. Raises ``SystemFault`` if that does not tell."""


def system_network() -> Network:
    """Look at the network in this system's own way; raises ``SystemFault`` when it has none or refuses."""
    if sys.platform == "linux":
        from powerstream_desktop.service.network.linux import look
    elif sys.platform == "win32":
        from powerstream_desktop.service.network.windows import look
    elif sys.platform == "darwin":
        from powerstream_desktop.service.network.macos import look
    else:
        raise SystemFault("Nothing on this system that we know of tells of its network.")
    return look()
