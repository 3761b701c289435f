"""What the way to the store means for uploads: whether they wait, and whether others can read them. Pure."""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from powerstream_desktop.service.network.network import Network
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.store.uploads import UploadTrouble

_NEAR_ENDINGS: Final = (".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost")


class Hindrance(StrEnum):
    """What is the matter with the network."""

    ABSENT = "absent"
    METERED = "metered"


def hindrance_of(network: Network, options: CloudOptions) -> Hindrance | None:
    """Return why nothing is uploaded in this network; None if nothing is in the way.

    A store in one's own house or office costs nothing to reach, and is where no route out may be.
    """
    if not is_far(options):
        return None
    if network.is_absent:
        return Hindrance.ABSENT
    return Hindrance.METERED if network.is_metered and not options.upload_when_metered else None


def is_far(options: CloudOptions) -> bool:
    """Return whether the way to the store leads through the network of somebody who may take money for it."""
    if options.kind is not CloudKind.S3:
        return False
    try:
        host = urlsplit(options.endpoint_url).hostname or ""
    except ValueError:
        return True
    if not options.endpoint_url:
        return True  # Amazon's own
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_NEAR_ENDINGS)


def is_unencrypted(options: CloudOptions) -> bool:
    """Return whether what goes to the store can be read by those it passes; in one's own house nobody minds."""
    return is_far(options) and options.endpoint_url.lower().startswith("http:")


def said_of(hindrance: Hindrance) -> UploadTrouble:
    """Return a hindrance in words."""
    if hindrance is Hindrance.ABSENT:
        return UploadTrouble(
            code="no-network",
            sentence="Uploads wait: this computer is in no network.",
            remedy="They go on by themselves when there is one.",
        )
    return UploadTrouble(
        code="metered",
        sentence="Uploads wait: this network is metered.",
        remedy="They go on by themselves in another one; the settings of the cloud can allow it here.",
    )
