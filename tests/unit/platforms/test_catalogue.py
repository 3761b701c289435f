"""The catalogue: what the user's own file changes, and what it may not hold."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.platforms.checked_table import CheckedTable
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.platforms.platform_entry import read_platform
from powerstream_desktop.platforms.words import Words
from tests.unit.platforms.endpoints import CATALOGUE


class Home:
    """A user's folders with a file of platforms."""

    def __init__(self, folder: Path) -> None:
        self._paths = Paths.from_environment({"POWERSTREAM_HOME": str(folder)})
        self._paths.ensure()
        self.file = self._paths.config / "platforms.toml"

    def load(self, content: str | bytes) -> Catalogue:
        """Write the user's file and load the catalogue."""
        self.file.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_catalogue(self._paths)

    def refusal(self, content: str | bytes) -> str:
        """Return why the user's file is refused, without its name."""
        with pytest.raises(UserError) as refused:
            self.load(content)
        title = refused.value.title
        assert str(self.file) in title
        assert refused.value.hint
        return title.replace(str(self.file), "FILE")

    def load_without_a_file(self) -> Catalogue:
        """Load the catalogue of a user who has no file."""
        return load_catalogue(self._paths)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_without_a_file_of_the_users_own_the_platforms_are_those_of_the_program(home: Home) -> None:
    known = [platform.id for platform in home.load_without_a_file().platforms]

    assert known[0] == "youtube"
    assert known[-1] == "rehearsal"


def test_a_field_of_the_users_own_replaces_only_that_field(home: Home) -> None:
    twitch = home.load("[twitch.limits]\nvideo_kbps = 8000\n").platform("twitch")

    before = CATALOGUE.platform("twitch")
    assert twitch.limits.video_kbps == 8000
    assert twitch.limits.audio_kbps == before.limits.audio_kbps
    assert twitch.servers == before.servers
    assert twitch.words == before.words


def test_a_list_of_the_users_own_replaces_the_whole_list(home: Home) -> None:
    content = '[[twitch.servers]]\nname = "Near"\nurl = "rtmp://near.twitch.example/app"\n'

    assert [server.name for server in home.load(content).platform("twitch").servers] == ["Near"]


def test_what_the_user_states_is_no_longer_unconfirmed(home: Home) -> None:
    kick = home.load("[kick.limits]\nvideo_kbps = 6000\n").platform("kick")

    assert kick.confirms("limits.video_kbps")
    assert not kick.confirms("help_url")


def test_the_user_may_say_that_a_field_is_unconfirmed(home: Home) -> None:
    twitch = home.load('[twitch]\nunconfirmed = ["limits.max_fps"]\n').platform("twitch")

    assert not twitch.confirms("limits.max_fps")


def test_a_platform_of_the_users_own_stands_behind_the_others(home: Home) -> None:
    content = """
        [peertube]
        name = "Our PeerTube"
        codecs = ["avc1", "mp4a"]
        rendition = "portrait"
        servers = [{ name = "Ours", url = "rtmps://tube.example.com/live" }]
        [peertube.words.key-refused]
        sentence = "{name} is not live in PeerTube."
    """
    platforms = home.load(content).platforms

    peertube = platforms[-1]
    assert peertube.name == "Our PeerTube"
    assert peertube.rendition is Rendition.PORTRAIT
    assert peertube.words == {FailureKind.KEY_REFUSED: Words("{name} is not live in PeerTube.")}
    assert len(platforms) == len(CATALOGUE.platforms) + 1


def test_a_platform_that_nobody_knows_is_a_custom_server_of_that_name() -> None:
    unknown = CATALOGUE.platform("peertube")

    assert unknown.generic
    assert (unknown.id, unknown.name) == ("peertube", "peertube")
    assert unknown.codecs is None


@pytest.mark.parametrize(("typed", "meant"), [("twich", "twitch"), ("you-tube", "youtube"), ("kik", "kick")])
def test_a_typing_mistake_finds_the_platform_that_was_meant(typed: str, meant: str) -> None:
    assert CATALOGUE.meant_id(typed) == meant


