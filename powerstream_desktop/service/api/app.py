"""The API as one application of ASGI. Access is judged around it (``service/access``), before any of this is reached."""

from __future__ import annotations

import asyncio
import functools
import json
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response

from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.routes import needed_scope
from powerstream_desktop.service.api import (
    access_routes,
    clips,
    cloud,
    endpoints,
    events,
    imports,
    ingest_key,
    key_places,
    lan,
    live,
    markers,
    media,
    platforms,
    preflight,
    profiles,
    replay_files,
    replay_media,
    rtmp_status,
    sessions,
    settings,
    station_pictures,
    stations,
    stats,
    studio,
    vod,
    vod_care,
)
from powerstream_desktop.service.api.errors import answer_errors
from powerstream_desktop.service.api.folder_names import FolderNames
from powerstream_desktop.service.api.parts import APIParts
from powerstream_desktop.service.api.studio_document import with_engine_words
from powerstream_desktop.service.api.words import ErrorAnswer

ROUTERS: Final[tuple[APIRouter, ...]] = (
    live.router,
    rtmp_status.router,
    markers.router,
    preflight.router,
    stations.router,
    station_pictures.router,
    endpoints.router,
    platforms.router,
    profiles.router,
    sessions.router,
    imports.router,
    vod_care.router,
    vod.router,
    media.router,
    replay_media.router,
    clips.router,
    cloud.router,
    studio.router,
    stats.router,
    events.router,
    access_routes.router,
    settings.router,
    key_places.router,
    ingest_key.router,
    lan.router,
    replay_files.router,
)
"""In the order of the document; where two could answer, the first does, so fixed names stand before ids."""

_ABOUT: Final = (
    "Everything that the window can do, for scripts and other programs. Names are camelCase, times are UTC, and no answer ever "
    "holds a platform's key."
)


def create_api(parts: APIParts) -> FastAPI:
    """Return the application; ``scope["state"]["caller"]`` tells it who asks."""
    app = FastAPI(
        title="PowerStream",
        version=parts.version,
        description=_ABOUT,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        responses={"default": {"model": ErrorAnswer, "description": "It was not done; says why."}},
        redirect_slashes=False,
    )
    app.state.parts = parts
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(FolderNames, folders=lambda: app.state.parts.owner.folders)
    answer_errors(app)  # around all that went before
    made = app.openapi
    app.openapi = functools.cache(lambda: _with_access(with_engine_words(made())))  # type: ignore[method-assign]
    app.add_api_route("/api/openapi.json", _document, include_in_schema=False)
    return app


async def _document(request: Request) -> Response:
    """Return this API's document. Making it takes a third of a second of work, in which a broadcast must not stand still."""
    app: FastAPI = request.app
    text = await asyncio.to_thread(lambda: json.dumps(app.openapi()))
    return Response(text, media_type="application/json")


def _with_access(document: dict[str, Any]) -> dict[str, Any]:
    """Say of every route which token it needs, by the very rules that ask for it."""
    schemes = document.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes["token"] = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            needed = needed_scope(RequestFacts(method=method.upper(), path=path, headers=()))
            operation["security"] = [] if needed is None else [{"token": [needed.value]}]
    return document
