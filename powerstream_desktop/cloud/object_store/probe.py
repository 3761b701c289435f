"""The set-up test: writes, reads, lists and deletes a few small objects, and learns what the store can.

What a store supports is tried with what it would have to refuse: a condition that does not hold, a part with other bytes than were
signed for. A store that takes those is not trusted with the real ones (boto3#4392 and its kin).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from powerstream_desktop.cloud.object_store.link_check import read_link
from powerstream_desktop.cloud.object_store.object_store import SHA256_METADATA, ObjectStore
from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.probe_advice import advice_for
from powerstream_desktop.cloud.object_store.probe_report import (
    ProbeAdvice,
    ProbeFinding,
    ProbeReport,
    ProbeStep,
)
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, PartReceipt, StoreCapabilities
from powerstream_desktop.common.errors import PowerStreamError

CONTENT: Final = b"PowerStream was here to test the store, and removes this again.\n"
OTHER_CONTENT: Final = CONTENT.swapcase()
TEXT: Final = "text/plain"


def probe_store(store: ObjectStore, prefix: str) -> ProbeReport:
    """Test a store; its troubles are what the report is for. It is trusted with what was found when this returns.

    Args:
        store: opened for this.
        prefix: of the configuration; what is written lies below it.
    """
    return _Probe(store, prefix).run()


class _Probe:
    """One run. Each step raises the trouble that ends it."""

    def __init__(self, store: ObjectStore, prefix: str) -> None:
        self._store = store
        self._folder = f"{prefix}.powerstream-probe/{secrets.token_hex(8)}"
        self._small = f"{self._folder}/small"
        self._film = f"{self._folder}/parts"
        self._learned = EVERYTHING

    def run(self) -> ProbeReport:
        """Go through the steps, and clear away what they left; what fails is told, not raised."""
        steps: tuple[tuple[ProbeStep, Callable[[], None]], ...] = (
            (ProbeStep.WRITE, self._write),
            (ProbeStep.READ, self._read),
            (ProbeStep.LIST, self._list),
            (ProbeStep.PARTS, self._parts),
        )
        findings: list[ProbeFinding] = []
        for step, take in steps:
            is_on = all(finding.is_ok for finding in findings)
            findings.append(self._found(step, take) if is_on else ProbeFinding(step=step, was_tried=False))
        works = all(finding.is_ok for finding in findings)
        link = (
            self._found(ProbeStep.LINK, self._link)
            if works
            else ProbeFinding(step=ProbeStep.LINK, was_tried=False)
        )
        # What was written is removed whatever became of the rest.
        deletion = (
            self._found(ProbeStep.DELETE, self._delete)
            if findings[0].is_ok
            else ProbeFinding(step=ProbeStep.DELETE, was_tried=False)
        )
        learned = replace(self._learned, links=link.is_ok)
        self._store.assume(learned)
        return ProbeReport(
            findings=(*findings, link, deletion),
            capabilities=learned if works and deletion.is_ok else None,
            advice=self._advice(learned) if works else (),
            clock_offset_s=self._store.clock_offset_s,
        )

    def _advice(self, learned: StoreCapabilities) -> tuple[ProbeAdvice, ...]:
        ends_stale_uploads: bool | None = None
        with contextlib.suppress(StoreTrouble):  # advice is no reason to fail
            ends_stale_uploads = self._store.ends_stale_uploads()
        return advice_for(learned, self._store.clock_offset_s, ends_stale_uploads=ends_stale_uploads)

    def _found(self, step: ProbeStep, take: Callable[[], None]) -> ProbeFinding:
        try:
            take()
        except StoreTrouble as trouble:
            return ProbeFinding(step=step, trouble=trouble.kind, sentence=trouble.title, remedy=trouble.hint)
        except PowerStreamError as error:
            return ProbeFinding(
                step=step, trouble=TroubleCode.INVALID, sentence=error.title, remedy=error.hint
            )
        return ProbeFinding(step=step)

    # --- small objects ----------------------------------------------------------------------------------------------

    def _write(self) -> None:
        self._store.assume(StoreCapabilities())
        etag = self._store.put(self._small, CONTENT, content_type=TEXT)
        try:
            self._try_conditions(etag)
        except StoreTrouble:
            with contextlib.suppress(StoreTrouble):
                self._store.delete(self._small)
            raise
        self._store.assume(StoreCapabilities())
        self._store.put(self._small, CONTENT, content_type=TEXT)

    def _try_conditions(self, etag: str) -> None:
        self._store.assume(EVERYTHING)
        self._learned = replace(
            self._learned,
            conditional_put=self._is_refused(TroubleCode.EXISTS, lambda: self._overwrite(if_absent=True)),
            # An ETag of the same form as its own: a store may refuse any other for its form.
            conditional_replace=self._is_refused(
                TroubleCode.CHANGED,
                lambda: self._overwrite(if_match=etag[:-1] + ("0" if etag[-1] != "0" else "1")),
            ),
        )
        if self._learned.conditional_replace:
            there = self._store.head(self._small)
            # And one that it takes: a store that refuses every condition can replace nothing.
            right = "" if there is None else there.etag
            taken = not self._is_refused(TroubleCode.CHANGED, lambda: self._overwrite(if_match=right))
            self._learned = replace(self._learned, conditional_replace=taken)

    def _overwrite(self, *, if_match: str | None = None, if_absent: bool = False) -> None:
        self._store.put(self._small, OTHER_CONTENT, content_type=TEXT, if_match=if_match, if_absent=if_absent)

    def _is_refused(self, code: TroubleCode, try_it: Callable[[], object]) -> bool:
        """Whether the store refuses, and for the right reason; any other answer says that it does not know what was asked."""
        try:
            try_it()
        except StoreTrouble as trouble:
            if trouble.kind is TroubleCode.SLOW_DOWN:  # it says nothing of what it can
                raise
            return trouble.kind is code
        return False

    def _read(self) -> None:
        if b"".join(self._store.read(self._small)) != CONTENT:
            raise StoreTrouble(TroubleCode.DAMAGED, detail="other bytes came back")
        try:
            part = b"".join(self._store.read(self._small, first=5, size_bytes=10))
        except StoreTrouble as trouble:
            if trouble.kind is not TroubleCode.UNSUPPORTED:
                raise
            part = b""
        self._learned = replace(self._learned, reads_ranges=part == CONTENT[5:15])

    def _list(self) -> None:
        found = {each.key: each.size_bytes for each in self._store.list(f"{self._folder}/")}
        if found != {self._small: len(CONTENT)}:
            raise StoreTrouble(
                TroubleCode.UNKNOWN,
                title="The cloud store does not list what was just written to it.",
                hint="Choose a store whose listings are up to date.",
                detail=f"{len(found)} objects",
            )

    # --- parts ------------------------------------------------------------------------------------------------------

    def _parts(self) -> None:
        """Try with checksums; a store that stumbles over them is used without."""
        with_checksums = replace(self._learned, etag_is_md5=False, conditional_complete=True)
        for trusted in (with_checksums, replace(with_checksums, part_checksums=False)):
            self._store.assume(trusted)
            try:
                self._learned = self._upload(trusted)
            except StoreTrouble as trouble:
                if not trusted.part_checksums or trouble.kind is TroubleCode.SLOW_DOWN:
                    raise
            else:
                if self._learned.part_checksums or not trusted.part_checksums:
                    break
            self._remove_parts()
        self._learned = replace(self._learned, conditional_complete=self._keeps_the_first())

    def _upload(self, trusted: StoreCapabilities) -> StoreCapabilities:
        """Upload a film of one part; what was learned by it."""
        sha256 = hashlib.sha256(CONTENT)
        metadata = {SHA256_METADATA: sha256.hexdigest()}
        upload_id = self._store.create_upload(self._film, content_type=TEXT, metadata=metadata)
        checks = self._is_refused(TroubleCode.DAMAGED, lambda: self._put(upload_id, OTHER_CONTENT))
        receipt = self._put(upload_id, CONTENT)
        listed = [part.etag for part in self._store.parts(self._film, upload_id)]
        if trusted.part_checksums:
            receipt = replace(receipt, checksum=receipt.checksum or sha256.hexdigest())
        self._store.complete(self._film, upload_id, [receipt], only_if_absent=False)
        there = self._store.head(self._film)
        if there is None or there.size_bytes != len(CONTENT):
            raise StoreTrouble(TroubleCode.DAMAGED, detail="the upload is complete, but not there")
        etag_is_md5 = receipt.etag == hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
        composite = f"{hashlib.sha256(sha256.digest()).hexdigest()}-1"
        return replace(
            trusted,
            part_checksums=trusted.part_checksums and checks and there.checksum == composite,
            # Where the store does not look, its ETag tells us.
            checks_bodies=checks or etag_is_md5,
            etag_is_md5=etag_is_md5,
            keeps_metadata=there.metadata.get(SHA256_METADATA) == sha256.hexdigest(),
            lists_parts=listed == [receipt.etag],
        )

    def _put(self, upload_id: str, data: bytes) -> PartReceipt:
        """Send a part that is signed as the right one, whatever it is."""
        return self._store.put_part(
            self._film,
            upload_id,
            1,
            PartBody(io.BytesIO(data), first=0, size_bytes=len(data)),
            size_bytes=len(data),
            sha256=hashlib.sha256(CONTENT).hexdigest(),
            md5=hashlib.md5(CONTENT, usedforsecurity=False).digest(),
        )

    def _keeps_the_first(self) -> bool:
        """Whether a second upload under the same key is refused when it should be."""
        self._store.assume(replace(self._learned, conditional_complete=True))
        upload_id = self._store.create_upload(self._film, content_type=TEXT, metadata={})
        receipt = self._put(upload_id, CONTENT)
        if self._learned.part_checksums:
            receipt = replace(receipt, checksum=hashlib.sha256(CONTENT).hexdigest())
        return self._is_refused(
            TroubleCode.EXISTS,
            lambda: self._store.complete(self._film, upload_id, [receipt], only_if_absent=True),
        )

    def _link(self) -> None:
        if read_link(self._store.link(self._film, for_s=60), len(CONTENT) + 1) != CONTENT:
            raise StoreTrouble(TroubleCode.DAMAGED, detail="the link gives other bytes")

    def _delete(self) -> None:
        self._remove_parts()
        self._store.delete(self._small)
        if self._store.head(self._small) is not None:
            raise StoreTrouble(
                TroubleCode.REFUSED,
                title="The cloud store does not delete.",
                hint="Allow the access key to delete objects in this bucket.",
            )

    def _remove_parts(self) -> None:
        """Remove the film and what is pending of it; what cannot be found now is an orphan that is cleaned up later."""
        with contextlib.suppress(StoreTrouble):
            for each in self._store.pending(self._film):
                self._store.abort(each.key, each.upload_id)
        self._store.delete(self._film)
