"""The shape of the database, as the numbered steps that led to it. A step that was released is never changed again.

Each is applied in one transaction together with its number, after a snapshot was taken and the step rehearsed on it
(``opening``). Enumerations are not checked here, because a new value would then need a new table; reading does it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from powerstream_desktop.service.store.asset_listing import title_key
from powerstream_desktop.service.store.search_words import indexed_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step.

    Attributes:
        number: the database's ``user_version`` after it, counted from 1.
        script: the statements.
        functions: of one text, by the names under which the script calls them: what SQLite does not know of letters.
    """

    number: int
    script: str
    functions: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


_STATIONS = """
CREATE TABLE stations (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    picture TEXT,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE endpoints (
    id TEXT PRIMARY KEY,
    station_id TEXT REFERENCES stations ON DELETE CASCADE,
    user_id TEXT,
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    server_url TEXT NOT NULL,
    backup_server_url TEXT,
    backup_use TEXT NOT NULL,
    key_ref TEXT,
    key_saved_on TEXT,
    rendition TEXT NOT NULL,
    priority INTEGER NOT NULL,
    codecs TEXT,
    max_video_kbps INTEGER,
    max_height INTEGER,
    max_fps INTEGER,
    is_active INTEGER NOT NULL,
    last_status TEXT,
    last_error TEXT,
    last_connected_ms INTEGER,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX endpoints_of_station ON endpoints (station_id);

CREATE TABLE profiles (
    id TEXT PRIMARY KEY,
    station_id TEXT REFERENCES stations ON DELETE CASCADE,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX profiles_of_station ON profiles (station_id);

CREATE TABLE profile_endpoints (
    profile_id TEXT NOT NULL REFERENCES profiles ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    endpoint_id TEXT NOT NULL REFERENCES endpoints ON DELETE CASCADE,
    PRIMARY KEY (profile_id, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX profiles_of_endpoint ON profile_endpoints (endpoint_id);
"""

# Sessions name stations, endpoints and replays without a foreign key: history outlives what it tells of.
_SESSIONS = """
CREATE TABLE sessions (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    station_id TEXT,
    user_id TEXT,
    profile_id TEXT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    source TEXT NOT NULL,
    is_recorded INTEGER NOT NULL,
    asset_id TEXT,
    started_ms INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    ending TEXT,
    ending_words TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_of_station ON sessions (station_id, place);
CREATE INDEX sessions_running ON sessions (place) WHERE ended_ms IS NULL;

CREATE TABLE session_destinations (
    number INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    endpoint_id TEXT NOT NULL,
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    rendition TEXT NOT NULL,
    UNIQUE (session_id, endpoint_id)
) STRICT;

CREATE TABLE state_changes (
    number INTEGER PRIMARY KEY,
    destination INTEGER NOT NULL REFERENCES session_destinations ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    cause_code TEXT,
    cause_sentence TEXT,
    cause_remedy TEXT
) STRICT;
CREATE INDEX changes_of_destination ON state_changes (destination, number);

CREATE TABLE figures (
    destination INTEGER NOT NULL REFERENCES session_destinations ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    bitrate_kbps INTEGER NOT NULL,
    queue_ms INTEGER NOT NULL,
    bytes_sent INTEGER NOT NULL,
    frames_sent INTEGER NOT NULL,
    frames_dropped INTEGER NOT NULL,
    connects INTEGER NOT NULL,
    PRIMARY KEY (destination, at_ms)
) STRICT, WITHOUT ROWID;
"""

# The index keeps words of our own making (search_words), so that no SQLite's idea of Unicode matters.
_REPLAYS = """
CREATE TABLE assets (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    station_id TEXT,
    session_id TEXT,
    user_id TEXT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    file TEXT,
    thumbnail TEXT,
    status TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    recorded_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX assets_of_station ON assets (station_id, place);
CREATE INDEX assets_of_session ON assets (session_id);

CREATE VIRTUAL TABLE asset_words USING fts5 (
    title, description, station, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3', columnsize = 0
);

CREATE TABLE markers (
    id TEXT PRIMARY KEY,
    session_id TEXT REFERENCES sessions (id) ON DELETE SET NULL,
    asset_id TEXT REFERENCES assets (id) ON DELETE CASCADE,
    offset_ms INTEGER NOT NULL,
    label TEXT NOT NULL,
    CHECK (session_id IS NOT NULL OR asset_id IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX markers_of_session ON markers (session_id, offset_ms);
CREATE INDEX markers_of_asset ON markers (asset_id, offset_ms);
"""

_UPLOADS = """
CREATE TABLE uploads (
    asset_id TEXT PRIMARY KEY REFERENCES assets (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    bytes_done INTEGER NOT NULL,
    bytes_total INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

# Replays get what their files are made of, where they came from, and a place in the bin. A marker's label is found too, so the
# index of words is made anew; what SQLite cannot spell as ``search_words`` does is put right when its replay is next written.
_LIBRARY = """
ALTER TABLE assets ADD COLUMN width INTEGER;
ALTER TABLE assets ADD COLUMN height INTEGER;
ALTER TABLE assets ADD COLUMN fps REAL;
ALTER TABLE assets ADD COLUMN video_codec TEXT;
ALTER TABLE assets ADD COLUMN audio_codec TEXT;
ALTER TABLE assets ADD COLUMN sha256 TEXT;
ALTER TABLE assets ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assets ADD COLUMN clip_of TEXT;
ALTER TABLE assets ADD COLUMN clip_start_ms INTEGER;
ALTER TABLE assets ADD COLUMN clip_end_ms INTEGER;
ALTER TABLE assets ADD COLUMN gaps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE assets ADD COLUMN destination_gaps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE assets ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
ALTER TABLE assets ADD COLUMN status_there TEXT;
ALTER TABLE assets ADD COLUMN bin_token TEXT;
ALTER TABLE assets ADD COLUMN binned_ms INTEGER;
UPDATE assets SET title_key = lower(substr(title, 1, 64));

