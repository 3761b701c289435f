"""What was pasted as one text is taken apart, and everything else stays as it is."""

from __future__ import annotations

import pytest

from powerstream_desktop.desktop.destinations.pasted_address import is_address, taken_apart

KEY = "live_0815_madeUpKeyOfATest"


@pytest.mark.parametrize(
    ("text", "server_url"),
    [
        (f"rtmp://live.example.com/app/{KEY}", "rtmp://live.example.com/app"),
        (f"  rtmps://live.example.com:8443/app/{KEY}\n", "rtmps://live.example.com:8443/app"),
    ],
)
def test_an_address_with_a_key_at_its_end_is_taken_apart(text: str, server_url: str) -> None:
    apart = taken_apart(text)
    assert apart is not None
    assert (apart.server_url, apart.key.reveal()) == (server_url, KEY)
    assert KEY not in repr(apart)


@pytest.mark.parametrize(
    "text", ["", "rtmp://live.example.com/app", "rtmps://live.example.com/app?x=1", KEY, "https://example.com/a/b/c", "rtmp://"]
)  # fmt: skip
def test_what_holds_no_key_stays_as_it_is(text: str) -> None:
    assert taken_apart(text) is None


def test_an_address_among_keys_is_told_from_a_key() -> None:
    assert is_address(" RTMPS://live.example.com/app/key")
    assert not is_address(KEY)
