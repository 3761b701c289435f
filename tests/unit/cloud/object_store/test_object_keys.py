"""Which keys are ours."""

from __future__ import annotations

import pytest

from powerstream_desktop.cloud.object_store.object_keys import checked_key, is_good_key
from powerstream_desktop.common.errors import BugError


@pytest.mark.parametrize(
    "key", ["a", "station/vod/01J0000000000000000000000A/0123456789abcdef.mp4", "é/🎬", "a b"]
)
def test_keys_of_ours_pass(key: str) -> None:
    assert checked_key(key) == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/..",
        "../a",
        "a/./b",
        "a\0",
        "a\n",
        "a\x7f",
        "a\\b",
        "\ud800",
        "é" * 513,
    ],
    ids=ascii,
)
def test_keys_that_could_lead_elsewhere_do_not(key: str) -> None:
    assert not is_good_key(key)
    with pytest.raises(BugError):
        checked_key(key)
