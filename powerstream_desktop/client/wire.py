"""The one place that knows the HTTP library: sends a request, and makes its troubles ours.

It follows nobody: no redirect, no proxy, no cookie, nothing from the environment, so that the token goes where it was meant to.

The library takes a quarter of a second to load. That is done with the first connection, on the thread that makes it: a window is shown
before.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop.client.address import Address
from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.patience import Mishap
from powerstream_desktop.client.request import Request

if TYPE_CHECKING:
    import requests

CONNECT_S: Final = 2.0
MAX_ANSWER_BYTES: Final = 32 * 1024 * 1024
_PIECE_BYTES: Final = 64 * 1024
_TELLS_ITS_END: Final = frozenset({"content-length", "transfer-encoding"})


class MishapError(Exception):
    """A request met no answer. Stays inside this package.

    Args:
        mishap: how far it came.
        detail: technical text without secrets.
    """

    def __init__(self, mishap: Mishap, detail: str) -> None:
        super().__init__(detail)
        self.mishap = mishap
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """What came back.

    Attributes:
        status: of HTTP.
        body: all of it.
    """

    status: int
    body: bytes


class Wire:
    """Connections that stay open between requests. For one thread at a time.

    Args:
        longest_s: no answer is waited for longer, whatever its request says; for who is in a hurry.
    """

    def __init__(self, longest_s: float = math.inf) -> None:
        from http.cookiejar import DefaultCookiePolicy

        import requests

        self._longest_s = longest_s
        # An answer that was cut is no news for the log: what becomes of it is said to who asked.
        logging.getLogger("urllib3").setLevel(logging.ERROR)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # Compressing for the way through this computer costs more than it saves, and bombs come compressed.
        self._session.headers["Accept-Encoding"] = "identity"

    def send(self, request: Request, address: Address) -> RawAnswer:
        """Send a request and take the whole answer.

        Raises:
            MishapError: there was no whole answer.
            BadAnswerError: it is larger than any of ours.
        """
        if not request.may_be_repeated:
            # A connection that was open for a while may just be closing; this one could not be sent again.
            self._session.close()
        with _translated():
            ends_at = time.monotonic() + min(request.read_s, self._longest_s)
            with self._open(request, address) as response:
                return RawAnswer(status=response.status_code, body=_whole(response, ends_at))

    def close(self) -> None:
        """Close the connections; the next request makes new ones."""
        self._session.close()

    def _open(self, request: Request, address: Address) -> requests.Response:
        headers = {"Accept": "application/json"} | address.authorization
        content = request.content()
        if content is not None:
            headers["Content-Type"] = "application/json"
        return self._session.request(
            request.method,
            address.url + request.path,
            params=request.parameters,
            data=content,
            headers=headers,
            timeout=(CONNECT_S, min(request.read_s, self._longest_s)),
            allow_redirects=False,
            stream=True,
        )


def _whole(response: requests.Response, ends_at: float) -> bytes:
    if not _TELLS_ITS_END & {name.lower() for name in response.headers}:
        raise MishapError(Mishap.CUT, "the answer's head is not whole")  # ours all tell how long they are
    pieces: list[bytes] = []
    size = 0
    while piece := response.raw.read1(_PIECE_BYTES):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_ANSWER_BYTES:
            raise BadAnswerError("The answer is larger than any of our service's.")
        if time.monotonic() > ends_at:  # each piece came in time, but they do not end
            raise MishapError(Mishap.SILENCE, "the answer does not end")
    return b"".join(pieces)


@contextmanager
def _translated() -> Iterator[None]:
    """Make the libraries' exceptions ours. Theirs are not kept: they know the request with its headers."""
    import requests
    import urllib3.exceptions

    try:
        yield
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise MishapError(_mishap(error), type(error).__name__) from None


def _mishap(error: Exception) -> Mishap:
    import requests
    import urllib3.exceptions

    if isinstance(error, requests.ConnectTimeout):
        return Mishap.NOT_REACHED
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return Mishap.SILENCE
    cause = error.args[0] if error.args else None
    if isinstance(cause, urllib3.exceptions.MaxRetryError):
        cause = cause.reason
    if isinstance(cause, urllib3.exceptions.NewConnectionError):
        return Mishap.NOT_REACHED
    return Mishap.CUT
