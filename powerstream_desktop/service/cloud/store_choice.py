"""Which store the settings mean. Pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from powerstream_desktop.cloud.object_store.store_config import Addressing, StoreConfig, StoreKind
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions

_PUBLIC: Final = re.compile(r"https://[0-9A-Za-z.-]{1,253}(:[0-9]{1,5})?(/[!-~]{0,1000})?")
"""What a PowerStream server takes for the beginning of a link."""


def store_config_of(
    options: CloudOptions, capabilities: StoreCapabilities | None = None
) -> StoreConfig | None:
    """Return the store that was chosen; None for none.

    Args:
        options: as they are now.
        capabilities: what it was found to be able to do, if that is known.

    Raises:
        UserError: something is missing, or cannot be.
    """
    public = options.public_base_url
    public_base_url = None if not public else public if public.endswith("/") else f"{public}/"
    match options.kind:
        case CloudKind.OFF:
            return None
        case CloudKind.FOLDER:
            return StoreConfig(
                kind=StoreKind.FOLDER,
                folder=options.folder,
                prefix=options.prefix,
                public_base_url=public_base_url,
                capabilities=capabilities,
            )
        case CloudKind.S3:
            return StoreConfig(
                kind=StoreKind.S3,
                endpoint_url=options.endpoint_url,
                region=options.region,
                bucket=options.bucket,
                prefix=options.prefix,
                addressing=Addressing(options.addressing.value),
                public_base_url=public_base_url,
                capabilities=capabilities,
            )


def place_of(options: CloudOptions) -> str:
    """Return the store that was chosen in a few words; it is another one if these are others. Empty for none."""
    match options.kind:
        case CloudKind.OFF:
            return ""
        case CloudKind.FOLDER:
            return f"{options.folder or ''}/{options.prefix}".rstrip("/")
        case CloudKind.S3:
            host = (
                urlsplit(options.endpoint_url).netloc.rpartition("@")[2]
                or f"s3.{options.region}.amazonaws.com"
            )
            return f"{host}/{options.bucket}/{options.prefix}".rstrip("/")


def public_link(options: CloudOptions, key: str) -> str | None:
    """Return where everybody finds an object; None where only links that end could be told."""
    base = options.public_base_url
    return f"{base.rstrip('/')}/{quote(key)}" if _PUBLIC.fullmatch(base) else None


def shown_place(options: CloudOptions) -> str:
    """Return the same as everybody may know it: without the folders of this computer."""
    if options.kind is CloudKind.FOLDER:
        return "" if options.folder is None else options.folder.name
    return place_of(options)
