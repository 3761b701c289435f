"""The daily look at three lists that should agree: the server's, ours and the bucket's (reliability_security.md 4.5). Pure.

Only what adds is repaired: a film that is in the bucket is told to the server, what differs is told again, and one that is missing in
the bucket is looked at and uploaded again from its file. Nothing is deleted anywhere for what a list lacks (V20, I2), and where much is
missing at once nothing is done at all, for then a list is rather wrong than the world (I6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.cloud.backend.texts import Texts

MAX_MISSING: Final = 5
MAX_MISSING_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the server's list says of a replay.

    Attributes:
        sha256: of its film; None where the server does not know it.
        texts: as the server has them.
    """

    sha256: str | None
    texts: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What we know of a replay in the cloud.

    Attributes:
        sha256: of its film.
        key: of its object.
        has_file: its file is here.
        is_unsaid: the server was never told of it, or of something else than is known of it now.
        agreed: what the server said when both sides last agreed; None if they never did.
    """

    asset_id: str
    sha256: str
    key: str
    has_file: bool
    is_unsaid: bool = False
    agreed: Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What differs, as ids of replays.

    Attributes:
        to_tell: in the bucket, and unknown to the server, or something else is said of it there.
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
    server: Mapping[str, Listed],
    rows: Iterable[Row],
    bucket: frozenset[str],
    *,
    known: frozenset[str] = frozenset(),
) -> Reconciliation:
    """Return what differs.

    Args:
        server: its replays by id.
        rows: ours that are in the cloud.
        bucket: keys of the objects there.
        known: further replays that we know: others have brought them, or the server is about to forget them.
    """
    ours = {row.asset_id: row for row in rows}
    gone = [row for row in ours.values() if row.key not in bucket]
    is_doubtful = len(gone) > max(MAX_MISSING, MAX_MISSING_SHARE * len(ours)) or (
        bool(gone) and (not bucket or len(gone) == len(ours) > 1)
    )
    lost = frozenset(row.asset_id for row in gone)
    others = frozenset(
        each for each, row in ours.items() if each in server and _is_another(row, server[each])
    )
    return Reconciliation(
        to_tell=tuple(
            sorted(
                each
                for each, row in ours.items()
                if each not in lost | others and _is_to_be_told(row, server.get(each))
            )
        ),
        other_content=tuple(sorted(others)),
        only_there=tuple(sorted(server.keys() - ours.keys() - known)),
        to_look_at=() if is_doubtful else tuple(sorted(row.asset_id for row in gone if row.has_file)),
        missing=() if is_doubtful else tuple(sorted(row.asset_id for row in gone if not row.has_file)),
        is_doubtful=is_doubtful,
    )


def _is_another(row: Row, there: Listed) -> bool:
    return there.sha256 not in {None, row.sha256}


def _is_to_be_told(row: Row, there: Listed | None) -> bool:
    return there is None or row.is_unsaid or row.agreed is None or row.agreed != there.texts
