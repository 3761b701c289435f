"""The port for any store that speaks S3, over botocore's low-level client.

What a store answers is not trusted: keys outside the prefix are passed over, a listing that does not get on ends, sizes and hashes are
compared with what was sent. What a store can is asked of ``capabilities``, never tried and caught in passing.
"""

from __future__ import annotations

import binascii
import contextlib
import hashlib
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from powerstream_desktop.cloud.object_store import s3_answers
from powerstream_desktop.cloud.object_store.object_keys import checked_key
from powerstream_desktop.cloud.object_store.object_store import READ_BYTES
from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.s3_connection import (
    CONNECT_S,
    READ_S,
    TRUSTED_SKEW_S,
    S3Connection,
)
from powerstream_desktop.cloud.object_store.s3_errors import trouble_of
from powerstream_desktop.cloud.object_store.s3_signing import SignedBody
from powerstream_desktop.cloud.object_store.small_objects import checked_small, guard_put
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import (
    PartReceipt,
    PendingUpload,
    StoreCapabilities,
    StoredObject,
    StoredPart,
)

MAX_LINK_S: Final = 604_800
PAGE_KEYS: Final = 1000
NO_RULES: Final = "NoSuchLifecycleConfiguration"
_SKEW_THAT_MATTERS_S: Final = {TroubleCode.CLOCK: TRUSTED_SKEW_S, TroubleCode.REFUSED: 300.0}
"""A difference of clocks that explains a refusal. One without a body, to HEAD, does not say that it is for the clock."""


