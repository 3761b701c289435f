"""Which configurations of a store are taken, and that none holds a secret."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.object_store.store_config import (
    Addressing,
    StoreConfig,
    StoreCredentials,
    StoreKind,
)
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, to_json
from powerstream_desktop.common.secrets import Secret

S3 = StoreConfig(
    kind=StoreKind.S3,
    endpoint_url="https://s3.example.com",
    region="eu-central-1",
    bucket="my-replays",
    prefix="station/",
    addressing=Addressing.PATH,
    public_base_url="https://replays.example.com/",
    capabilities=EVERYTHING,
)


@pytest.mark.parametrize(
    "config",
    [S3, StoreConfig(kind=StoreKind.FOLDER, folder=Path("/media/disk").absolute())],
    ids=["s3", "folder"],
)
def test_words_come_back_as_they_were(config: StoreConfig) -> None:
    assert from_json(StoreConfig, to_json(config)) == config


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint_url": "s3.example.com"},
        {"endpoint_url": "ftp://s3.example.com"},
        {"endpoint_url": "https://"},
        {"endpoint_url": "https://user:password@s3.example.com"},
        {"endpoint_url": "https://s3.example.com/bucket"},
        {"endpoint_url": "https://s3.example.com?x=1"},
        {"endpoint_url": "https://s3.example.com:0"},
        {"endpoint_url": "https://s3.example.com:99999"},
        {"endpoint_url": "https://[::1"},
        {"endpoint_url": "https://s3.exa mple.com"},
        {"endpoint_url": "https://s3.example.com\n"},
        {"endpoint_url": "", "region": ""},
        {"bucket": ""},
        {"bucket": "ab"},
        {"bucket": "a/b-c"},
        {"bucket": "a..b"},
        {"bucket": "x" * 64},
        {"region": "eu central"},
        {"prefix": "station"},
        {"prefix": "/"},
        {"prefix": "a//"},
        {"prefix": "../"},
        {"prefix": "a\n/"},
        {"public_base_url": "https://replays.example.com"},
        {"public_base_url": "javascript:alert(1)/"},
        {"kind": StoreKind.FOLDER},
        {"kind": StoreKind.FOLDER, "folder": Path("relative")},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_remedy(changes: dict[str, Any]) -> None:
    with pytest.raises(UserError) as error:
        replace(S3, **changes)
    assert error.value.hint
    assert "password" not in str(error.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint_url": "", "public_base_url": None},
        {"endpoint_url": "http://127.0.0.1:9000", "region": ""},
        {"endpoint_url": "https://[::1]:9000"},
        {"bucket": "Old_Bucket.1"},
        {"prefix": ""},
        {"prefix": "a/b/"},
    ],
    ids=str,
)
def test_what_stores_have_is_taken(changes: dict[str, Any]) -> None:
    taken = replace(S3, **changes)
    assert from_json(StoreConfig, to_json(taken)) == taken


@pytest.mark.parametrize("word", ["extra", "kind"])
def test_foreign_words_are_refused(word: str) -> None:
    with pytest.raises(MalformedError):
        from_json(StoreConfig, {**to_json(S3), word: "nonsense"})


@pytest.mark.parametrize(
    ("key", "secret"),
    [("", "secret"), ("AKID", ""), ("AKID\n", "secret"), ("AKID", " secret"), ("AKID", "ß")],
)
def test_credentials_that_cannot_be_are_refused(key: str, secret: str) -> None:
    with pytest.raises(UserError):
        StoreCredentials(access_key_id=key, secret=Secret(secret))


def test_credentials_do_not_show_their_secret() -> None:
    credentials = StoreCredentials(
        access_key_id="AKIDNOTSHOWN", secret=Secret("not-to-be-seen"), session_token=Secret("nor-this-one")
    )
    assert "not-to-be-seen" not in repr(credentials)
    assert "nor-this-one" not in repr(credentials)
    assert "AKIDNOTSHOWN" not in repr(credentials)


def test_a_store_that_speaks_s3_is_not_opened_without_credentials() -> None:
    with pytest.raises(UserError, match="access key"):
        open_store(S3, None)


def test_a_folder_is_opened_without_the_libraries_of_s3(tmp_path: Path) -> None:
    store = open_store(StoreConfig(kind=StoreKind.FOLDER, folder=tmp_path), None)
    assert store.head("nothing") is None
