"""Where a film under review is: a file of this computer, or an address of the service from where it comes as it is watched."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QUrl

from powerstream_desktop.client.client import Client

_ADDRESS: Final = "http://"


def is_streamed(place: str) -> bool:
    """Return whether it is an address."""
    return place.startswith(_ADDRESS)


def url_of(place: str) -> QUrl:
    """Return it as players take it."""
    return QUrl(place) if is_streamed(place) else QUrl.fromLocalFile(place)


def place_of_film(client: Client, asset_id: str) -> tuple[str, bool]:
    """Return where the film of a replay is, and whether that is its own file on this computer. Not on the window's thread."""
    film = client.library.film(asset_id)
    return client.film_place(film), film.is_here
