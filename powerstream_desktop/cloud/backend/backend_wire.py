"""The one place of the cloud that knows the HTTP library: sends a request to the server, and makes its troubles ours.

It follows nobody: no redirect, no proxy, no cookie, nothing from the environment, so that the token goes where it was meant to
(reliability_security.md 3.6). The library is loaded with the first request, on the thread that makes it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.tls import verifying_context

if TYPE_CHECKING:
    import requests
    from requests.adapters import HTTPAdapter

CONNECT_S: Final = 10.0
READ_S: Final = 30.0
WHOLE_S: Final = 60.0
MAX_ANSWER_BYTES: Final = 8 * 1024 * 1024
_PIECE_BYTES: Final = 64 * 1024
_MAX_PAUSE_S: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRequest:
    """What is asked.

    Attributes:
        method: of HTTP.
        url: whole.
        token: shown in a header, never in an address; None for none.
        headers: further ones.
        body: JSON; None for nothing. It may hold a token.
    """

    method: str
    url: str
    token: Secret | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WireAnswer:
    """What came back.

    Attributes:
        status: of HTTP.
        body: all of it.
        etag: of what it tells about, as it was sent; empty for none.
        date_s: the server's clock, Unix seconds; None if it does not tell.
        retry_after_s: how long it asks us to wait, 0 to 3600; None if it does not.
    """

    status: int
    body: bytes
    etag: str = ""
    date_s: float | None = None
    retry_after_s: float | None = None


class Sender(Protocol):
    """What sends requests (``BackendWire``)."""

    def send(self, request: WireRequest) -> WireAnswer:
        """Send a request and take the whole answer; BackendTrouble if there was none."""
        ...


class BackendWire:
    """For any thread; each request makes a connection of its own, for they are few.

    Args:
        whole_s: no answer is waited for longer.
        clock: monotonic seconds.
    """

    def __init__(self, *, whole_s: float = WHOLE_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._whole_s = whole_s
        self._clock = clock
        self._loading = threading.Lock()

    def send(self, request: WireRequest) -> WireAnswer:
        """Send a request and take the whole answer.

        Raises:
            BackendTrouble: there was no whole answer (UNREACHABLE, TLS, FAILED), it is too large (STRANGE), or it leads elsewhere (MOVED).
        """
        with self._loading:
            import requests
        ends_at = self._clock() + self._whole_s
        with _translated(), requests.Session() as session:
            session.trust_env = False
            session.mount("https://", _verifying_adapter())
            with self._open(session, request) as response:
                if response.is_redirect or 300 <= response.status_code < 400:
                    raise BackendTrouble(BackendCode.MOVED, detail=f"status {response.status_code}")
                return _answer(response, self._whole(response, ends_at))

    def _open(self, session: requests.Session, request: WireRequest) -> requests.Response:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **request.headers}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        if request.token is not None:
            headers["Authorization"] = f"Bearer {request.token.reveal()}"
        return session.request(
            request.method,
            request.url,
            data=request.body,
            headers=headers,
            timeout=(CONNECT_S, READ_S),
            allow_redirects=False,
            stream=True,
        )

    def _whole(self, response: requests.Response, ends_at: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := response.raw.read1(_PIECE_BYTES):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_ANSWER_BYTES:
                raise BackendTrouble(
                    BackendCode.STRANGE, detail="the answer is larger than any of a server's"
                )
            if self._clock() > ends_at:  # each piece came in time, but they do not end
                raise BackendTrouble(BackendCode.FAILED, detail="the answer does not end")
        return b"".join(pieces)


def _answer(response: requests.Response, body: bytes) -> WireAnswer:
    told = response.headers.get("Content-Length", "")
    if (
        told.isascii()
        and told.isdigit()
        and int(told[:20]) != len(body)
        and response.request.method != "HEAD"
    ):
        raise BackendTrouble(BackendCode.FAILED, detail="the answer was cut")
    return WireAnswer(
        status=response.status_code,
        body=body,
        etag=response.headers.get("ETag", "")[:200],
        date_s=_moment_s(response.headers.get("Date", "")),
        retry_after_s=retry_after_s(response.headers.get("Retry-After", "")),
    )


def retry_after_s(text: str) -> float | None:
    """Return the seconds of a ``Retry-After``; None if it names none."""
    if not text.isascii() or not text.isdigit():
        return None
    return min(float(text[:9]), _MAX_PAUSE_S)


def _moment_s(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, TypeError):
        return None


def _verifying_adapter() -> HTTPAdapter:
    from requests.adapters import HTTPAdapter

    class Verifying(HTTPAdapter):
        """Trusts the system's authorities and takes nothing older than TLS 1.2."""

        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs, ssl_context=verifying_context())

    return Verifying()


@contextmanager
def _translated() -> Iterator[None]:
    """Make the libraries' exceptions ours. Theirs are not kept: they know the request with its headers."""
    import requests
    import urllib3.exceptions

    try:
        yield
    except requests.exceptions.SSLError as error:
        raise BackendTrouble(BackendCode.TLS, detail=type(error).__name__) from None
    except (requests.ConnectTimeout, requests.ConnectionError) as error:
        code = BackendCode.UNREACHABLE if _never_connected(error) else BackendCode.FAILED
        raise BackendTrouble(code, detail=type(error).__name__) from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise BackendTrouble(BackendCode.FAILED, detail=type(error).__name__) from None


def _never_connected(error: Exception) -> bool:
    import requests
    import urllib3.exceptions

    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    if isinstance(cause, urllib3.exceptions.MaxRetryError):
        cause = cause.reason
    return isinstance(cause, urllib3.exceptions.NewConnectionError)
