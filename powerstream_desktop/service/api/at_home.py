"""Who asks at the computer that PowerStream runs on: its window and its scripts. Where files lie there is told to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from powerstream_desktop.service.access.middleware import CALLER
from powerstream_desktop.service.access.scope import Caller, Scope

if TYPE_CHECKING:
    from fastapi import Request


def is_at_home(request: Request) -> bool:
    """Return whether a request comes from this computer's owner, and not from a device that was paired."""
    caller: Caller | None = getattr(request.state, CALLER, None)
    return caller is not None and caller.scope.includes(Scope.ADMIN)
