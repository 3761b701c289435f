"""Fuzz target: addresses as typed, publish requests as sent, and what is shown of both.

The input is UTF-8 text; its first three lines are server address or app, key or tcUrl, and stream name.
``python -m tests.fuzz.url`` writes the seeds anew.
"""

from __future__ import annotations

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.rtmp.url import (
    display_url,
    looks_like_key_in_url,
    mask_key,
    normalise_publish_target,
    parse_server_url,
)
from tests.fuzz.harness import CORPUS

SEEDS = {
    "plain": "rtmp://h/live\nkey\n",
    "youtube": "rtmp://b.rtmp.youtube.com/live2?backup=1\nabcd-efgh-ijkl-mnop\n",
    "facebook": "rtmps://live-api-s.facebook.com:443/rtmp/\nFB-1-0-Abc?s_bl=1&s_sw=0&a=x/y\n",
    "ipv6": "rtmp://[fe80::1%eth0]:1936/live\nkey\n",
    "user-name": "rtmp://me:pa/ss@h@i/live\nkey\n",
    "key-in-address": "rtmp://h/app/live_123456_abc?x=1\nkey\n",
    "international-host": "rtmp://straße.example/live\nkey\n",
    "obsolete": "rtmpe://h/live\nkey\n",
    "publisher": "live?tok=z\nrtmp://h/live?tok=z\nkey?x=1&y=a/b",
    "publisher-whole-url": "live\nrtmp://h/live\nrtmp://10.0.0.1/live/key?a=b",
    "publisher-quotes": "'live/key'\n'rtmp://h/live'\n",
    "encoded-control": "rtmp://h/live%0d%0ax\nkey\n",
    "no-scheme": "h/live\n\n",
    "odd-ports": "rtmp://h:65536/live\nkey\n",
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    first, second, third = [*data.decode("utf-8", "replace").split("\n"), "", ""][:3]
    check_address(first, second)
    check_address(first, None)
    for app, tc_url in ((first, second), (None, first)):
        target = normalise_publish_target(app, tc_url, third)
        assert "?" not in target.app + target.key
    for text in (first, second, third):
        shown = display_url(text)
        assert "?" not in shown
        assert "@" not in shown
        assert shown.count("/") <= 4
        looks_like_key_in_url(text)
        assert len(mask_key(text)) <= 8


def parse(data: bytes) -> list[object]:
    """What is shown of it, and what it means."""
    text = data.decode("utf-8", "replace")
    return [display_url(text), mask_key(text), normalise_publish_target(text, text, text)]


def check_address(server_url: str, key: str | None) -> None:
    """An address that is accepted is clean, and its tcUrl is accepted as well."""
    try:
        url = parse_server_url(server_url, key)
    except UserError:
        return
    assert url.host
    assert url.app
    assert "@" not in url.host
    assert 1 <= url.port <= 65535
    assert (url.tc_url + (url.key or "")).isprintable()
    assert parse_server_url(url.tc_url, "key").tc_url == url.tc_url


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "url"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SEEDS.items():
        (folder / name).write_bytes(text.encode())


if __name__ == "__main__":
    write_seeds()