@pytest.mark.parametrize("typed", ["nginx", "mock", "test", "local", "peertube", "srs", "rtmp"])
def test_a_word_like_no_platform_finds_none(typed: str) -> None:
    assert CATALOGUE.meant_id(typed) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[twitch]\ncolour = "violet"', "FILE: twitch.colour is not known."),
        ("[twitch.limits]\nspeed = 3", "FILE: twitch.limits.speed is not known."),
        ("[twitch.key]\nform = 'x'", "FILE: twitch.key.form is not known."),
        ("twitch = 3", "FILE: twitch must be a table."),
        ("[twitch]\nlimits = 3", "FILE: twitch.limits must be a table."),
        ("[twitch]\nname = 3", "FILE: twitch.name must be a text in quotes."),
        ('[twitch]\nname = "a\\nb"', "FILE: twitch.name must be one line of at most 500 characters."),
        ("[twitch]\nrequires_tls = 1", "FILE: twitch.requires_tls must be true or false."),
        ('[twitch]\nchecked_on = "today"', "FILE: twitch.checked_on must be a date such as 2026-08-21."),
        ("[twitch]\nchecked_on = 2026-08-21T01:02:03", "FILE: twitch.checked_on must be a date such as"),
        ('[twitch]\ncodecs = "avc1"', "FILE: twitch.codecs must be a list of texts."),
        ('[twitch]\ncodecs = ["h264"]', "FILE: twitch.codecs names a codec that is not known."),
        ('[twitch]\nrendition = "square"', "FILE: twitch.rendition must be one of landscape, portrait."),
        ('[twitch]\nhelp_url = "http://twitch.tv"', "FILE: twitch.help_url must begin with https://"),
        ('[twitch]\nunconfirmed = ["speed"]', "FILE: twitch.unconfirmed names a field that is not known."),
        ("[twitch]\nservers = 3", "FILE: twitch.servers must be a list of tables."),
        ("[[twitch.servers]]\nurl = 'srt://h/a'", "FILE: twitch.servers[1].url is not a server address."),
        ("[[twitch.servers]]\nport = 1", "FILE: twitch.servers[1].port is not known."),
        ("[twitch.limits]\nvideo_kbps = 0", "FILE: twitch.limits.video_kbps must be a whole number from 1 to"),
        ("[twitch.limits]\nvideo_kbps = true", "FILE: twitch.limits.video_kbps must be a whole number from 1 to"),
        ("[twitch.limits]\nvideo_kbps = 6e3", "FILE: twitch.limits.video_kbps must be a whole number from 1 to"),
        ("[twitch.limits]\nmax_width = 720", "FILE: twitch.limits.max_width is the longer side"),
        ("[twitch.limits]\nvideo_steps = [{ height = 720, fps = 30 }]", "FILE: twitch.limits.video_steps[1].height, fps"),
        ("[twitch.key]\npattern = '('", "FILE: twitch.key.pattern is not a regular expression."),
        ("[twitch.key]\npattern = 'x+'", "FILE: twitch.key.example does not fit the pattern."),
        ("[twitch.words.rain]\nremedy = 'Wait.'", "FILE: twitch.words.rain is not a kind of failure."),
        ("[twitch.words.dns]\nremedy = 'Wait'", "FILE: twitch.words.dns.remedy must end with a full stop."),
        ("[twitch.words.dns]\nsentence = 'It rains.'", "FILE: twitch.words.dns.sentence must hold {name}"),
        ("[twitch.words.dns]\nsentence = '{name} {0}.'", "FILE: twitch.words.dns.sentence may hold no braces"),
        ("[twitch.words.dns]\nremedy = 'Ask {name}.'", "FILE: twitch.words.dns.remedy may hold no braces"),
        ("[twitch.words.dns]\nmood = 'Bad.'", "FILE: twitch.words.dns.mood is not known."),
        ("[peertube]\nserver_per_event = true", "FILE: peertube.name is missing."),
        ("['Our tube']\nname = 'Ours'", "FILE: 'Our tube' is not an id."),
        ("[twitch\n", "FILE is not valid TOML: "),
        (b"\xff\xfe\0[", "FILE is not a text file."),
        ("a = " + "[" * 10_000, "FILE is not a catalogue of platforms."),
        ("a = " + "1" * 5_000, "FILE is not a catalogue of platforms."),
        (b"#" * (1024 * 1024 + 1), "FILE is not a catalogue of platforms."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_users_file_is_named_by_file_platform_and_field(
    home: Home, content: str | bytes, sentence: str
) -> None:
    assert home.refusal(content).startswith(sentence)


def test_a_home_that_cannot_be_is_no_matter_of_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "home").touch()

    assert load_catalogue(Paths.from_environment({"POWERSTREAM_HOME": str(tmp_path / "home")})) == CATALOGUE


def test_a_folder_in_place_of_the_users_file_is_named(home: Home) -> None:
    home.file.mkdir()

    with pytest.raises(UserError, match="cannot be read"):
        home.load_without_a_file()


LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        ["", "Ours", "portrait", "avc1", "rtmp://h/a", "https://h/", "live_[0-9]+", "(", "{name} is."]
    ),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.lists(st.integers() | st.sampled_from(["avc1", "limits.max_fps"]), max_size=2),
)
FIELDS = st.sampled_from(
    ["name", "servers", "codecs", "rendition", "help_url", "checked_on", "unconfirmed", "limits", "key", "words", "url",
     "backup", "video_kbps", "video_steps", "height", "fps", "kbps", "pattern", "example", "one_event", "dns", "remedy"]
)  # fmt: skip


VALUES = st.recursive(
    LEAVES,
    lambda inner: st.dictionaries(FIELDS, inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=6,
)


@given(st.dictionaries(FIELDS, VALUES, max_size=4))
def test_whatever_a_file_holds_it_is_read_or_refused(values: dict[str, Any]) -> None:
    with suppress(UserError):
        assert read_platform("ours", CheckedTable(values, "ours", "FILE")).name
