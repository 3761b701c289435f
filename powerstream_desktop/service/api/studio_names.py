"""What people call scenes, sources and channels, where the engine wants ids."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, Protocol

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.control.commands import EngineCommand, ForceKeyframe
from powerstream_desktop.service.api.ports import Studio


class Named(Protocol):
    """A scene, a source or a channel."""

    @property
    def id(self) -> str:
        """Made once, never shown."""
        ...

    @property
    def name(self) -> str:
        """What the user calls it."""
        ...


async def with_ids(command: Any, field: str, studio: Studio) -> EngineCommand:
    """Return a command whose ``field`` holds an id, where it held an id or a name.

    Args:
        command: of the engine.
        field: "scene", "source" or "channel"; also the kind of thing it names.
        studio: is started for it, if it has not said yet what there is.

    Raises:
        UserError: several are called that. What is not there at all, the engine refuses.
        SystemFault: the engine does not come up.
    """
    if studio.studio is None or studio.sound is None:
        await studio.send(ForceKeyframe())  # changes nothing, and an engine that obeys has told what there is
    changed: EngineCommand = dataclasses.replace(
        command, **{field: id_of(getattr(command, field), _things(field, studio), field)}
    )
    return changed


def id_of(wanted: str, things: Iterable[Named], kind: str) -> str:
    """Return the id of what is called ``wanted``: as an id, as a name, or as a name in other letters; in this order.

    Raises:
        UserError: several are called that.
    """
    known = tuple(things)
    if any(each.id == wanted for each in known):
        return wanted
    same = [each.id for each in known if each.name == wanted]
    same = same or [each.id for each in known if each.name.casefold() == wanted.casefold()]
    if len(same) > 1:
        raise UserError(
            f"More than one {kind} is called that.", hint="Use its id, as GET /api/studio tells it."
        )
    return same[0] if same else wanted


def _things(field: str, studio: Studio) -> tuple[Named, ...]:
    if field == "channel":
        return studio.sound.sound.channels if studio.sound is not None else ()
    if studio.studio is None:
        return ()
    return studio.studio.studio.scenes if field == "scene" else studio.studio.studio.sources
