"""What the service says about the library as a whole: the bin, the room it takes, and what its rules would remove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.client.reading import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class BinnedAsset:
    """A replay lies in the bin.

    Attributes:
        undo_token: takes it back.
    """

    words: Words
    undo_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """How much room replays take on the service's computer.

    Attributes:
        free_bytes: on the disk that recordings go to; None if it does not say.
        reserve_bytes: what a recording keeps aside of that.
        count: replays whose files are there.
        folder: where recordings go; None for who is not on that computer.
    """

    words: Words
    used_bytes: int
    free_bytes: int | None
    reserve_bytes: int
    count: int
    folder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionEntry:
    """A replay that a rule of retention is about.

    Attributes:
        reason: such as ``too-old`` or ``only-copy``.
        sentence: the same for people.
        is_only_copy: it exists nowhere else.
        waits_for_check: its file alone goes, in its turn, once its copy in the cloud was verified again.
    """

    words: Words
    asset_id: str
    title: str
    size_bytes: int
    recorded_at: datetime
    reason: str
    sentence: str
    is_only_copy: bool = False
    waits_for_check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPlan:
    """What the rules of retention would remove, or have removed.

    Attributes:
        removes: the oldest first; those that wait for a check are still there.
        keeps: what a rule would remove but must not.
        freed_bytes: at once.
        waiting_bytes: later, if the copies of those that wait are found good.
    """

    words: Words
    removes: tuple[RetentionEntry, ...]
    keeps: tuple[RetentionEntry, ...]
    freed_bytes: int
    waiting_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a look through the folders of recordings has brought.

    Attributes:
        added: ids of replays that the library did not know.
        moved: ids of those that it knew at another place.
        problems: sentences about what was left out.
    """

    words: Words
    added: tuple[str, ...]
    moved: tuple[str, ...]
    problems: tuple[str, ...]
