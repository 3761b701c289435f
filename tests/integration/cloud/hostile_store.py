"""A small server that speaks S3 and misbehaves by script: the rows V03, V05 and V10 to V13 of reliability_security.md 4.9.

What it keeps is a ``MemoryStore``, whose capabilities say how poor the store is. Each operation takes the next fault that was set for it.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import io
import socket
import ssl
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreKind
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, StoreCapabilities
from tests.unit.cloud.memory_store import MemoryBucket, MemoryStore

BUCKET = "replays"
RETRY_AFTER_S = 7
MAX_SKEW_S = 900
ERRORS = {
    TroubleCode.GONE: (404, "NoSuchUpload"),
    TroubleCode.EXISTS: (412, "PreconditionFailed"),
    TroubleCode.CHANGED: (412, "PreconditionFailed"),
    TroubleCode.DAMAGED: (400, "BadDigest"),
    TroubleCode.INVALID: (400, "InvalidRequest"),
}


class Fault(Enum):
    """What the store does instead of answering properly."""

    ERROR_IN_200 = auto()
    FAILS_AFTER = auto()
    FAILS_BEFORE = auto()
    ANSWER_LOST = auto()
    ANSWER_STALLS = auto()
    CUT = auto()
    STALL = auto()
    SLOW_DOWN = auto()
    TRUNCATES = auto()
    FLIPS_A_BIT = auto()
    HALF_ANSWER = auto()
    REDIRECT = auto()
    EXPIRED = auto()
    CONFLICT = auto()
    GARBAGE = auto()
    IGNORES_RANGE = auto()


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it arrived."""

    operation: str
    key: str
    headers: Mapping[str, str]


class HostileStore:
    """The server's state; tests read and set it.

    Args:
        capabilities: what it can.
        ahead_s: how far its clock is ahead.

    Attributes:
        patience_s: so long it waits for who takes no more of an answer, which is cut then; None for ever.
        lost_patience: set when that has happened.
        chance: what goes wrong with an operation for which nothing was set; called by any thread.
    """

    def __init__(self, *, capabilities: StoreCapabilities = EVERYTHING, ahead_s: float = 0.0) -> None:
        self.memory = MemoryStore(
            MemoryBucket(wall=lambda: time.time() + self.ahead_s), capabilities=capabilities
        )
        self.ahead_s = ahead_s
        self.told_ahead_s = ahead_s
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.chance: Callable[[str], Fault | None] = lambda _operation: None
        self.requests: list[Request] = []
        self.released = threading.Event()
        self.patience_s: float | None = None
        self.lost_patience = threading.Event()
        self.elsewhere = ""
        self.url = ""
        self.listing: Callable[[], str] | None = None
        self.part_listing: Callable[[], str] | None = None

    def script(self, operation: str, *faults: Fault) -> None:
        """Have the next calls of an operation go wrong."""
        self.faults[operation].extend(faults)

    def asked(self, operation: str) -> int:
        """Return how often it was asked for."""
        return sum(request.operation == operation for request in self.requests)

    def config(self, **changes: Any) -> StoreConfig:
        """Return how to reach it."""
        return StoreConfig(
            **{"kind": StoreKind.S3, "endpoint_url": self.url, "bucket": BUCKET, "prefix": "s/"} | changes
        )


@contextmanager
def running(store: HostileStore, tls: ssl.SSLContext | None = None) -> Iterator[HostileStore]:
    """Serve until the end of the block."""
    handler = type("Handler", (_Handler,), {"store": store})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    store.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="hostile store"
    )
    thread.start()
    try:
        yield store
    finally:
        store.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _CutError(Exception):
    """The connection is closed without another word."""


