"""Opens the store that a configuration names. What it needs is loaded only now: botocore takes its time and its memory."""

from __future__ import annotations

from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials, StoreKind
from powerstream_desktop.common.errors import UserError


def open_store(config: StoreConfig, credentials: StoreCredentials | None) -> ObjectStore:
    """Open a store; nothing is asked of it yet.

    Args:
        config: which, and with which capabilities.
        credentials: for S3; a folder needs none.

    Raises:
        UserError: an S3 store without credentials.
    """
    match config.kind:
        case StoreKind.FOLDER:
            from powerstream_desktop.cloud.object_store.folder_store import FolderStore

            return FolderStore(config)
        case StoreKind.S3:
            from powerstream_desktop.cloud.object_store.s3_store import S3Store

            return S3Store(config, _needed(credentials))


def _needed(credentials: StoreCredentials | None) -> StoreCredentials:
    if credentials is None:
        raise UserError(
            "The cloud store needs an access key.",
            hint="Enter the access key and its secret in the settings.",
        )
    return credentials
