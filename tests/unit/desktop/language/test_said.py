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
from tests.unit.desktop.language.service_sentences import spoken_sentences
from tests.unit.desktop.language.speaking import speaking

PUT_TOGETHER = re.compile(
    r"(; 30\.|pictures30; My channel takes 30x30\.| 30 than its picture\.| s 30 its picture\.| too 30\.)$"
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


def test_every_finding_of_the_platforms_rules_and_the_watchdogs_is_known_in_german() -> None:
    forms = forms_of(GERMAN)
    sentences = [*spoken_sentences("platforms"), *spoken_sentences("engine/watchdogs")]
    assert len(sentences) > 60
    unknown = [each for each in sentences if not forms.knows("", each)]
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
            "3 Ziele mit 1 mitlaufenden Ersatz brauchen 31.2 Mbit/s Upload, mit 30 % Reserve; der Anschluss gibt 800 kbit/s her.",
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
        ("The sound comes 0.6 s ahead of its picture.", "Der Ton kommt 0.6 s vor seinem Bild."),
        ("The sound is 60 ms later than its picture.", "Der Ton ist 60 ms später als sein Bild."),
        ("Microphone is heard 90 ms too late.", "Microphone ist 90 ms zu spät zu hören."),
        ("Let it take the portrait rendition.", "Dort die Fassung im Hochformat nehmen."),
        (
            "The stream key of Kick stands in quotes.",
            "Der Stream-Schlüssel von Kick steht in Anführungszeichen.",
        ),
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


def test_every_settings_help_is_known_in_german() -> None:
    forms = forms_of(GERMAN)
    helps = [option.declared.help for option in OPTIONS.values()]
    assert [each for each in helps if not forms.knows("", each)] == []
