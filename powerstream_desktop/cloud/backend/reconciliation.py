"""The daily look at three lists that should agree: the server's, ours and the bucket's (reliability_security.md 4.5). Pure.

Only what adds is repaired: a film that is in the bucket is told to the server, and one that is missing there is looked at and uploaded
again from its file. Nothing is deleted anywhere for what a list lacks (V20, I2), and where much is missing at once nothing is done at
all, for then a list is rather wrong than the world (I6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MAX_MISSING: Final = 5
MAX_MISSING_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What we know of a replay in the cloud.

    Attributes:
        sha256: of its film.
        key: of its object.
        has_file: its file is here.
    """

    asset_id: str
    sha256: str
    key: str
    has_file: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What differs, as ids of replays.

    Attributes:
        to_tell: in the bucket, and unknown to the server.
        other_content: the server has another film under this id.
        only_there: the server knows it, and we do not.
        to_look_at: missing in the bucket with its file here: to be looked at once more, and uploaded again.
        missing: missing in the bucket without a file here.
        is_doubtful: so much is missing in the bucket that the list is not believed; nothing is to be done about it.
    """

    to_tell: tuple[str, ...] = ()
    other_content: tuple[str, ...] = ()
    only_there: tuple[str, ...] = ()
    to_look_at: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_doubtful: bool = False


def reconcile(
    backend: Mapping[str, str | None], rows: Iterable[Row], bucket: frozenset[str]
) -> Reconciliation:
    """Return what differs.

    Args:
        backend: the server's replays by id, with the hash of the film where it knows it.
        rows: ours that are in the cloud.
        bucket: keys of the objects there.
    """
    ours = {row.asset_id: row for row in rows}
    gone = [row for row in ours.values() if row.key not in bucket]
    is_doubtful = len(gone) > max(MAX_MISSING, MAX_MISSING_SHARE * len(ours)) or (
        bool(gone) and (not bucket or len(gone) == len(ours) > 1)
    )
    lost = frozenset(row.asset_id for row in gone)
    known = {asset_id: sha256 for asset_id, sha256 in backend.items() if asset_id in ours}
    return Reconciliation(
        to_tell=tuple(sorted(ours.keys() - known.keys() - lost)),
        other_content=tuple(
            sorted(
                each for each, sha256 in known.items() if sha256 is not None and sha256 != ours[each].sha256
            )
        ),
        only_there=tuple(sorted(backend.keys() - ours.keys())),
        to_look_at=() if is_doubtful else tuple(sorted(row.asset_id for row in gone if row.has_file)),
        missing=() if is_doubtful else tuple(sorted(row.asset_id for row in gone if not row.has_file)),
        is_doubtful=is_doubtful,
    )
