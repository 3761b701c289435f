"""The bucket as the pass over the manifests has it: the courier's small objects, by keys without the store's prefix."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Final

from powerstream_desktop.cloud.manifests.kept_manifests import Listed
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.service.cloud.courier_port import CourierPort

_OTHERS: Final = frozenset({TroubleCode.EXISTS, TroubleCode.CHANGED, TroubleCode.GONE})
"""Somebody else was quicker."""


class Bucket:
    """``ManifestStore`` over a courier.

    Args:
        courier: for the store that is chosen.
        prefix: what all its keys begin with.
    """

    def __init__(self, courier: CourierPort, prefix: str) -> None:
        self._courier = courier
        self._prefix = prefix

    async def list(self, prefix: str) -> AsyncIterator[Sequence[Listed]]:
        """Give what lies below a prefix, some at a time."""
        async for objects in self._courier.list_objects(f"{self._prefix}{prefix}"):
            yield tuple(
                Listed(
                    key=each.key.removeprefix(self._prefix),
                    etag=each.etag,
                    size_bytes=each.size_bytes,
                    changed_ms=round(each.changed_at * 1000),
                )
                for each in objects
            )

    async def read(self, key: str) -> tuple[bytes, str] | None:
        """Return an object and its etag; None if there is none."""
        return await self._courier.read_object(f"{self._prefix}{key}")

    async def write(self, key: str, data: bytes, *, if_match: str | None) -> str | None:
        """Write an object if the one there has this etag, and return the new one; None if there is another."""
        try:
            return await self._courier.write_object(
                f"{self._prefix}{key}", data, if_match=if_match, if_absent=if_match is None
            )
        except StoreTrouble as trouble:
            if trouble.kind in _OTHERS:
                return None
            raise

    async def delete(self, key: str) -> None:
        """Remove an object; harmless if there is none."""
        await self._courier.delete_object(f"{self._prefix}{key}")

    async def put_picture(self, key: str, data: bytes) -> None:
        """Write a picture, whatever was there."""
        await self._courier.write_object(f"{self._prefix}{key}", data, content_type="image/jpeg")
