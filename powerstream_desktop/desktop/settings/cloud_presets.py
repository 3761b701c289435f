"""Stores that speak S3, as the settings of the cloud offer them: what each is filled in with, and where its keys are made. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from powerstream_desktop.client.settings import Value

_REGION: Final = "{region}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudPreset:
    """One kind of store.

    Attributes:
        name: the same in every language.
        address: of the store; ``{region}`` stands for the region. Empty for Amazon's own.
        region: that most people begin with; empty where the store has none.
        addressing: where requests name the bucket.
        ending: of its hosts' names, by which it is known again; empty for one that runs anywhere.
        port: by which one is known again that runs anywhere.
        keys: where its keys are made, in English; a text of the translations.
    """

    name: str
    address: str
    region: str
    addressing: str
    keys: object
    ending: str = ""
    port: int | None = None

    @property
    def values(self) -> dict[str, Value]:
        """The settings that it fills in."""
        return {
            "cloud.endpoint_url": self.address.replace(_REGION, self.region),
            "cloud.region": self.region,
            "cloud.addressing": self.addressing,
        }


PRESETS: Final = (
    CloudPreset(
        name="Amazon S3", address="", region="us-east-1", addressing="auto", ending=".amazonaws.com",
        keys=QT_TRANSLATE_NOOP("Cloud", "Enter the region of your bucket. Keys are made in the AWS console: IAM, Users, Security credentials, Create access key."),
    ),
    CloudPreset(
        name="Cloudflare R2", address="https://account-id.r2.cloudflarestorage.com", region="auto",
        addressing="path", ending=".r2.cloudflarestorage.com",
        keys=QT_TRANSLATE_NOOP("Cloud", "Put your account's ID in the place of “account-id” in the address. Keys are made in the Cloudflare dashboard: R2, API tokens, Create API token."),
    ),
    CloudPreset(
        name="Backblaze B2", address="https://s3.{region}.backblazeb2.com", region="us-west-004",
        addressing="path", ending=".backblazeb2.com",
        keys=QT_TRANSLATE_NOOP("Cloud", "The bucket's page names its endpoint; the region stands in it. Keys are made at Backblaze: Application Keys, Add a New Application Key."),
    ),
    CloudPreset(
        name="Wasabi", address="https://s3.{region}.wasabisys.com", region="us-east-1",
        addressing="path", ending=".wasabisys.com",
        keys=QT_TRANSLATE_NOOP("Cloud", "The region of your bucket stands in the address, too. Keys are made in the Wasabi console: Access Keys, Create Access Key."),
    ),
    CloudPreset(
        name="MinIO", address="http://127.0.0.1:9000", region="us-east-1", addressing="path", port=9000,
        keys=QT_TRANSLATE_NOOP("Cloud", "Enter the address of your own server. Keys are made in its console: Access Keys, Create access key."),
    ),
    CloudPreset(
        name="SeaweedFS", address="http://127.0.0.1:8333", region="us-east-1", addressing="path", port=8333,
        keys=QT_TRANSLATE_NOOP("Cloud", "Enter the address of your own server. Keys are made in its shell: s3.configure."),
    ),
)  # fmt: skip
"""In the order in which they are offered."""


def preset_of(values: Mapping[str, Value]) -> CloudPreset | None:
    """Return which store the settings mean; None for another one."""
    address = str(values.get("cloud.endpoint_url", ""))
    if not address:
        return PRESETS[0]
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    for each in PRESETS:
        if (each.ending and host.endswith(each.ending)) or (each.port is not None and each.port == port):
            return each
    return None


def where_keys_are_made(preset: CloudPreset | None) -> str:
    """Return it in the window's language."""
    if preset is None:
        return QCoreApplication.translate(
            "Cloud", "Whoever runs the store tells its address, and gives you an access key with its secret."
        )
    return QCoreApplication.translate("Cloud", str(preset.keys))
