"""Undo and redo of edits: the studios of before and of after, newest next to the present one."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.scene.studio import Studio

DEPTH = 100


@dataclass(frozen=True, slots=True)
class History:
    """The present studio with what can be undone and redone. A value: every step gives a new one.

    Which scene is on air is no edit: it is what the show does. So switching is not undone, and undoing does not switch.
    """

    present: Studio
    past: tuple[Studio, ...] = ()
    future: tuple[Studio, ...] = ()

    def edited(self, studio: Studio) -> History:
        """Take an edit; what was undone before it cannot be redone any more."""
        if studio == self.present:
            return self
        return History(studio, (*self.past[-(DEPTH - 1) :], self.present))

    def amended(self, studio: Studio) -> History:
        """Let an edit go on: both together are undone as one, as the steps of a drag are."""
        if not self.past or studio == self.present:
            return self.edited(studio)
        return History(studio, self.past)

    def switched_to(self, scene_id: str) -> History:
        """Put a scene on."""
        return dataclasses.replace(self, present=self.present.switched_to(scene_id))

    def undone(self) -> History:
        """Go one edit back; unchanged when there is none.

        Raises:
            UserError: the scene on air would vanish.
        """
        if not self.past:
            return self
        *past, before = self.past
        return History(_still_on(before, self.present), tuple(past), (self.present, *self.future))

    def redone(self) -> History:
        """Take an undone edit again; unchanged when there is none.

        Raises:
            UserError: the scene on air would vanish.
        """
        if not self.future:
            return self
        after, *future = self.future
        return History(_still_on(after, self.present), (*self.past, self.present), tuple(future))


def _still_on(studio: Studio, present: Studio) -> Studio:
    """Keep the scene on air. A studio that was replaced as a whole comes back with its own.

    Raises:
        UserError: this studio has not got that scene, but others of the present one.
    """
    theirs = {scene.id for scene in studio.scenes}
    if present.current not in theirs:
        if theirs.isdisjoint(scene.id for scene in present.scenes):
            return studio
        raise UserError(
            f"That would take {present.on_air.name!r} off the air.", hint="Switch to another scene first."
        )
    return studio.switched_to(present.current)
