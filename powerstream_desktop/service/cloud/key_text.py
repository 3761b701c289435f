"""What opens a store, as one text that a keyring takes. Pure."""

from __future__ import annotations

from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.secrets import Secret


def key_text(credentials: StoreCredentials) -> Secret:
    """Return credentials as one text."""
    return Secret(write_json(to_json(credentials, reveals_secrets=True)))


def credentials_of(text: Secret | None) -> StoreCredentials | None:
    """Return the credentials in a text of ``key_text``; None if there are none in it."""
    if text is None:
        return None
    try:
        credentials: StoreCredentials = from_json(StoreCredentials, parse_json(text.reveal()))
    except (MalformedError, UserError):
        return None
    return credentials
