"""What the copy desk works with, put together: giving files up, bringing them back, and looking at copies."""

from __future__ import annotations

from collections.abc import Callable

from powerstream_desktop.service.cloud.backend_desk import BackendDesk
from powerstream_desktop.service.cloud.copy_check import CopyCheck
from powerstream_desktop.service.cloud.copy_desk import CopyTools
from powerstream_desktop.service.cloud.eviction import Eviction
from powerstream_desktop.service.cloud.fetching import Fetching
from powerstream_desktop.service.cloud.room_tools import RoomTools
from powerstream_desktop.service.cloud.store_line import StoreLine


def copy_tools(
    tools: RoomTools,
    line: StoreLine,
    backend: BackendDesk,
    *,
    changed: Callable[[str], None],
    turned: Callable[[str], None],
    progressed: Callable[[], None],
) -> CopyTools:
    """Return them.

    Args:
        tools: of the room.
        line: to the store in the cloud.
        backend: is asked whether the PowerStream server knows a film.
        changed: told of each replay whose file is gone, or here again.
        turned: told of each whose copies stand differently.
        progressed: called when the one that goes on is further.
    """

    def may_read() -> bool:
        return tools.traffic.line() is None

    return CopyTools(
        store=tools.store,
        eviction=Eviction(
            store=tools.store,
            line=line,
            is_cut=tools.is_cut,
            is_played=tools.is_played,
            require_registered=backend.require_registered,
            may_read=may_read,
            changed=changed,
            wall_now=tools.wall_now,
        ),
        fetching=Fetching(
            store=tools.store,
            line=line,
            folder=tools.recordings,
            may_read=may_read,
            changed=changed,
            wall_now=tools.wall_now,
        ),
        check=CopyCheck(store=tools.store, line=line, wall_now=tools.wall_now),
        turned=turned,
        progressed=progressed,
        clock=tools.clock,
    )