DROP INDEX assets_of_station;
CREATE INDEX assets_by_time ON assets (place, status, station_id) WHERE binned_ms IS NULL;
CREATE INDEX assets_by_title ON assets (title_key, place, status, station_id) WHERE binned_ms IS NULL;
CREATE INDEX assets_by_length ON assets (duration_ms, place, status, station_id) WHERE binned_ms IS NULL;
CREATE INDEX assets_by_size ON assets (size_bytes, place, status, station_id) WHERE binned_ms IS NULL;
CREATE INDEX assets_in_the_bin ON assets (binned_ms) WHERE binned_ms IS NOT NULL;

ALTER TABLE asset_words RENAME TO asset_words_before;
CREATE VIRTUAL TABLE asset_words USING fts5 (
    title, description, markers, facts,
    tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3', columnsize = 0
);
INSERT INTO asset_words (rowid, title, description, markers, facts)
SELECT
    place, words.title, words.description,
    coalesce((SELECT lower(group_concat(label, ' ')) FROM markers WHERE asset_id = assets.id), ''),
    words.station || ' t' || status
FROM asset_words_before AS words JOIN assets ON place = words.rowid;
DROP TABLE asset_words_before;
"""

# Nothing has ever written an upload before this step. An upload outlives its replay's row until the store has forgotten it, so it
# names the replay without a foreign key; so do manifests and lost texts, which tell of replays that are gone.
_CLOUD = """
DROP TABLE uploads;
CREATE TABLE uploads (
    asset_id TEXT PRIMARY KEY,
    rank INTEGER NOT NULL,
    state TEXT NOT NULL,
    record TEXT NOT NULL,
    hashes TEXT NOT NULL,
    bytes_done INTEGER NOT NULL,
    bytes_total INTEGER NOT NULL,
    trouble_code TEXT,
    trouble_sentence TEXT,
    trouble_remedy TEXT,
    was_file TEXT,
    changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_in_order ON uploads (rank);

CREATE TABLE upload_parts (
    asset_id TEXT NOT NULL REFERENCES uploads ON DELETE CASCADE,
    number INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (asset_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE manifests (
    asset_id TEXT PRIMARY KEY,
    etag TEXT,
    base TEXT,
    ours TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lost_texts (
    number INTEGER PRIMARY KEY,
    asset_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    device TEXT NOT NULL,
    written_ms INTEGER NOT NULL,
    lost_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX lost_texts_of_asset ON lost_texts (asset_id, number);

CREATE TABLE cloud_facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

# The step of the library spelled titles and labels as SQLite does, which knows no capital letters but A to Z, and no accents.
_SPELLING = """
UPDATE assets SET title_key = title_key(title);
UPDATE asset_words SET markers = (
    SELECT indexed_words(group_concat(label, ' ')) FROM markers JOIN assets ON assets.id = markers.asset_id
    WHERE assets.place = asset_words.rowid
) WHERE rowid IN (SELECT place FROM assets WHERE id IN (SELECT asset_id FROM markers));
"""

# Nothing has ever written a manifest before this step.
_MANIFESTS = """
ALTER TABLE uploads ADD COLUMN life TEXT NOT NULL DEFAULT '';
CREATE INDEX uploads_by_life ON uploads (life, rank);

DROP TABLE manifests;
CREATE TABLE manifests (
    asset_id TEXT PRIMARY KEY,
    manifest TEXT NOT NULL,
    published TEXT NOT NULL,
    etag TEXT,
    is_ahead INTEGER NOT NULL,
    is_deleted INTEGER NOT NULL,
    is_purged INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX lost_texts_once ON lost_texts (asset_id, field, written_ms, device, value);
"""

# A replay whose film is nowhere here may be at an address that who registered it has told.
_LINKS = """
ALTER TABLE assets ADD COLUMN video_link TEXT;
ALTER TABLE assets ADD COLUMN thumbnail_link TEXT;
"""

_REGISTRATIONS = """
CREATE TABLE registrations (
    asset_id TEXT PRIMARY KEY,
    words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

# Whoever went live said whether its replay is uploaded; nothing for what the settings say.
_WISHES = """
ALTER TABLE sessions ADD COLUMN is_uploaded INTEGER;
"""

# What somebody wants of a replay's copies, and that waits for its turn, outlives the run in which it was asked for.
_COPY_WISHES = """
ALTER TABLE uploads ADD COLUMN wanted TEXT;
CREATE INDEX uploads_wanted ON uploads (rank) WHERE wanted IS NOT NULL;
"""

MIGRATIONS: Final = (
    Migration(number=1, script=_STATIONS),
    Migration(number=2, script=_SESSIONS),
    Migration(number=3, script=_REPLAYS),
    Migration(number=4, script=_UPLOADS),
    Migration(number=5, script=_LIBRARY),
    Migration(number=6, script=_CLOUD),
    Migration(number=7, script=_SPELLING, functions={"title_key": title_key, "indexed_words": indexed_words}),
    Migration(number=8, script=_MANIFESTS),
    Migration(number=9, script=_LINKS),
    Migration(number=10, script=_REGISTRATIONS),
    Migration(number=11, script=_WISHES),
    Migration(number=12, script=_COPY_WISHES),
)
NEWEST: Final = MIGRATIONS[-1].number
