"""Where players find the running broadcast."""

from __future__ import annotations

import pytest

from powerstream_desktop.client.address import Address, KnownAddress
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.common.secrets import Secret

TOKEN = "a-token-4821"
HERE = KnownAddress(known=Address(url="http://127.0.0.1:5001", token=Secret(TOKEN)))


class Nowhere:
    """No service runs."""

    def address(self) -> Address | None:
        return None


@pytest.mark.parametrize(
    ("slug", "path"),
    [("evening-show", "/live/evening-show/"), ("-", "/live/-/"), ("a/../b c", "/live/a%2F..%2Fb%20c/")],
)
def test_the_playlist_of_a_station_has_an_address_without_the_token(slug: str, path: str) -> None:
    url = Client(HERE).playlist_url(slug)
    assert url == f"http://127.0.0.1:5001{path}index.m3u8"
    assert TOKEN not in url


def test_no_service_has_no_playlist() -> None:
    with pytest.raises(ServiceGoneError):
        Client(Nowhere()).playlist_url("evening-show")
