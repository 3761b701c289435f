"""The service's sentences, in German."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.desktop.language.language import GERMAN
from powerstream_desktop.desktop.language.said import forms_of, said
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.platforms.words import BY_DETAIL, GENERAL, Words
from powerstream_desktop.service.settings.settings import OPTIONS
from tests.unit.desktop.language.service_sentences import SPEAKERS, spoken_sentences
from tests.unit.desktop.language.speaking import speaking

PUT_TOGETHER = re.compile(
    r"(; 30\.|pictures30; My channel takes 30x30\.| 30 than its picture\.| s 30 its picture\.| too 30\.|^30 30 30\."
    r"|^Removed from the library30\.|^No 30 is plugged in\.|^30s: 3030\.|^PowerStream runs already30\."
    r"|^30; 30 30\.|^The setting My channel 30\.|^The encoder My channel 30\.|^The file of your 30 30[.,].*)$"
)
"""Sentences of which the code has the pieces only; some of them as they are said stand in the examples below."""


def catalogue(home: Path) -> Catalogue:
    return load_catalogue(Paths.from_environment({"POWERSTREAM_HOME": str(home)}))


def causes(home: Path) -> Iterator[tuple[str, Words]]:
    for kind, words in GENERAL.items():
        yield kind.value, words
    for kind, patterns in BY_DETAIL.items():
        yield from ((kind.value, words) for _, words in patterns)
    for platform in catalogue(home).platforms:
        yield from ((kind.value, words) for kind, words in platform.words.items())


def test_every_cause_and_remedy_is_known_in_german(tmp_path: Path) -> None:
    forms = forms_of(GERMAN)
    missing = [
        (code, text)
        for code, words in causes(tmp_path)
        for text in (words.sentence, words.remedy)
        if text and not forms.knows(code, text.replace("{name}", "My channel"))
    ]
    assert missing == []


def test_every_way_to_a_key_is_known_in_german(tmp_path: Path) -> None:
    forms = forms_of(GERMAN)
    ways = [platform.key.where for platform in catalogue(tmp_path).platforms]
    assert [way for way in ways if way and not forms.knows("key-shape", way)] == []


def test_the_speakers_say_much() -> None:
    assert sum(len(spoken_sentences(speaker)) for speaker in SPEAKERS) > 600


@pytest.mark.parametrize("speaker", SPEAKERS)
def test_every_sentence_is_known_in_german(speaker: str) -> None:
    """Write what is missing into ``resources/translations/de/service``; a hole ``{reason*}`` holds words of the service in their turn."""
    forms = forms_of(GERMAN)
    unknown = [each for each in spoken_sentences(speaker) if not forms.knows("", each)]
    assert [each for each in unknown if not PUT_TOGETHER.search(each)] == []


@pytest.mark.parametrize(
    ("sentence", "german"),
    [
        (
            "Twitch sets this limit: 6000 kbit/s of video; the plan has 8000 kbit/s.",
            "Twitch setzt diese Grenze: 6000 kbit/s Video; geplant sind 8000 kbit/s.",
        ),
        (
            "3 destinations with 1 hot backup need 31.2 Mbit/s of upload, with a reserve of 30 %; your upload gives 800 kbit/s.",
            "3 Ziele mit 1 mitlaufenden Ersatz brauchen 31,2 Mbit/s Upload, mit 30 % Reserve; der Anschluss gibt 800 kbit/s her.",
        ),
        (
            "Stream to 2 platforms at most, or set the video to 3100 kbit/s.",
            "Zu höchstens 2 Plattformen streamen, oder das Video auf 3100 kbit/s stellen.",
        ),
        (
            "TikTok is made for upright pictures; My channel takes 1280x720.",
            "TikTok ist für Hochformat gemacht; My channel nimmt 1280x720.",
        ),
        (
            "Kick may take no more than a picture of 1920x1080 (unconfirmed); the plan has 2560x1440.",
            "Kick nimmt vielleicht nicht mehr als ein Bild von 1920x1080 (unbestätigt); geplant sind 2560x1440.",
        ),
        ("The sound comes 0.6 s ahead of its picture.", "Der Ton kommt 0,6 s vor seinem Bild."),
        ("The sound is 60 ms later than its picture.", "Der Ton ist 60 ms später als sein Bild."),
        ("Microphone is heard 90 ms too late.", "Microphone ist 90 ms zu spät zu hören."),
        ("Let it take the portrait rendition.", "Dort die Fassung im Hochformat nehmen."),
        (
            "The stream key of Kick stands in quotes.",
            "Der Stream-Schlüssel von Kick steht in Anführungszeichen.",
        ),
        (
            "The settings cannot be saved in /srv/settings.toml: No space left on device.",
            "Die Einstellungen können in /srv/settings.toml nicht gespeichert werden: kein Platz mehr auf dem Datenträger.",
        ),
        (
            "Port 1935 for external encoders is taken by nginx (process 7).",
            "Port 1935 für externe Encoder ist belegt von nginx (process 7).",
        ),
        (
            "Screens: HDMI-1 1920x1080; 3 windows.",
            "Bildschirme: HDMI-1 1920x1080; 3 Fenster.",
        ),
        ("No microphone is plugged in.", "Kein Mikrofon ist angesteckt."),
        ("Cameras: Webcam, Capture card and 2 more.", "Kameras: Webcam, Capture card und 2 weitere."),
        ("PowerStream runs already.", "PowerStream läuft schon."),
        (
            "PowerStream runs already at http://127.0.0.1:5001.",
            "PowerStream läuft schon unter http://127.0.0.1:5001.",
        ),
        ("The field title is missing.", "Das Feld title fehlt."),
        (
            "The file of your scenes is damaged. It was kept as studio.kept-1.json; these are the scenes of a first start.",
            "Die Datei mit Szenen ist beschädigt. Sie ist als studio.kept-1.json aufgehoben; dies hier ist der Stand eines ersten Starts (Szenen).",
        ),
        ("The encoder h264_qsv does not answer.", "Der Encoder h264_qsv antwortet nicht."),
        (
            "The setting video.fps must be a whole number from 1 to 120.",
            "Die Einstellung video.fps muss eine ganze Zahl von 1 bis 120 sein.",
        ),
        (
            "The limiter's limit can be -24 to 0 dBFS, not 3.",
            "Möglich sind -24 bis 0 dBFS, nicht 3 (Grenze des Limiters).",
        ),
        ("Window 'notes' gives no picture.", "Fenster 'notes' gibt kein Bild."),
        ("The screen HDMI-1 is gone.", "Nicht mehr da: Bildschirm HDMI-1."),
        (
            "Removed from the library; the file stays at its place.",
            "Aus der Bibliothek entfernt; die Datei bleibt, wo sie ist.",
        ),
        ("Show.avi is an AVI file, not a video.", "Show.avi ist eine AVI-Datei, kein Video."),
        ("Something that nobody has translated.", "Something that nobody has translated."),
        ("", ""),
    ],
)
def test_a_sentence_in_german(sentence: str, german: str) -> None:
    with speaking("de"):
        assert said("", sentence) == german
    with speaking("en"):
        assert said("", sentence) == sentence


def test_the_language_of_tests_says_everything() -> None:
    with speaking("qps"):
        assert said("dns", "Kick did not answer.").startswith("[Ķîçķ")


def test_every_settings_unit_is_known_in_german_but_those_of_all_languages() -> None:
    everywhere = {"", "s", "min", "%", "kbit/s", "MB", "GB"}
    units = {option.declared.kind.described().unit for option in OPTIONS.values()} - everywhere
    assert units
    assert [each for each in units if not forms_of(GERMAN).knows("", each)] == []


def test_every_settings_help_is_known_in_german() -> None:
    forms = forms_of(GERMAN)
    helps = [option.declared.help for option in OPTIONS.values()]
    assert [each for each in helps if not forms.knows("", each)] == []
