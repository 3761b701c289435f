"""The line to the store: the courier with the store of the settings and its credentials, whatever these are now.

What is known of uploads and manifests is known of one store. When another one is chosen, it is forgotten before anything is asked
there, so that nothing of the one is ever taken for the other's (V20, V34); what was on its way is brought to the new one. Files are not
touched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Protocol

from powerstream_desktop.cloud.object_store.probe_advice import UNENCRYPTED
from powerstream_desktop.cloud.object_store.probe_report import ProbeReport
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials, StoreKind
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud import upload_queue
from powerstream_desktop.service.cloud.courier_port import CourierPort
from powerstream_desktop.service.cloud.key_text import credentials_of, key_text
from powerstream_desktop.service.cloud.network_rule import is_unencrypted
from powerstream_desktop.service.cloud.store_choice import place_of, shown_place, store_config_of
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables

_KIND: Final = "cloud"


class KeyPlace(Protocol):
    """Where credentials are kept (``SecretDesk``)."""

    async def keep(self, key: Secret, kind: str = ...) -> str:
        """Keep a secret and return its reference."""
        ...

    async def forget(self, key_ref: str | None) -> None:
        """Delete it."""
        ...

    async def get(self, key_ref: str | None) -> Secret | None:
        """Return it; None if there is none."""
        ...


class StoreLine:
    """Owned by one loop. ``aclose`` it.

    Args:
        courier: speaks with stores.
        store: where the rest is known.
        keys: where credentials are kept.
        options: as the settings have them now.
    """

    def __init__(
        self, courier: CourierPort, store: Store, keys: KeyPlace, options: Callable[[], CloudOptions]
    ) -> None:
        self._courier = courier
        self._store = store
        self._keys = keys
        self._options = options
        self._turn = asyncio.Lock()
        self._open: tuple[StoreConfig, StoreCredentials | None] | None = None
        self._credentials: StoreCredentials | None = None
        self._knows_credentials = False

    async def courier(self) -> CourierPort:
        """Return the courier, for the store that is chosen now.

        Raises:
            ConflictError: none is.
            UserError: it lacks something: an address, a bucket, credentials.
            StoreTrouble: it was never tried before, and does not do what is needed.
            SystemFault: the keyring does not answer, or no process can be started.
        """
        async with self._turn:
            options = self._options()
            config = store_config_of(options)
            if config is None:
                raise ConflictError("No store was chosen.", hint="Choose one in the settings of the cloud.")
            credentials = await self._needed_credentials(config)
            await self._settle_at(place_of(options), shown_place(options))
            capable = store_config_of(options, await self._capabilities(config, credentials))
            if capable is not None and (capable, credentials) != self._open:
                self._courier.start(capable, credentials)
                self._open = (capable, credentials)
            self._courier.parts_at_once = options.parts_at_once
            self._courier.verify_fully = options.verify_fully
            return self._courier

    @property
    def prefix(self) -> str:
        """What all keys begin with."""
        return self._options().prefix

    def allow(self, kbps: int | None) -> None:
        """Let transfers take so much: 0 for nothing, None for all there is."""
        self._courier.allow(kbps)

    async def test(self, options: CloudOptions, credentials: StoreCredentials | None) -> ProbeReport:
        """Try a store out; errors as with ``courier``."""
        config = store_config_of(options)
        if config is None:
            raise UserError("No store was chosen.", hint="Say which kind it is: s3 or folder.")
        report = await self._courier.probe(config, credentials or await self._needed_credentials(config))
        if report.is_ok and is_unencrypted(options):
            return replace(report, advice=(UNENCRYPTED, *report.advice))
        return report

    async def keep_credentials(self, credentials: StoreCredentials) -> None:
        """Keep what opens the store in the place of what did; raises as ``SecretDesk.keep``."""
        reference = await self._keys.keep(key_text(credentials), _KIND)
        await self._replace_reference(reference)
        self._credentials, self._knows_credentials = credentials, True

    async def forget_credentials(self) -> None:
        """Keep it no longer; raises as ``SecretDesk.keep``."""
        await self._replace_reference(None)
        self._credentials, self._knows_credentials = None, True

    async def aclose(self) -> None:
        """End the courier. Harmless to repeat."""
        await self._courier.aclose()

    # Inside.

    async def _needed_credentials(self, config: StoreConfig) -> StoreCredentials | None:
        if config.kind is StoreKind.FOLDER:
            return None
        credentials = await self._kept_credentials()
        if credentials is None:
            raise key_missing()
        return credentials

    async def _kept_credentials(self) -> StoreCredentials | None:
        if not self._knows_credentials:
            reference = await self._store.read(lambda tables: tables.cloud.fact(CloudFact.KEY_REF))
            self._credentials = credentials_of(await self._keys.get(reference))
            self._knows_credentials = True
        return self._credentials

    async def _replace_reference(self, reference: str | None) -> None:
        def replace(tables: Tables) -> str | None:
            before = tables.cloud.fact(CloudFact.KEY_REF)
            tables.cloud.keep_fact(CloudFact.KEY_REF, reference)
            return before

        await self._keys.forget(await self._store.write(replace))

    async def _settle_at(self, place: str, shown: str) -> None:
        """Forget what is known of another store."""

        def settle(tables: Tables) -> None:
            before, before_name = known(tables)
            tables.cloud.keep_fact(CloudFact.PLACE_NAME, shown)
            if before == place:
                return
            if before is not None:
                tables.cloud.forget_manifests()
                upload_queue.begin_anew(tables, before_name or "")
            tables.cloud.keep_fact(CloudFact.CAPABILITIES, None)
            tables.cloud.keep_fact(CloudFact.SYNCED_MS, None)
            tables.cloud.keep_fact(CloudFact.PLACE, place)

        def known(tables: Tables) -> tuple[str | None, str | None]:
            return tables.cloud.fact(CloudFact.PLACE), tables.cloud.fact(CloudFact.PLACE_NAME)

        if await self._store.read(known) != (place, shown):
            await self._store.write(settle)

    async def _capabilities(
        self, config: StoreConfig, credentials: StoreCredentials | None
    ) -> StoreCapabilities:
        kept = await self._store.read(lambda tables: tables.cloud.fact(CloudFact.CAPABILITIES))
        known = _capabilities_in(kept)
        if known is not None:
            return known
        report = await self._courier.probe(config, credentials)
        if report.capabilities is None:
            raise _trouble_of(report)
        found = write_json(to_json(report.capabilities))
        await self._store.write(lambda tables: tables.cloud.keep_fact(CloudFact.CAPABILITIES, found))
        return report.capabilities


def key_missing() -> UserError:
    """Return what is said where there are no credentials."""
    return UserError("The store's access key is missing.", hint="Enter it in the settings of the cloud.")


def _capabilities_in(text: str | None) -> StoreCapabilities | None:
    if text is None:
        return None
    try:
        words: Any = parse_json(text)
        known: StoreCapabilities = from_json(StoreCapabilities, words)
    except MalformedError:
        return None  # of another version: it is found out anew
    return known


def _trouble_of(report: ProbeReport) -> StoreTrouble:
    """Return why a store cannot be used, as the first step that failed tells it."""
    for finding in report.findings:
        if finding.trouble is not None:
            return StoreTrouble(finding.trouble, title=finding.sentence or None, hint=finding.remedy or None)
    return StoreTrouble(TroubleCode.UNSUPPORTED)
