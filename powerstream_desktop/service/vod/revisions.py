"""What of a replay others must have seen before they may say something else of it: its revision. Pure."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from powerstream_desktop.common.frozen_json import to_json, write_json
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.store_faults import ChangedError

ANY: Final = "*"
_CHARACTERS: Final = 24
_TAG: Final = re.compile(r'\s*(?:W/)?"([^"]*)"\s*')


def revision_of(asset: Asset) -> str:
    """Return a replay's revision: another one whenever anything is another that is said by who registers it."""
    said = (
        *(asset.title, asset.description, asset.station_id, asset.session_id, asset.user_id, asset.status),
        *(asset.duration_ms, asset.size_bytes, asset.recorded_at, asset.sha256),
        *(asset.video_link, asset.thumbnail_link),
    )
    return hashlib.sha256(write_json(to_json(said)).encode()).hexdigest()[:_CHARACTERS]


def require_seen(asset: Asset | None, *, if_match: str | None, if_none_match: str | None) -> None:
    """See that a replay is the one that its sender has seen.

    Args:
        asset: as it is; None if there is none.
        if_match: the revisions that it may be of, as HTTP writes them; None for all, also for none.
        if_none_match: ``*`` if there must be none.

    Raises:
        ChangedError: it is another one.
    """
    is_new = asset is None
    if if_none_match is not None and if_none_match.strip() == ANY and not is_new:
        raise _changed()
    if if_match is None:
        return
    if asset is None or (if_match.strip() != ANY and revision_of(asset) not in _tags(if_match)):
        raise _changed()


def _tags(text: str) -> frozenset[str]:
    found = (_TAG.fullmatch(each) for each in text.split(","))
    return frozenset(each[1] for each in found if each is not None)


def _changed() -> ChangedError:
    return ChangedError(
        "Somebody has changed this replay meanwhile.", hint="Look at it again, then change it."
    )
