"""Brings one file to the store, from whatever state its record says it is in (``upload_states`` has the way).

After every step the record is kept before anything else is done, so that a crash at any instant costs no more than the part that
was on its way (``body_turns``). Each step may be done again: what is at the store already is found there, not made twice (I4).
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.cloud.courier.body_turns import BodyTurns
from powerstream_desktop.cloud.courier.checking import BY_ALL_BYTES, BY_ITS_WORD
from powerstream_desktop.cloud.courier.errand import GivenUpError
from powerstream_desktop.cloud.courier.fingerprint import Fingerprint, read_fingerprint
from powerstream_desktop.cloud.courier.part_sending import md5_of, send_part
from powerstream_desktop.cloud.courier.parts_abreast import PartsAbreast
from powerstream_desktop.cloud.courier.pending_uploads import has_parts, pending_of
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.object_store.object_store import SHA256_METADATA
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import PartReceipt, PendingUpload
from powerstream_desktop.cloud.uploads.file_mark import FileChangedError, mark_of_file
from powerstream_desktop.cloud.uploads.object_keys import content_type_of, media_key
from powerstream_desktop.cloud.uploads.part_plan import PartPlan, plan_parts
from powerstream_desktop.cloud.uploads.proof import Proof, weigh
from powerstream_desktop.cloud.uploads.resume import agreed_parts
from powerstream_desktop.cloud.uploads.retry_policy import failed
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UNDER_WAY, UploadEvent, UploadState
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.errors import BugError, PowerStreamError

MOST_PARTS_AT_ONCE: Final = 4
_ROUNDS: Final = 4
"""So often a file may change, or a completion go wrong, before the upload fails and is tried again later."""

_S = UploadState
_E = UploadEvent


class Uploading:
    """Brings one file to the store. Used once.

    Args:
        tools: of the job.
        file: which.
        record: what is known.
        parts_at_once: connections, 1 to 4.
        verify_fully: all bytes are read back at the end.
        plan: cuts a length into parts.
    """

    def __init__(
        self,
        tools: Tools,
        file: Path,
        record: UploadRecord,
        *,
        parts_at_once: int = MOST_PARTS_AT_ONCE,
        verify_fully: bool = False,
        plan: Callable[[int], PartPlan] = plan_parts,
    ) -> None:
        self._tools = tools
        self._file = file
        self._record = record
        self._parts_at_once = max(1, min(parts_at_once, MOST_PARTS_AT_ONCE))
        self._level = BY_ALL_BYTES if verify_fully else BY_ITS_WORD
        self._plan = plan
        self._keeping = threading.Lock()  # held while a part is kept: in the order in which the parts came
        self._counting = threading.Lock()  # held while bytes are counted
        self._moved_bytes = 0
        self._is_reconciled = False
        self._overwrites = False
        self._verdict: Verdict | None = None
        self._rounds = _ROUNDS
        self._changes_borne = _ROUNDS

    def run(self) -> UploadRecord:
        """Go on until the object is verified, or something is in the way; return the record as it was kept last.

        Raises:
            GivenUpError: nobody wants the upload any more; what was kept holds.
            BugError: a rule of ours was broken.
        """
        steps: dict[UploadState, Callable[[], None]] = {
            _S.FAILED: self._try_again,
            _S.WAITING: self._begin,
            _S.HASHING: self._read,
            _S.HASHED: self._find_or_create,
            _S.SENDING: self._send,
            _S.COMPLETING: self._complete,
            _S.COMPLETED: self._prove,
        }
        try:
            while self._record.state in UNDER_WAY:
                self._tools.errand.check()
                self._step(steps[self._record.state])
        except (GivenUpError, BugError):
            raise
        except PowerStreamError as error:
            self._keep(failed(self._record, error, now_ms=self._tools.now_ms(), rng=self._tools.rng))
        return self._record

    def _step(self, step: Callable[[], None]) -> None:
        try:
            step()
        except FileChangedError:
            self._changes_borne -= 1
            if self._changes_borne <= 0:
                raise
            self._abort()
            self._go(_E.FILE_CHANGED, upload_id=None, receipts=(), sha256="", part_sha256s=(), mark="")
            self._is_reconciled = False

    def _try_again(self) -> None:
        self._go(_E.RETRIED, trouble=None, next_try_at_ms=0)

    def _begin(self) -> None:
        is_known = bool(self._record.part_sha256s) and mark_of_file(self._file) == self._record.mark
        self._go(_E.RECOGNISED if is_known else _E.BEGUN)

    def _read(self) -> None:
        tools = self._tools
        read = read_fingerprint(self._file, tools.errand, tools.gate, tools.report, self._plan)
        key = media_key(tools.prefix, self._record.asset_id, read.sha256, self._record.suffix)
        if self._record.upload_id is not None and not self._continues(key, read):
            self._abort()
            self._record = self._without_upload()
        self._go(
            _E.READ,
            key=key,
            size_bytes=read.size_bytes,
            mark=read.mark,
            sha256=read.sha256,
            part_bytes=read.part_bytes,
            part_sha256s=read.part_sha256s,
        )

    def _continues(self, key: str, read: Fingerprint) -> bool:
        return (self._record.key, self._record.part_bytes) == (key, read.part_bytes)

    def _find_or_create(self) -> None:
        """Look for the object, then for an upload of it, and begin one if there is neither."""
        if mark_of_file(self._file) != self._record.mark:
            raise FileChangedError(self._file.name)
        if self._record.upload_id is not None:
            self._reconcile()
            return
        if self._finds():
            return
        pending = self._pending_upload()
        if pending is not None:
            is_shared = has_parts(self._tools, pending) is not False
            self._go(_E.CREATED, upload_id=pending.upload_id, receipts=(), is_shared=is_shared)
            return
        upload_id = self._created()
        self._is_reconciled = True
        self._go(_E.CREATED, upload_id=upload_id, receipts=(), is_shared=False)

    def _created(self) -> str:
        """Begin an upload. One that is begun twice because an answer was lost is given up when the object is there."""
        store, record = self._tools.store, self._record
        return self._tools.endpoint.ask_again(
            self._tools.errand,
            lambda: store.create_upload(
                record.key,
                content_type=content_type_of(record.suffix),
                metadata={SHA256_METADATA: record.sha256},
            ),
        )

    def _finds(self) -> bool:
        """Whether the object is there; then the upload is completed. One that is damaged is written over."""
        record = self._record
        seen = self._tools.endpoint.ask_again(self._tools.errand, lambda: self._tools.store.head(record.key))
        if seen is None:
            self._overwrites = False
            return False
        proof = weigh(record, seen, etags_are_md5=self._tools.store.capabilities.etag_is_md5)
        must_read = self._level == BY_ALL_BYTES or record.is_doubted
        is_in_doubt = proof is Proof.UNPROVEN or (proof is Proof.GOOD and must_read)
        if is_in_doubt and record.state is _S.HASHED:
            # Nobody of this run has brought it, and the store says nothing of its bytes, or is not to be believed.
            verdict = self._tools.checking.check(record, self._file, BY_ALL_BYTES)
            self._verdict = verdict if verdict.is_good else None
            proof = Proof.GOOD if verdict.is_good else Proof.OTHER
        if proof is Proof.OTHER:
            self._overwrites = True
            return False
        self._go(_E.FOUND, etag=seen.etag, attempt=0)
        return True

    def _pending_upload(self) -> PendingUpload | None:
        """Return an upload of this very content that was begun and not kept: a crash came between, or another machine is at it."""
        ours = pending_of(self._tools, self._record.key)
        return max(ours, key=lambda each: each.begun_at) if ours else None

    def _reconcile(self) -> None:
        """Find out what the store has of the upload, and go on with that."""
        record = self._record
        assert record.upload_id is not None  # noqa: S101 - whoever sends has begun an upload
        upload_id = record.upload_id
        try:
            listed = self._tools.endpoint.ask_again(
                self._tools.errand, lambda: self._tools.store.parts(record.key, upload_id)
            )
            receipts = agreed_parts(record, listed, lambda part: md5_of(self._file, part))
        except StoreTrouble as trouble:
            if trouble.kind is TroubleCode.GONE:
                if not self._finds():
                    self._spend_round()
                    self._go(_E.FORGOTTEN, upload_id=None, receipts=())
                return
            if trouble.kind is not TroubleCode.UNSUPPORTED:
                raise
            receipts = record.receipts  # a store that lists nothing; it will refuse what it has not got
        self._is_reconciled = True
        self._go(_E.CREATED, receipts=receipts)

    def _send(self) -> None:
        if not self._is_reconciled:
            self._reconcile()
            return
        record, tools = self._record, self._tools
        there = {each.number for each in record.receipts}
        self._moved_bytes = record.sent_bytes
        turns = BodyTurns()
        sending = PartsAbreast(
            (part for part in record.plan if part.number not in there),
            lambda part, take: send_part(
                tools.store, tools.endpoint, tools.errand, record, self._file, part, take, turns
            ),
            self._sent,
            gate=tools.gate,
            errand=tools.errand,
            moved=self._moved,
        )
        try:
            sending.run(self._parts_at_once)
        except StoreTrouble as trouble:
            # Not every store says that it has forgotten an upload: some only fail. What it lists tells.
            if trouble.kind not in {TroubleCode.GONE, TroubleCode.UNKNOWN}:
                raise
            self._spend_round(trouble if trouble.kind is TroubleCode.UNKNOWN else None)
            self._is_reconciled = False
            return
        if mark_of_file(self._file) != record.mark:
            raise FileChangedError(self._file.name)
        self._go(_E.ALL_SENT)

    def _moved(self, size_bytes: int) -> None:
        with self._counting:
            self._moved_bytes += size_bytes
            self._tools.report(self._moved_bytes, self._record.size_bytes)

    def _sent(self, receipt: PartReceipt) -> None:
        with self._keeping:
            self._rounds = _ROUNDS
            self._go(_E.PART_SENT, receipts=(*self._record.receipts, receipt), attempt=0)

    def _complete(self) -> None:
        """Have the object made, and look what came of it: an answer may be lost, and one that says 200 may be an error."""
        record = self._record
        assert record.upload_id is not None  # noqa: S101 - whoever completes has begun an upload
        upload_id = record.upload_id
        receipts = self._receipts()
        refused: StoreTrouble | None = None
        try:
            self._tools.endpoint.ask(
                self._tools.errand,
                lambda: self._tools.store.complete(
                    record.key, upload_id, receipts, only_if_absent=not self._overwrites
                ),
            )
        except StoreTrouble as trouble:
            refused = trouble
        if self._finds():
            return
        self._spend_round(None if refused is not None and refused.kind is TroubleCode.GONE else refused)
        try:
            self._tools.endpoint.ask_again(
                self._tools.errand, lambda: self._tools.store.parts(record.key, upload_id)
            )
        except StoreTrouble as trouble:
            if trouble.kind is TroubleCode.GONE:
                self._go(_E.FORGOTTEN, upload_id=None, receipts=())
                return
            if trouble.kind is not TroubleCode.UNSUPPORTED:
                raise
        self._is_reconciled = False
        self._go(_E.UNFINISHED)

    def _receipts(self) -> list[PartReceipt]:
        """Return the parts in their order, with checksums where the store wants them: not every one of these lists them."""
        record = self._record
        receipts = sorted(record.receipts, key=lambda each: each.number)
        if not self._tools.store.capabilities.part_checksums:
            return receipts
        return [dataclasses.replace(each, checksum=record.part_sha256s[each.number - 1]) for each in receipts]

    def _prove(self) -> None:
        self._clear_up()
        verdict = self._verdict
        if verdict is None or verdict.level < self._level:
            verdict = self._tools.checking.check(self._record, self._file, self._level)
        if not verdict.is_good:
            self._record = self._without_upload()
            self._verdict = None
            raise StoreTrouble(TroubleCode.DAMAGED, detail=verdict.why)
        self._go(
            _E.PROVEN,
            verified_at_ms=verdict.at_ms,
            level=verdict.level,
            etag=verdict.etag,
            upload_id=None,
            trouble=None,
            next_try_at_ms=0,
            is_doubted=False,
        )

    def _clear_up(self) -> None:
        """Leave no upload of this content behind: nobody needs one any more, and whoever else is at it finds the object."""
        self._abort()
        for each in pending_of(self._tools, self._record.key):
            upload_id = each.upload_id
            self._tools.endpoint.ask_again(
                self._tools.errand,
                lambda: self._tools.store.abort(self._record.key, upload_id),  # noqa: B023 - called at once
            )

    def _abort(self) -> None:
        record = self._record
        if record.upload_id is not None and not record.is_shared:
            upload_id = record.upload_id
            self._tools.endpoint.ask_again(
                self._tools.errand, lambda: self._tools.store.abort(record.key, upload_id)
            )

    def _without_upload(self) -> UploadRecord:
        return dataclasses.replace(self._record, upload_id=None, receipts=())

    def _spend_round(self, trouble: StoreTrouble | None = None) -> None:
        """Go on, but not for ever.

        Raises:
            StoreTrouble: it has been enough.
        """
        self._rounds -= 1
        if self._rounds <= 0 or (
            trouble is not None and not trouble.is_worth_retrying and not self._overwrites
        ):
            raise trouble or StoreTrouble(TroubleCode.UNKNOWN, detail="the upload begins again and again")

    def _go(self, event: UploadEvent, **changes: Any) -> None:
        self._keep(self._record.after(event, **changes))

    def _keep(self, record: UploadRecord) -> None:
        self._tools.keep(record)
        self._record = record
