"""Reads an object to its end, through the gate; a reading that breaks off goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator

from powerstream_desktop.cloud.courier.endpoint import TRIES, Endpoint, is_asked_again
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.part_body import HeldUpError
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode


class ObjectReading:
    """Reads objects for one job.

    Args:
        store: whose.
        endpoint: the store's.
        gate: what is read goes through it.
        errand: the job.
    """

    def __init__(self, store: ObjectStore, endpoint: Endpoint, gate: Gate, errand: Errand) -> None:
        self._store = store
        self._endpoint = endpoint
        self._gate = gate
        self._errand = errand

    def pieces(self, key: str, first: int, size_bytes: int) -> Iterator[bytes]:
        """Give some bytes of an object, exactly as many as asked for.

        Raises:
            StoreTrouble: it cannot be read, or is shorter.
            GivenUpError: the job is not wanted any more.
        """
        at, end, failures = first, first + size_bytes, 0
        while at < end:
            try:
                for piece in self._stretch(key, at, end):
                    at += len(piece)
                    failures = 0
                    yield piece
            except StoreTrouble as trouble:
                failures += 1
                if failures >= TRIES or not is_asked_again(trouble) or self._endpoint.is_broken():
                    raise

    def _stretch(self, key: str, first: int, end: int) -> Iterator[bytes]:
        """Give what one request brings: all, or what came before the gate was closed for so long that the store would lose patience."""
        came, read = self._store.read(key, first=first, size_bytes=end - first), first
        while read < end:
            piece = self._endpoint.ask(self._errand, lambda: next(came, b""))
            read += len(piece)
            if not piece or read > end:
                raise StoreTrouble(
                    TroubleCode.DAMAGED, detail=f"{read - first} bytes instead of {end - first}"
                )
            try:
                self._gate.take(len(piece), self._errand)
            except HeldUpError:
                self._gate.wait_until_open(self._errand)
                yield piece
                return
            yield piece