class _Handler(BaseHTTPRequestHandler):
    store: ClassVar[HostileStore]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its base class calls it so
        """Say nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(time.time() + self.store.told_ahead_s, usegmt=True)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Serve every verb the same way."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        self.query = {
            name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()
        }
        self.key = unquote(parts.path).removeprefix(f"/{BUCKET}").removeprefix("/")
        operation = self._operation()
        self.store.requests.append(Request(operation=operation, key=self.key, headers=dict(self.headers)))
        faults = self.store.faults[operation]
        fault = faults.popleft() if faults else self.store.chance(operation)
        try:
            self._act(operation, fault)
        except _CutError:
            self.close_connection = True

    def _operation(self) -> str:
        query = self.query
        match self.command:
            case "PUT":
                return "upload_part" if "partNumber" in query else "put_object"
            case "POST":
                return "create" if "uploads" in query else "complete"
            case "DELETE":
                return "abort" if "uploadId" in query else "delete_object"
            case "HEAD":
                return "head_object"
        names = {
            "lifecycle": "rules",
            "uploadId": "list_parts",
            "uploads": "list_uploads",
            "list-type": "list",
        }
        return next((operation for name, operation in names.items() if name in query), "get_object")

    def _act(self, operation: str, fault: Fault | None) -> None:
        if fault is Fault.CUT:
            raise _CutError
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if fault is Fault.STALL:
            self.store.released.wait(30)
            raise _CutError
        refusal = self._refusal(fault)
        if refusal is not None:
            self._answer(*refusal)
            return
        if fault is Fault.TRUNCATES:
            data = data[: len(data) // 2]
        if fault is Fault.FLIPS_A_BIT:  # on the way, so that whoever counts has other bytes than were signed
            data = bytes([data[0] ^ 1]) + data[1:]
        try:
            status, body, headers = getattr(self, f"_{operation}")(data, fault)
        except StoreTrouble as trouble:
            status, code = ERRORS[trouble.kind]
            self._answer(status, _error(code))
            return
        if fault is Fault.ANSWER_STALLS:
            self.store.released.wait(30)
        if fault in {Fault.ANSWER_LOST, Fault.ANSWER_STALLS}:
            raise _CutError
        if fault is Fault.FAILS_AFTER:
            status, body, headers = 500, _error("InternalError"), {}
        elif fault is Fault.ERROR_IN_200:
            status, body, headers = 200, _error("InternalError"), {}
        self._answer(status, body, headers, cut=fault is Fault.HALF_ANSWER)

    def _refusal(self, fault: Fault | None) -> tuple[int, bytes, dict[str, str]] | None:
        """Return the answer to what is not done."""
        match fault:
            case Fault.SLOW_DOWN:
                return 503, _error("SlowDown"), {"Retry-After": str(RETRY_AFTER_S)}
            case Fault.REDIRECT:
                return 307, _error("TemporaryRedirect"), {"Location": f"{self.store.elsewhere}{self.path}"}
            case Fault.EXPIRED:
                return 400, _error("ExpiredToken"), {}
            case Fault.CONFLICT:
                return 409, _error("ConditionalRequestConflict"), {}
            case Fault.FAILS_BEFORE:
                return 500, _error("InternalError"), {}
            case Fault.ERROR_IN_200:
                return (200, _error("InternalError"), {}) if self._operation() == "complete" else None
            case Fault.GARBAGE:
                return 200, b"<html><body>Sign in to the hotel's network</body>", {"ETag": "x"}
        signed = self.headers.get("X-Amz-Date") or self.query.get("X-Amz-Date") or ""
        moment = calendar.timegm(time.strptime(signed, "%Y%m%dT%H%M%SZ"))
        if abs(moment - time.time() - self.store.ahead_s) > MAX_SKEW_S:
            return 403, _error("RequestTimeTooSkewed"), {}
        return None

    def _answer(
        self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None, *, cut: bool = False
    ) -> None:
        self.send_response(status)
        given = {"Content-Length": str(len(body)), **(headers or {})}
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self._write(body[: len(body) // 2] if cut else body)
        if cut:
            raise _CutError

    def _write(self, body: bytes) -> None:
        if self.store.patience_s is not None:
            # Little lies in between, so that who rests is noticed.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
            self.connection.settimeout(self.store.patience_s)
        try:
            self.wfile.write(body)
        except TimeoutError:
            self.store.lost_patience.set()
            raise _CutError from None

    # --- operations -------------------------------------------------------------------------------------------------

    def _put_object(self, data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        can = self.store.memory.capabilities
        match = self.headers.get("If-Match", "").strip('"') if can.conditional_replace else ""
        absent = "If-None-Match" in self.headers and can.conditional_put
        etag = self.store.memory.put(
            self.key, data, content_type="x", if_match=match or None, if_absent=absent
        )
        return 200, b"", {"ETag": f'"{etag}"'}

    def _create(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        metadata = {
            name.lower().removeprefix("x-amz-meta-"): value
            for name, value in self.headers.items()
            if name.lower().startswith("x-amz-meta-")
        }
        upload_id = self.store.memory.create_upload(self.key, content_type="x", metadata=metadata)
        return 200, _xml("InitiateMultipartUploadResult", f"<UploadId>{upload_id}</UploadId>"), {}

    def _upload_part(self, data: bytes, fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        sha256 = self.headers.get("x-amz-content-sha256", "")
        if fault is Fault.TRUNCATES:
            sha256 = hashlib.sha256(data).hexdigest()  # it does not look at what was signed
        receipt = self.store.memory.put_part(
            self.key, self.query["uploadId"], int(self.query["partNumber"]),
            PartBody(io.BytesIO(data), first=0, size_bytes=len(data)), size_bytes=len(data), sha256=sha256,
        )  # fmt: skip
        headers = {"ETag": f'"{receipt.etag}"'}
        if receipt.checksum is not None and "x-amz-checksum-sha256" in self.headers:
            headers["x-amz-checksum-sha256"] = base64.b64encode(bytes.fromhex(receipt.checksum)).decode()
        return 200, b"", headers

    def _list_parts(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        if self.store.part_listing is not None:
            return 200, _xml("ListPartsResult", self.store.part_listing()), {}
        rows = "".join(
            f"<Part><PartNumber>{part.number}</PartNumber><Size>{part.size_bytes}</Size><ETag>{part.etag}</ETag>"
            f"<LastModified>2026-01-01T00:00:00Z</LastModified></Part>"
            for part in self.store.memory.parts(self.key, self.query["uploadId"])
        )
        return 200, _xml("ListPartsResult", f"<IsTruncated>false</IsTruncated>{rows}"), {}

    def _list_uploads(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        rows = "".join(
            f"<Upload><Key>{escape(each.key)}</Key><UploadId>{each.upload_id}</UploadId>"
            f"<Initiated>2026-01-01T00:00:00Z</Initiated></Upload>"
            for each in self.store.memory.pending(self.query.get("prefix", ""))
        )
        return 200, _xml("ListMultipartUploadsResult", f"<IsTruncated>false</IsTruncated>{rows}"), {}

    def _complete(self, data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        can = self.store.memory.capabilities
        upload_id = self.query["uploadId"]
        absent = "If-None-Match" in self.headers and can.conditional_complete
        receipts = [part.receipt() for part in self.store.memory.parts(self.key, upload_id)]
        assert data.count(b"<PartNumber>") == len(receipts)
        self.store.memory.complete(self.key, upload_id, receipts, only_if_absent=absent)
        etag = self.store.memory.bucket.objects[self.key].about.etag
        return 200, _xml("CompleteMultipartUploadResult", f"<ETag>{etag}</ETag>"), {}

    def _abort(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        self.store.memory.abort(self.key, self.query["uploadId"])
        return 204, b"", {}

    def _delete_object(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        self.store.memory.delete(self.key)
        return 204, b"", {}

    def _head_object(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        about = self.store.memory.head(self.key)
        if about is None:
            return 404, b"", {}
        headers = {"ETag": f'"{about.etag}"', "Content-Length": str(about.size_bytes)}
        headers["Last-Modified"] = formatdate(about.changed_at, usegmt=True)
        headers |= {f"x-amz-meta-{name}": value for name, value in about.metadata.items()}
        if about.checksum is not None and "x-amz-checksum-mode" in self.headers:
            digest, _, count = about.checksum.partition("-")
            encoded = base64.b64encode(bytes.fromhex(digest)).decode()
            headers["x-amz-checksum-sha256"] = f"{encoded}-{count}" if count else encoded
        return 200, b"", headers

    def _get_object(self, _data: bytes, fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        whole = b"".join(self.store.memory.read(self.key))
        asked = self.headers.get("Range", "").removeprefix("bytes=")
        if not asked or fault is Fault.IGNORES_RANGE:
            return 200, whole, {}
        first, _, last = asked.partition("-")
        end = int(last) + 1 if last else len(whole)
        return 206, whole[int(first) : end], {"Content-Range": f"bytes {first}-{end - 1}/{len(whole)}"}

    def _rules(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        return 501, _error("NotImplemented"), {}

    def _list(self, _data: bytes, _fault: Fault | None) -> tuple[int, bytes, dict[str, str]]:
        if self.store.listing is not None:
            return 200, _xml("ListBucketResult", self.store.listing()), {}
        rows = "".join(
            listed_row(each.key, each.size_bytes)
            for each in self.store.memory.list(self.query.get("prefix", ""))
        )
        return 200, _xml("ListBucketResult", f"<IsTruncated>false</IsTruncated>{rows}"), {}


def listed_row(key: str, size_bytes: int) -> str:
    """Return an object of a listing as XML."""
    return (
        f"<Contents><Key>{escape(key)}</Key><Size>{size_bytes}</Size><ETag>&quot;abc&quot;</ETag>"
        f"<LastModified>2026-01-01T00:00:00Z</LastModified></Contents>"
    )


def _error(code: str) -> bytes:
    return _xml("Error", f"<Code>{code}</Code><Message>as the script has it</Message>")


def _xml(root: str, content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>{content}</{root}>'.encode()
