"""Follows a link as a viewer would: without credentials, by no proxy, and to no other host (V13)."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Final

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.tls import verifying_context

PATIENCE_S: Final = 10.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Follow none; the answer then counts as the error that it is for us."""


def read_link(link: str, max_bytes: int) -> bytes:
    """Return what a link gives, cut at ``max_bytes``.

    Raises:
        StoreTrouble: it gives nothing.
    """
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=verifying_context()),
        _NoRedirect(),
    )
    if not link.startswith(("https://", "http://")):
        raise StoreTrouble(TroubleCode.UNSUPPORTED, detail="the link is no address")
    try:
        with opener.open(link, timeout=PATIENCE_S) as answer:
            data: bytes = answer.read(max_bytes)
            return data
    except urllib.error.HTTPError as error:
        error.close()
        raise _refused(error.code) from error
    except urllib.error.URLError as error:
        is_tls = isinstance(error.reason, ssl.SSLError)
        raise StoreTrouble(
            TroubleCode.TLS if is_tls else TroubleCode.UNREACHABLE, detail=str(error.reason)[:200]
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        raise StoreTrouble(TroubleCode.UNREACHABLE, detail=type(error).__name__) from error


def _refused(status: int) -> StoreTrouble:
    if 300 <= status < 400:
        return StoreTrouble(TroubleCode.MOVED, detail=f"{status}")
    if status in (401, 403, 404):
        return StoreTrouble(
            TroubleCode.REFUSED,
            title="The link to a replay does not open.",
            hint="Check the public address of the replays, or leave it empty to have links made for a limited time.",
            detail=f"{status}",
        )
    return StoreTrouble(TroubleCode.UNKNOWN, detail=f"{status}")
