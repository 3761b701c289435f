"""A store and two computers that people use, for tests of passes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from powerstream_desktop.cloud.manifests.edits import deleted, first_manifest, updated
from powerstream_desktop.cloud.manifests.kept_manifests import Kept
from powerstream_desktop.cloud.manifests.manifest import Manifest
from powerstream_desktop.cloud.manifests.manifest_words import read_manifest
from powerstream_desktop.cloud.manifests.object_keys import manifest_key
from powerstream_desktop.cloud.manifests.pass_plan import Agreed, QuestionKind
from powerstream_desktop.cloud.manifests.sync_pass import PassOutcome
from tests.unit.cloud.manifests.replays import replay, told
from tests.unit.cloud.manifests.world import Bucket, Computer


class Station:
    """A store, and computers that people use."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.bucket = Bucket()
        self.studio = Computer(self.bucket, "studio00", "Studio-PC")
        self.laptop = Computer(self.bucket, "laptop00", "Laptop")

    def sync(self, computer: Computer, **agreed: frozenset[str]) -> PassOutcome:
        self.bucket.now_ms += 1000
        yes: Agreed = {QuestionKind[kind.upper()]: asset_ids for kind, asset_ids in agreed.items()}
        return self.loop.run_until_complete(computer.sync(yes))

    def record(self, computer: Computer, *asset_ids: str) -> None:
        for asset_id in asset_ids:
            computer.store_row(Kept(manifest=first_manifest(replay(asset_id), computer.author())))

    def share(self, *asset_ids: str) -> None:
        """The studio records, and both know it."""
        self.record(self.studio, *asset_ids)
        self.sync(self.studio)
        self.sync(self.laptop)

    def change(self, computer: Computer, asset_id: str, **changes: Any) -> None:
        self.become(
            computer, asset_id, lambda known: updated(known, told(known, **changes), computer.author())
        )

    def delete(self, computer: Computer, asset_id: str) -> None:
        self.become(computer, asset_id, lambda known: deleted(known, computer.author()))

    def become(self, computer: Computer, asset_id: str, change: Callable[[Manifest], Manifest]) -> None:
        self.bucket.now_ms += 1000
        kept = computer.kept(asset_id)
        assert kept is not None
        computer.store_row(replace(kept, manifest=change(kept.manifest), is_ahead=True))

    def at(self, computer: Computer, asset_id: str) -> Manifest:
        kept = computer.kept(asset_id)
        assert kept is not None
        return kept.manifest

    def there(self, asset_id: str) -> Manifest:
        return read_manifest(asset_id, self.bucket.objects[manifest_key(asset_id)][0])


def names(count: int) -> list[str]:
    return [f"A{number}" for number in range(count)]
