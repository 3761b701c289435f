"""All tables, as a job of the store gets them."""

from __future__ import annotations

import sqlite3

from powerstream_desktop.service.store.asset_bin import AssetBin
from powerstream_desktop.service.store.asset_files import AssetFiles
from powerstream_desktop.service.store.assets import Assets
from powerstream_desktop.service.store.cloud_notes import CloudNotes
from powerstream_desktop.service.store.endpoints import Endpoints
from powerstream_desktop.service.store.markers import Markers
from powerstream_desktop.service.store.profiles import Profiles
from powerstream_desktop.service.store.registrations import Registrations
from powerstream_desktop.service.store.sessions import Sessions
from powerstream_desktop.service.store.stations import Stations
from powerstream_desktop.service.store.timelines import Timelines
from powerstream_desktop.service.store.uploads import Uploads


class Tables:
    """The tables of one connection. Only within a job, on the store's thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.stations = Stations(connection)
        self.endpoints = Endpoints(connection)
        self.profiles = Profiles(connection)
        self.sessions = Sessions(connection)
        self.timelines = Timelines(connection)
        self.assets = Assets(connection)
        self.asset_bin = AssetBin(connection)
        self.asset_files = AssetFiles(connection)
        self.markers = Markers(connection)
        self.uploads = Uploads(connection)
        self.cloud = CloudNotes(connection)
        self.registrations = Registrations(connection)
