"""Where an S3 store is looked for, told by its links; nothing is asked of any store."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from powerstream_desktop.cloud.object_store.s3_store import S3Store
from powerstream_desktop.cloud.object_store.store_config import (
    Addressing,
    StoreConfig,
    StoreCredentials,
    StoreKind,
)
from powerstream_desktop.common.secrets import Secret

CREDENTIALS = StoreCredentials(access_key_id="AKIDEXAMPLE", secret=Secret("a-secret-of-no-worth"))


@pytest.mark.parametrize(
    ("fields", "begin"),
    [
        ({"region": "eu-central-1"}, "https://my-replays.s3.eu-central-1.amazonaws.com/a%20b?"),
        (
            {"region": "eu-central-1", "bucket": "my.replays"},
            "https://s3.eu-central-1.amazonaws.com/my.replays/a%20b?",
        ),
        (
            {"region": "eu-central-1", "addressing": Addressing.PATH},
            "https://s3.eu-central-1.amazonaws.com/my-replays/a%20b?",
        ),
        (
            {"endpoint_url": "https://s3.example.com", "addressing": Addressing.VIRTUAL},
            "https://my-replays.s3.example.com/a%20b?",
        ),
        (
            {"endpoint_url": "https://s3.example.com:8443", "addressing": Addressing.PATH},
            "https://s3.example.com:8443/my-replays/a%20b?",
        ),
        ({"endpoint_url": "http://127.0.0.1:9000"}, "http://127.0.0.1:9000/my-replays/a%20b?"),
        (
            {"endpoint_url": "https://s3.example.com", "public_base_url": "https://tv.example.com/r/"},
            "https://tv.example.com/r/a%20b",
        ),
    ],
    ids=str,
)
def test_a_link_leads_to_the_bucket(fields: dict[str, Any], begin: str) -> None:
    config = StoreConfig(**{"kind": StoreKind.S3, "bucket": "my-replays"} | fields)
    with contextlib.closing(S3Store(config, CREDENTIALS)) as store:
        link = store.link("a b", for_s=60)
    assert link.startswith(begin)
    assert ("X-Amz-Signature=" in link) == begin.endswith("?")


def test_a_token_of_a_session_is_signed_in() -> None:
    credentials = StoreCredentials(
        access_key_id="AKIDEXAMPLE",
        secret=Secret("a-secret-of-no-worth"),
        session_token=Secret("a-token-of-a-session"),
    )
    config = StoreConfig(kind=StoreKind.S3, bucket="my-replays", region="eu-central-1")
    with contextlib.closing(S3Store(config, credentials)) as store:
        assert "X-Amz-Security-Token=a-token-of-a-session" in store.link("a", for_s=60)
