"""The way to an S3 store: our TLS, the store's clock, no redirect, no second try, nothing from the environment.

Only botocore's hooks are used for it. Who may call from several threads: all of it; botocore's client allows that.
"""

from __future__ import annotations

import functools
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from boto3.session import Session as Boto3Session  # type: ignore[import-untyped]
from botocore.awsrequest import AWSResponse  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.configprovider import ConfigValueStore, ConstantProvider  # type: ignore[import-untyped]
from botocore.exceptions import ResponseStreamingError  # type: ignore[import-untyped]
from botocore.httpsession import URLLib3Session  # type: ignore[import-untyped]
from botocore.session import Session as BotocoreSession  # type: ignore[import-untyped]

from powerstream_desktop.cloud.object_store.s3_signing import SIGNATURE, TIME_KEY
from powerstream_desktop.cloud.object_store.store_config import Addressing, StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.tls import verifying_context

CONNECT_S: Final = 10.0
READ_S: Final = 60.0
MAX_CONNECTIONS: Final = 10
MAX_ANSWER_BYTES: Final = 16 * 1024 * 1024
"""A page of a thousand keys of the longest kind takes a third of it."""
TRUSTED_SKEW_S: Final = 30.0
"""A difference of clocks below this is not acted on: the store's ``Date`` has whole seconds and was some time on the way."""
DEFAULT_REGION: Final = "us-east-1"
"""What most stores other than Amazon's sign for when they are told no region."""

NOT_SENT_LOW_WATER_BYTES: Final = 64 * 1024
"""What the kernel holds and has not sent goes on when the gate is closed: without a limit up to 4 MiB, half a minute of a narrow upload."""
_NOT_SENT_LOW_WATER: Final = {"linux": 25, "darwin": 0x201}
"""``TCP_NOTSENT_LOWAT``, by system; Windows keeps little of its own accord."""

_opening: Final = threading.Lock()
"""botocore's sessions make one client at a time."""
_NO_FILES: Final = {"config_file": None, "credentials_file": None}