class S3Store:
    """A bucket; an ``ObjectStore``.

    Args:
        config: of kind S3.
        credentials: for it.
        connect_s: patience for a connection, and for each piece that is sent.
        read_s: patience for each piece of an answer.
        page_keys: how many keys a page of a listing may hold.
        wall: this computer's clock, in seconds since 1970.
    """

    def __init__(
        self,
        config: StoreConfig,
        credentials: StoreCredentials,
        *,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        page_keys: int = PAGE_KEYS,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._bucket = config.bucket
        self._public_base_url = config.public_base_url
        self._page_keys = page_keys
        # Written by the probe before anybody else has the store.
        self._can = config.capabilities or StoreCapabilities()
        self._connection = S3Connection(config, credentials, connect_s=connect_s, read_s=read_s, wall=wall)

    @property
    def capabilities(self) -> StoreCapabilities:
        """What the store is trusted with."""
        return self._can

    @property
    def vouches(self) -> bool:
        """Its checksums and ETags are its own."""
        return True

    @property
    def clock_offset_s(self) -> float:
        """How far the store's clock is ahead of ours, by its last answer."""
        return self._connection.offset_s

    def assume(self, capabilities: StoreCapabilities) -> None:
        """Trust the store with this from the next call on."""
        self._can = capabilities

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    # --- uploads ----------------------------------------------------------------------------------------------------

    def create_upload(self, key: str, *, content_type: str, metadata: Mapping[str, str]) -> str:
        """Begin an upload; its id. One that is begun although the answer is lost is cleaned up as an orphan."""
        checksums: dict[str, Any] = {"ChecksumAlgorithm": "SHA256"} if self._can.part_checksums else {}
        answer = self._ask(
            "create_multipart_upload",
            Key=checked_key(key),
            ContentType=content_type,
            Metadata=dict(metadata),
            **checksums,
        )
        return s3_answers.text(answer, "UploadId")

    def put_part(
        self,
        key: str,
        upload_id: str,
        number: int,
        body: PartBody,
        *,
        size_bytes: int,
        sha256: str,
        md5: bytes | None = None,
    ) -> PartReceipt:
        """Send a part; see the port."""
        signed = SignedBody(body, sha256)
        hashes: dict[str, Any] = {}
        if self._can.part_checksums:
            hashes["ChecksumSHA256"] = _base64(bytes.fromhex(sha256))
        elif md5 is not None:
            hashes["ContentMD5"] = _base64(md5)
        try:
            answer = self._ask(
                "upload_part",
                Key=checked_key(key),
                UploadId=upload_id,
                PartNumber=number,
                Body=signed,
                ContentLength=size_bytes,
                **hashes,
            )
        except StoreTrouble:
            if signed.failure is not None:  # the file failed, not the store; botocore told it as its own
                raise signed.failure from None
            raise
        receipt = PartReceipt(
            number=number, etag=s3_answers.etag(answer), checksum=s3_answers.checksum(answer)
        )
        self._check_receipt(receipt, sha256, md5)
        return receipt

    def _check_receipt(self, receipt: PartReceipt, sha256: str, md5: bytes | None) -> None:
        """Compare what the store says it got with what was sent (V05)."""
        is_other_md5 = self._can.etag_is_md5 and md5 is not None and receipt.etag != md5.hex()
        if receipt.checksum not in (None, sha256) or is_other_md5:
            raise StoreTrouble(
                TroubleCode.DAMAGED, detail=f"part {receipt.number}: the store has {receipt.etag}"
            )

    def parts(self, key: str, upload_id: str) -> tuple[StoredPart, ...]:
        """Return the parts the store has.

        Raises:
            StoreTrouble: with ``UNSUPPORTED`` from a store that cannot say.
        """
        if not self._can.lists_parts:
            raise StoreTrouble(TroubleCode.UNSUPPORTED)
        found: dict[int, StoredPart] = {}
        marker = 0
        while True:
            answer = self._ask(
                "list_parts", Key=checked_key(key), UploadId=upload_id, PartNumberMarker=marker
            )
            found |= s3_answers.parts(answer)
            if not answer.get("IsTruncated"):
                return tuple(found[number] for number in sorted(found))
            marker = s3_answers.next_part(answer, than=marker)

    def complete(
        self, key: str, upload_id: str, receipts: Sequence[PartReceipt], *, only_if_absent: bool
    ) -> None:
        """Make the parts one object; see the port."""
        condition: dict[str, Any] = {}
        if only_if_absent and self._can.conditional_complete:
            condition = {"IfNoneMatch": "*"}
        elif only_if_absent and self.head(key) is not None:
            raise StoreTrouble(TroubleCode.EXISTS)
        try:
            answer = self._ask(
                "complete_multipart_upload",
                changes=True,
                Key=checked_key(key),
                UploadId=upload_id,
                MultipartUpload={"Parts": [self._named(receipt) for receipt in receipts]},
                **condition,
            )
        except StoreTrouble as trouble:
            if trouble.kind is not TroubleCode.CHANGED:
                raise
            raise StoreTrouble(TroubleCode.EXISTS, detail=trouble.detail) from trouble
        if not answer.get("ETag"):
            raise StoreTrouble(TroubleCode.UNKNOWN, detail="complete_multipart_upload: 200 without an object")

    def _named(self, receipt: PartReceipt) -> dict[str, Any]:
        named: dict[str, Any] = {"PartNumber": receipt.number, "ETag": f'"{receipt.etag}"'}
        if self._can.part_checksums and receipt.checksum is not None:
            named["ChecksumSHA256"] = _base64(bytes.fromhex(receipt.checksum))
        return named

    def abort(self, key: str, upload_id: str) -> None:
        """Give an upload up; no trouble if there is none."""
        try:
            self._ask("abort_multipart_upload", Key=checked_key(key), UploadId=upload_id)
        except StoreTrouble as trouble:
            if trouble.kind is not TroubleCode.GONE:
                raise

    def pending(self, prefix: str) -> Iterator[PendingUpload]:
        """Give the uploads that are not complete."""
        markers: dict[str, Any] = {}
        while True:
            answer = self._ask("list_multipart_uploads", Prefix=prefix, **markers)
            yield from s3_answers.pending(answer, prefix)
            if not answer.get("IsTruncated"):
                return
            after = {
                "KeyMarker": answer.get("NextKeyMarker", ""),
                "UploadIdMarker": answer.get("NextUploadIdMarker", ""),
            }
            s3_answers.further(tuple(after.values()), than=tuple(markers.values()))
            markers = after

    def ends_stale_uploads(self) -> bool | None:
        """Tell whether the bucket has a rule for it; many keys may not ask, and many stores have no rules."""
        try:
            answer = self._ask("get_bucket_lifecycle_configuration")
        except StoreTrouble as trouble:
            return False if NO_RULES in trouble.detail else None
        return any(
            rule.get("Status") == "Enabled" and "AbortIncompleteMultipartUpload" in rule
            for rule in answer.get("Rules", ())
        )

    # --- objects ----------------------------------------------------------------------------------------------------

    def head(self, key: str) -> StoredObject | None:
        """Return what the store knows about an object."""
        checksums: dict[str, Any] = {"ChecksumMode": "ENABLED"} if self._can.part_checksums else {}
        try:
            answer = self._ask("head_object", Key=checked_key(key), **checksums)
        except StoreTrouble as trouble:
            if trouble.kind is TroubleCode.GONE:
                return None
            raise
        return s3_answers.stored_object(key, answer)

    def put(
        self,
        key: str,
        data: bytes,
        *,
        content_type: str,
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> str:
        """Write a small object; see the port."""
        condition: dict[str, Any] = {}
        if if_absent and self._can.conditional_put:
            condition["IfNoneMatch"] = "*"
        elif if_match is not None and self._can.conditional_replace:
            condition["IfMatch"] = f'"{if_match}"'
        else:
            guard_put(self, key, if_match=if_match, if_absent=if_absent)
        try:
            answer = self._ask(
                "put_object",
                changes=True,
                Key=checked_key(key),
                Body=checked_small(data),
                ContentType=content_type,
                ContentMD5=_base64(hashlib.md5(data, usedforsecurity=False).digest()),
                **condition,
            )
        except StoreTrouble as trouble:
            if if_absent and trouble.kind is TroubleCode.CHANGED:
                raise StoreTrouble(TroubleCode.EXISTS, detail=trouble.detail) from trouble
            if if_match is not None and trouble.kind is TroubleCode.GONE:
                # Amazon says 404 for a condition on what is no longer there.
                raise StoreTrouble(TroubleCode.CHANGED, detail=trouble.detail) from trouble
            raise
        return s3_answers.etag(answer)

    def read(self, key: str, *, first: int = 0, size_bytes: int | None = None) -> Iterator[bytes]:
        """Give an object's bytes; see the port."""
        if size_bytes == 0:
            return
        wanted: dict[str, Any] = {}
        if first or size_bytes is not None:
            wanted["Range"] = f"bytes={first}-{'' if size_bytes is None else first + size_bytes - 1}"
        answer = self._ask("get_object", Key=checked_key(key), **wanted)
        with contextlib.closing(answer["Body"]) as body:
            said, left = str(answer.get("ContentRange") or ""), math.inf
            if wanted and not said.startswith(f"bytes {first}-"):
                if first or said:
                    raise StoreTrouble(TroubleCode.UNSUPPORTED, detail="get_object: the range was ignored")
                left = size_bytes or math.inf  # all of it comes, from its beginning
            pieces = body.iter_chunks(READ_BYTES)
            while left > 0 and (piece := self._translated("get_object", lambda: next(pieces, b""))):
                yield piece[: int(min(left, len(piece)))]
                left -= len(piece)

    def list(self, prefix: str, *, after: str = "") -> Iterator[StoredObject]:
        """Give the objects below a prefix, a page in memory at a time."""
        begin: dict[str, Any] = {"StartAfter": after} if after else {}
        first: str | None = None
        while True:
            answer = self._ask("list_objects_v2", Prefix=prefix, MaxKeys=self._page_keys, **begin)
            page = list(s3_answers.listing(answer, prefix))
            yield from (each for each in page if each.key != after)
            if not answer.get("IsTruncated"):
                return
            first = s3_answers.further(page[0].key if page else None, than=first)
            begin = {"ContinuationToken": s3_answers.text(answer, "NextContinuationToken")}

    def delete(self, key: str) -> None:
        """Remove an object; no trouble if there is none."""
        try:
            self._ask("delete_object", Key=checked_key(key))
        except StoreTrouble as trouble:
            if trouble.kind is not TroubleCode.GONE:
                raise

    def link(self, key: str, *, for_s: int) -> str:
        """Return the public address, or one that is signed by the store's clock."""
        if self._public_base_url is not None:
            return self._public_base_url + quote(checked_key(key))
        params = {"Bucket": self._bucket, "Key": checked_key(key)}
        link = self._translated(
            "link",
            lambda: self._connection.client.generate_presigned_url(
                "get_object", Params=params, ExpiresIn=min(max(for_s, 1), MAX_LINK_S)
            ),
        )
        return str(link)

    # --- asking -----------------------------------------------------------------------------------------------------

    def _ask(self, operation: str, *, changes: bool = False, **params: Any) -> Any:
        """Ask the store. What it refused because of the clock is signed again by its own clock, once (4.8).

        Args:
            operation: as botocore calls it.
            changes: whether doing it a second time makes a difference.
            params: of the operation, but the bucket.
        """
        signed_offset_s = self._connection.signing_offset_s()
        call = getattr(self._connection.client, operation)
        try:
            return self._translated(operation, lambda: call(Bucket=self._bucket, **params), changes=changes)
        except StoreTrouble as trouble:
            learned_s = abs(self._connection.signing_offset_s() - signed_offset_s)
            if learned_s < _SKEW_THAT_MATTERS_S.get(trouble.kind, math.inf):
                raise
        body = params.get("Body")
        if isinstance(body, SignedBody):
            body.seek(0)
        return self._translated(operation, lambda: call(Bucket=self._bucket, **params), changes=changes)

    def _translated(self, asked: str, call: Callable[[], Any], *, changes: bool = False) -> Any:
        try:
            return call()
        except Exception as error:
            raise trouble_of(error, asked=asked, changes=changes) from error


def _base64(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode("ascii")
