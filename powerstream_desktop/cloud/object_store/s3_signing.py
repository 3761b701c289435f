"""Signatures by the store's clock, over hashes that are known already.

botocore signs by this computer's clock, and a store refuses what is signed more than 15 minutes off (boto3#1252): here the moment
comes from the request's context, where ``s3_connection`` puts the store's time. And botocore would read each part once to hash
it before it is sent: the upload knows that hash, so the part is signed with it, by TLS too. A store that checks signatures thereby
refuses a part whose bytes are not those that were planned, whatever else it supports.
"""

from __future__ import annotations

from typing import Any, Final

from botocore.auth import AUTH_TYPE_MAPS, S3SigV4Auth, S3SigV4QueryAuth  # type: ignore[import-untyped]

from powerstream_desktop.cloud.object_store.part_body import PartBody

SIGNATURE: Final = "powerstream-s3v4"
"""What botocore calls this way of signing; links are signed by the same name with ``-query`` behind it."""
TIME_KEY: Final = "powerstream_time"
"""Where the request's context holds the moment, as SigV4 writes it."""


class SignedBody:
    """A part whose SHA-256 is known. It remembers what reading raised, for botocore wraps it.

    Args:
        body: the part.
        sha256: of it, in hexadecimal.
    """

    def __init__(self, body: PartBody, sha256: str) -> None:
        self._body = body
        self.sha256 = sha256
        self.failure: Exception | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        """Read from the part."""
        try:
            return self._body.read(size)
        except Exception as error:
            self.failure = error
            raise

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move within the part."""
        return self._body.seek(offset, whence)

    def tell(self) -> int:
        """Return the position in the part."""
        return self._body.tell()


class _StoreTime:
    """Puts the store's time in place of this computer's, just before anything is made of it."""

    def _modify_request_before_signing(self, request: Any) -> None:
        request.context["timestamp"] = request.context[TIME_KEY]
        super()._modify_request_before_signing(request)  # type: ignore[misc]


class _HeaderSignature(_StoreTime, S3SigV4Auth):  # type: ignore[misc]
    def payload(self, request: Any) -> str:
        if isinstance(request.data, SignedBody):
            return request.data.sha256
        payload: str = super().payload(request)
        return payload


class _LinkSignature(_StoreTime, S3SigV4QueryAuth):  # type: ignore[misc]
    pass


AUTH_TYPE_MAPS[SIGNATURE] = _HeaderSignature
AUTH_TYPE_MAPS[f"{SIGNATURE}-query"] = _LinkSignature