class S3Connection:
    """A client of botocore, and what it learns of the store's clock.

    Args:
        config: of an S3 store.
        credentials: used as given; neither environment nor files are looked at.
        connect_s: patience for a connection, and for each piece that is sent.
        read_s: patience for each piece of an answer.
        wall: this computer's clock, in seconds since 1970.
    """

    def __init__(
        self,
        config: StoreConfig,
        credentials: StoreCredentials,
        *,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._wall = wall
        # Written by whichever thread got an answer last, read by all: one number, and any of the last ones is right.
        self._offset_s = 0.0
        self._http = _Http(
            timeout=(connect_s, read_s),
            max_pool_connections=MAX_CONNECTIONS,
            socket_options=list(_little_unsent()),
        )
        with _opening:
            self.client: Any = _session().client(
                "s3",
                region_name=config.region or DEFAULT_REGION,
                endpoint_url=config.endpoint_url or None,
                aws_access_key_id=credentials.access_key_id,
                aws_secret_access_key=credentials.secret.reveal(),
                aws_session_token=None
                if credentials.session_token is None
                else credentials.session_token.reveal(),
                config=_client_config(_addressing(config)),
            )
        events = self.client.meta.events
        events.register_first("choose-signer.s3", _choose_signature)
        events.register_first("before-sign.s3", self._stamp)
        events.register_first("before-call.s3", _forbid_redirect)
        events.register_first("before-send.s3", self._send)

    @property
    def offset_s(self) -> float:
        """How far the store's clock is ahead of this computer's, by its last answer."""
        return self._offset_s

    def close(self) -> None:
        """Close what is open."""
        self.client.close()
        self._http.close()

    def signing_offset_s(self) -> float:
        """Return what is added to this computer's clock when something is signed."""
        return self._offset_s if abs(self._offset_s) > TRUSTED_SKEW_S else 0.0

    def _stamp(self, request: Any, **_: object) -> None:
        moment = datetime.fromtimestamp(self._wall() + self.signing_offset_s(), UTC)
        request.context[TIME_KEY] = moment.strftime("%Y%m%dT%H%M%SZ")

    def _send(self, request: Any, **_: object) -> Any:
        """Send in botocore's place. What is returned is the answer, whatever it is: no redirect is followed."""
        is_object = request.stream_output
        request.stream_output = True  # whatever it is, its body is left to us
        answer = self._http.send(request)
        self._measure(answer.headers.get("Date"))
        if is_object and answer.status_code < 300:
            return answer
        short = AWSResponse(answer.url, answer.status_code, answer.headers, _ShortBody(answer.raw))
        short.content  # noqa: B018 - it is read now, where botocore expects what can go wrong
        return short

    def _measure(self, date: str | None) -> None:
        try:
            moment = parsedate_to_datetime(date or "")
            said = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
        except (ValueError, OverflowError):
            return  # a store that does not tell the time is none to set a clock by
        # On average half a second has passed since the whole second that it names.
        self._offset_s = said + 0.5 - self._wall()


class _Http(URLLib3Session):  # type: ignore[misc]
    """botocore's connections, with the system's authorities and TLS 1.2 instead of a list that came with a library.

    A proxy is used only if it is given, and none is (style_ecosystem.md 2f).
    """

    def _get_ssl_context(self) -> Any:
        return verifying_context()

    def _setup_ssl_cert(self, conn: Any, url: str, verify: object) -> None:  # noqa: ARG002 - its base class has it
        """Leave the context as it is: it has the authorities, and checks certificates and names."""
        if url.startswith("https:"):
            conn.cert_reqs = "CERT_REQUIRED"
            conn.ca_certs = None

    def close(self) -> None:
        """Close every connection now; botocore leaves them to whoever last holds an answer or an error."""
        pools = self._manager.pools
        for key in pools.keys():  # noqa: SIM118 - it is no dictionary
            pools[key].close()
        super().close()


def _little_unsent() -> Iterator[tuple[int, int, int]]:
    """Give the option by which a connection takes no more than it can send: how fast it is stays as it was."""
    option = _NOT_SENT_LOW_WATER.get(sys.platform)
    if option is not None:
        yield socket.IPPROTO_TCP, option, NOT_SENT_LOW_WATER_BYTES


class _ShortBody:
    """The body of an answer that is no object: a store that never ends one would fill the memory."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def stream(self) -> Iterator[bytes]:
        """Give the body, if it is of a size that such answers have."""
        size_bytes = 0
        try:
            for piece in self._raw.stream():
                size_bytes += len(piece)
                if size_bytes > MAX_ANSWER_BYTES:
                    break
                yield piece
        except Exception as error:
            raise ResponseStreamingError(error=error) from error
        if size_bytes > MAX_ANSWER_BYTES:
            self._raw.close()
            raise StoreTrouble(TroubleCode.UNKNOWN, detail="an answer that does not end")


@functools.cache
def _session() -> Any:
    """Return the process's session, which knows nothing but botocore's defaults; to read S3's description takes it half a second."""
    session = BotocoreSession()
    constants = {name: variable[2] for name, variable in session.SESSION_VARIABLES.items()} | _NO_FILES
    store = ConfigValueStore({name: ConstantProvider(value) for name, value in constants.items()})
    session.register_component("config_store", store)
    return Boto3Session(botocore_session=session)


def _addressing(config: StoreConfig) -> Addressing:
    """Return how Amazon's own store is addressed: left to botocore, its links would lead to no region and be sent on from there."""
    if config.addressing is not Addressing.AUTO or config.endpoint_url:
        return config.addressing
    # A bucket with a dot is none of the names on Amazon's certificate.
    return Addressing.PATH if "." in config.bucket else Addressing.VIRTUAL


def _client_config(addressing: Addressing) -> Any:
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": addressing.value},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        # The upload's own machine tries again; a hidden second try would send a part twice (4.8).
        retries={"mode": "standard", "total_max_attempts": 1},
        max_pool_connections=MAX_CONNECTIONS,
        proxies={},
        ignore_configured_endpoint_urls=True,
        user_agent="PowerStream-Desktop",
    )


def _choose_signature(**_: object) -> str:
    return SIGNATURE


def _forbid_redirect(context: dict[str, Any], **_: object) -> None:
    """Tell botocore that it has followed a redirect already: it would look for the bucket in other regions (3.6)."""
    context.setdefault("s3_redirect", {})["redirected"] = True
