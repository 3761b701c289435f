"""The routes of what the owner of this computer decides (``OwnerParts``)."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api import key_places, lan, settings

router = APIRouter()
for _each in (settings.router, key_places.router, lan.router):
    router.include_router(_each)
