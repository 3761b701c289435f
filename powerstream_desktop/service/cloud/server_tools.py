"""What the desk of the PowerStream server works with, put together: its line, and the comparison of its list."""

from __future__ import annotations

from collections.abc import Callable

from powerstream_desktop.service.cloud.backend_desk import BackendTools
from powerstream_desktop.service.cloud.backend_line import BackendLine
from powerstream_desktop.service.cloud.lost_copies import LostCopies
from powerstream_desktop.service.cloud.room_tools import RoomTools
from powerstream_desktop.service.cloud.server_comparison import ServerComparison
from powerstream_desktop.service.cloud.store_line import StoreLine


def server_tools(
    tools: RoomTools,
    bucket: StoreLine,
    line: BackendLine,
    *,
    told: Callable[[str], None],
    lost: Callable[[str], None],
    wanted: Callable[[], None],
    turned: Callable[[], None],
) -> BackendTools:
    """Return them.

    Args:
        tools: of the room.
        bucket: to the store in the cloud.
        line: to the server.
        told: told of each replay that the server was told of.
        lost: told of each whose copy the bucket has lost.
        wanted: called when there is something to upload for that.
        turned: called when the server stands differently.
    """
    copies = LostCopies(store=tools.store, line=bucket, changed=lost, wanted=wanted, wall_now=tools.wall_now)
    return BackendTools(
        store=tools.store,
        line=line,
        comparison=ServerComparison(store=tools.store, bucket=bucket, copies=copies, options=tools.options),
        options=tools.options,
        told=told,
        changed=tools.changed,
        turned=turned,
        wall_now=tools.wall_now,
    )
