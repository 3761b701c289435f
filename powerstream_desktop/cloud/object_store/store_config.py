"""Which store it is and how to speak to it: words without a secret in them, and the credentials apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from powerstream_desktop.cloud.object_store.object_keys import is_good_key
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret

MAX_URL_CHARACTERS: Final = 2048
MAX_PREFIX_CHARACTERS: Final = 256

_BUCKET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")
"""Wider than S3's own rule: other stores, and old buckets, have capitals and underscores."""
_REGION: Final = re.compile(r"[A-Za-z0-9-]{0,64}")


class StoreKind(StrEnum):
    """What the store is."""

    S3 = "s3"
    FOLDER = "folder"


class Addressing(StrEnum):
    """Where the bucket's name stands: behind the host, in front of it, or as fits the address."""

    AUTO = "auto"
    PATH = "path"
    VIRTUAL = "virtual"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreConfig:
    """A store.

    Attributes:
        kind: S3 or a folder; of the other's fields nothing is looked at.
        endpoint_url: of the store, ``https://host`` or ``http://host``; empty for Amazon's own.
        region: as the store calls it; empty where it has none.
        bucket: its name.
        prefix: in front of every key: empty, or ending with ``/``.
        addressing: where the bucket's name stands.
        public_base_url: where anybody may read the objects, ending with ``/``; None if links for a limited time are to do.
        folder: the folder that is the store.
        capabilities: what the probe found; None before it.

    Raises:
        UserError: a field cannot be so; the sentence names it and never quotes it.
    """

    kind: StoreKind
    endpoint_url: str = ""
    region: str = ""
    bucket: str = ""
    prefix: str = ""
    addressing: Addressing = Addressing.AUTO
    public_base_url: str | None = None
    folder: Path | None = None
    capabilities: StoreCapabilities | None = None

    def __post_init__(self) -> None:
        match self.kind:
            case StoreKind.S3:
                _check_s3(self)
            case StoreKind.FOLDER:
                _check_folder(self.folder)
        _check_prefix(self.prefix)
        if self.public_base_url is not None:
            _check_url(self.public_base_url, "public address of the replays")
            if not self.public_base_url.endswith("/"):
                raise UserError(
                    "The public address of the replays must end with a slash.", hint="Add the slash."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCredentials:
    """What opens an S3 store. The key's id is no secret, but is not shown either."""

    access_key_id: str = field(repr=False)
    secret: Secret
    session_token: Secret | None = None

    def __post_init__(self) -> None:
        for text in (self.access_key_id, self.secret.reveal(), self._token_text()):
            # They stand in headers: a line end that came with pasting would make others of them.
            if not text.isprintable() or not text.isascii() or text != text.strip():
                raise UserError(
                    "The access key or its secret has characters that none can have.",
                    hint="Copy both again, without blanks or line ends.",
                )
        if not self.access_key_id or not self.secret:
            raise UserError("The access key or its secret is missing.", hint="Enter both.")

    def _token_text(self) -> str:
        return "" if self.session_token is None else self.session_token.reveal()


def _check_s3(config: StoreConfig) -> None:
    if config.endpoint_url:
        _check_url(config.endpoint_url, "address of the store")
        if urlsplit(config.endpoint_url).path.strip("/"):
            raise UserError(
                "The address of the store has something behind the host.",
                hint="Enter it without the bucket; the bucket has its own field.",
            )
    elif not config.region:
        raise UserError(
            "The store has neither an address nor a region.",
            hint="Enter the address; for Amazon S3 the region is enough.",
        )
    if not _BUCKET.fullmatch(config.bucket) or ".." in config.bucket:
        raise UserError(
            "This cannot be the name of a bucket.", hint="It has 3 to 63 letters, digits, dots and hyphens."
        )
    if not _REGION.fullmatch(config.region):
        raise UserError("This cannot be the name of a region.", hint="It looks like eu-central-1.")


def _check_folder(folder: Path | None) -> None:
    if folder is None or not folder.is_absolute():
        raise UserError(
            "The store has no folder.", hint="Choose a folder on the disk that is to keep the replays."
        )


def _check_url(url: str, called: str) -> None:
    parts = _split(url)
    port_is_wrong = False
    try:
        port_is_wrong = parts is not None and parts.port == 0
    except ValueError:
        port_is_wrong = True
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or port_is_wrong
        or not (url.isascii() and url.isprintable())
        or " " in url
        or len(url) > MAX_URL_CHARACTERS
    ):
        raise UserError(
            f"The {called} is no address.",
            hint="It looks like https://s3.example.com, with https:// in front.",
        )
    if "@" in parts.netloc:
        raise UserError(
            f"The {called} contains a user name.",
            hint="Take everything up to the @ out; keys have their own fields.",
        )
    if parts.query or parts.fragment:
        raise UserError(f"The {called} has a ? or # in it.", hint="Take out what stands behind it.")


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _check_prefix(prefix: str) -> None:
    if not prefix:
        return
    if not prefix.endswith("/") or len(prefix) > MAX_PREFIX_CHARACTERS or not is_good_key(prefix[:-1]):
        raise UserError(
            "This cannot be the folder within the bucket.",
            hint="It looks like replays/, with the slash at its end.",
        )
