"""Turns whatever botocore raises into our words: the one place where they meet."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from botocore import exceptions as boto  # type: ignore[import-untyped]

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.text import printable_text

MAX_WAIT_S: Final = 3600.0
_MAX_DETAIL: Final = 300
_REGION: Final = re.compile(r"[a-z0-9-]{1,64}")

_CODES: Final[Mapping[TroubleCode, str]] = {
    TroubleCode.REFUSED: "AccessDenied InvalidAccessKeyId SignatureDoesNotMatch AccountProblem AllAccessDisabled Forbidden "
    "UnauthorizedAccess NotSignedUp InvalidSecurity Unauthorized 401 403",
    TroubleCode.EXPIRED: "ExpiredToken TokenRefreshRequired InvalidToken",
    TroubleCode.NO_BUCKET: "NoSuchBucket",
    TroubleCode.MOVED: "PermanentRedirect TemporaryRedirect Redirect AuthorizationHeaderMalformed "
    "IllegalLocationConstraintException 301 302 303 307 308",
    TroubleCode.CLOCK: "RequestTimeTooSkewed RequestExpired",
    TroubleCode.SLOW_DOWN: "SlowDown SlowDownRead SlowDownWrite ServiceUnavailable RequestLimitExceeded Throttling "
    "ThrottlingException TooManyRequests TooManyRequestsException BandwidthLimitExceeded Busy 429 503",
    TroubleCode.GONE: "NoSuchKey NoSuchUpload NoSuchVersion NotFound 404 410",
    TroubleCode.CHANGED: "PreconditionFailed 412",
    # Somebody else was at the same key in this moment: look again.
    TroubleCode.UNKNOWN: "ConditionalRequestConflict OperationAborted 409",
    TroubleCode.DAMAGED: "BadDigest InvalidDigest XAmzContentSHA256Mismatch XAmzContentChecksumMismatch IncompleteBody "
    "InvalidPart InvalidPartOrder InvalidRange ChecksumMismatch 416",
    TroubleCode.FULL: "QuotaExceeded XMinioStorageFull XMinioAdminBucketQuotaExceeded InsufficientStorage 507",
    TroubleCode.UNSUPPORTED: "NotImplemented MethodNotAllowed 405 501",
    TroubleCode.UNREACHABLE: "RequestTimeout 408 425",
}
_BY_WORD: Final = {word: code for code, words in _CODES.items() for word in words.split()}

_PLAIN: Final = frozenset({(TroubleCode.SLOW_DOWN, 503), (TroubleCode.FULL, 507)})
"""What a server says before it has done anything."""

_NOT_SENT: Final = (boto.EndpointConnectionError, boto.ConnectTimeoutError, boto.ProxyConnectionError)
_LOST: Final = (
    boto.ConnectionClosedError, boto.ReadTimeoutError, boto.ConnectionError, boto.HTTPClientError,
    boto.ResponseStreamingError,
)  # fmt: skip


def trouble_of(error: Exception, *, asked: str, changes: bool) -> PowerStreamError:
    """Return our error for one of botocore's, or for what a stranger's answer broke in its parsers.

    Args:
        error: what a call raised.
        asked: the operation, for the log.
        changes: whether doing it a second time makes a difference: then a lost or failed answer is ``UNKNOWN``.
    """
    if isinstance(error, PowerStreamError):
        return error
    if isinstance(error, boto.ClientError):
        return _said(error, asked, changes=changes)
    detail = _detail(f"{asked}: {type(error).__name__}: {error}")
    if isinstance(error, boto.SSLError):
        return StoreTrouble(TroubleCode.TLS, detail=detail)
    if isinstance(error, boto.IncompleteReadError):
        return StoreTrouble(TroubleCode.DAMAGED, detail=detail)
    if isinstance(error, _NOT_SENT):
        return StoreTrouble(TroubleCode.UNREACHABLE, detail=detail)
    if isinstance(error, _LOST):
        return StoreTrouble(TroubleCode.UNKNOWN if changes else TroubleCode.UNREACHABLE, detail=detail)
    return StoreTrouble(TroubleCode.UNKNOWN, detail=detail)


def _said(error: Any, asked: str, *, changes: bool) -> StoreTrouble:
    """Return the trouble that the store named itself."""
    about = error.response.get("Error", {})
    meta = error.response.get("ResponseMetadata", {})
    headers = meta.get("HTTPHeaders", {})
    status = meta.get("HTTPStatusCode", 0)
    word = str(about.get("Code", ""))
    code = _BY_WORD.get(word) or _BY_WORD.get(str(status)) or _by_status(status)
    if changes and status >= 500 and (code, status) not in _PLAIN:
        # botocore makes a 500 of an answer that says 200 and holds an error: nothing is known then (4.3).
        code = TroubleCode.UNKNOWN
    return StoreTrouble(
        code,
        hint=_region_hint(code, str(about.get("Region") or headers.get("x-amz-bucket-region") or "")),
        detail=_detail(f"{asked}: {status} {word}: {about.get('Message', '')}"),
        retry_after_s=_retry_after_s(headers.get("retry-after")),
    )


def _region_hint(code: TroubleCode, region: str) -> str | None:
    """Return what to enter, if the store names the bucket's region; None for the usual hint."""
    if code is not TroubleCode.MOVED or not _REGION.fullmatch(region):
        return None
    return f"Enter {region} as the region of the store. Nothing was sent elsewhere."


def _by_status(status: int) -> TroubleCode:
    return TroubleCode.INVALID if 400 <= status < 500 else TroubleCode.UNKNOWN


def _retry_after_s(said: str | None) -> float | None:
    """Return the wait that a header asks for, in seconds or as a moment."""
    if not said:
        return None
    if said.strip().isdecimal():
        return min(float(said), MAX_WAIT_S)
    try:
        wait_s = parsedate_to_datetime(said).timestamp() - time.time()
    except (ValueError, OverflowError):
        return None
    return min(max(wait_s, 0.0), MAX_WAIT_S)


def _detail(text: str) -> str:
    return printable_text(text)[:_MAX_DETAIL]
