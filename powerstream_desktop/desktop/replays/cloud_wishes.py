"""What can be wanted of a replay's copy in the cloud, and when. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.settings import Value
from powerstream_desktop.desktop.replays.cloud_words import has_bad_copy

_KIND: Final = "cloud.kind"
_OFF: Final = "off"
_FINISHED: Final = frozenset({"ready", "recovered"})


class CloudWish(Enum):
    """Something that is done with one replay."""

    UPLOAD = "upload"
    CANCEL = "cancel"
    FIRST = "first"
    EVICT = "evict"
    DOWNLOAD = "download"
    KEEP = "keep"
    """... the file that was to be given up."""
    LEAVE = "leave"
    """... the film in the cloud that was to be brought back."""
    VERIFY = "verify"
    UNCHECKED = "unchecked"
    """... the copy that was to be looked at."""


_WHEN: Final[Mapping[CloudWish, frozenset[str]]] = {
    CloudWish.UPLOAD: frozenset({"local", "failed", "synced"}),
    CloudWish.CANCEL: frozenset({"waiting", "hashing", "uploading", "failed"}),
    CloudWish.FIRST: frozenset({"waiting"}),
    CloudWish.EVICT: frozenset({"synced"}),
    CloudWish.DOWNLOAD: frozenset({"evicted"}),
    CloudWish.VERIFY: frozenset({"synced", "evicted"}),
}
"""In which states of its copy something makes sense."""
_UNDONE: Final[Mapping[CloudWish, frozenset[str]]] = {
    CloudWish.KEEP: frozenset({"evict"}),
    CloudWish.LEAVE: frozenset({"download"}),
    CloudWish.UNCHECKED: frozenset({"verify", "verify-fully"}),
}
"""What must be wanted so that somebody can think better of it."""


def _evict(client: Client, asset_id: str) -> None:
    """Give a file up that this window has closed: that it has may be on its way still."""
    client.library.end_playing(asset_id)
    client.cloud.evict(asset_id)


_ERRANDS: Final[Mapping[CloudWish, Callable[[Client, str], object]]] = {
    CloudWish.UPLOAD: lambda client, asset_id: client.cloud.upload(asset_id),
    CloudWish.CANCEL: lambda client, asset_id: client.cloud.cancel(asset_id),
    CloudWish.FIRST: lambda client, asset_id: client.cloud.put_first(asset_id),
    CloudWish.EVICT: _evict,
    CloudWish.DOWNLOAD: lambda client, asset_id: client.cloud.download(asset_id),
    CloudWish.KEEP: lambda client, asset_id: client.cloud.cancel_evict(asset_id),
    CloudWish.LEAVE: lambda client, asset_id: client.cloud.cancel_download(asset_id),
    CloudWish.VERIFY: lambda client, asset_id: client.cloud.verify(asset_id),
    CloudWish.UNCHECKED: lambda client, asset_id: client.cloud.cancel_verify(asset_id),
}


def has_store(settings: Mapping[str, Value] | None) -> bool:
    """Return whether somebody has chosen a store."""
    return settings is not None and settings.get(_KIND, _OFF) != _OFF


def possible_wishes(assets: Iterable[Asset], settings: Mapping[str, Value] | None) -> frozenset[CloudWish]:
    """Return what can be done with at least one of these replays."""
    if not has_store(settings):
        return frozenset()
    return frozenset(wish for asset in assets for wish in CloudWish if is_possible(wish, asset))


def is_possible(wish: CloudWish, asset: Asset) -> bool:
    """Return whether something can be done with a replay, as far as the window knows."""
    if wish in _UNDONE:
        return asset.sync.wanted in _UNDONE[wish]
    if asset.sync.wanted is not None:
        return False
    if wish is CloudWish.DOWNLOAD and asset.status == "missing" and asset.sync.state == "synced":
        return True  # its file is gone from here
    if asset.sync.state not in _WHEN[wish]:
        return False
    match wish:
        case CloudWish.UPLOAD:
            is_needed = asset.sync.state != "synced" or has_bad_copy(asset.sync)
            return is_needed and asset.video_url is not None and asset.status in _FINISHED
        case CloudWish.EVICT:
            return not asset.is_pinned and asset.status != "missing"
    return True


def grant(client: Client, wish: CloudWish, asset: Asset) -> Asset:
    """Do it, and return the replay as it is then. On another thread than the window's."""
    _ERRANDS[wish](client, asset.id)
    return client.library.get(asset.id)


def wish_name(wish: CloudWish) -> str:
    """Return what a menu calls it."""
    translate = QCoreApplication.translate
    return {
        CloudWish.UPLOAD: translate("Cloud", "Upload"),
        CloudWish.CANCEL: translate("Cloud", "Cancel the upload"),
        CloudWish.FIRST: translate("Cloud", "Upload first"),
        CloudWish.EVICT: translate("Cloud", "Remove from this computer: the copy in the cloud stays"),
        CloudWish.DOWNLOAD: translate("Cloud", "Download to this computer"),
        CloudWish.KEEP: translate("Cloud", "Keep it on this computer after all"),
        CloudWish.LEAVE: translate("Cloud", "Cancel the download"),
        CloudWish.VERIFY: translate("Cloud", "Check the copy in the cloud"),
        CloudWish.UNCHECKED: translate("Cloud", "Cancel the check of the copy"),
    }[wish]
