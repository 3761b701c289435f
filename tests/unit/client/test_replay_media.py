"""Waveforms and imports as the client gives them."""

from __future__ import annotations

import json

import pytest

from powerstream_desktop.client.address import Address, KnownAddress
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.request import Request
from powerstream_desktop.client.wire import RawAnswer
from powerstream_desktop.common.secrets import Secret


class Answering:
    """Gives one answer, and remembers the request."""

    def __init__(self, **words: object) -> None:
        self.sent: list[Request] = []
        self._answer = RawAnswer(status=200, body=json.dumps({"ok": True, **words}).encode())

    def send(self, request: Request, _: Address) -> RawAnswer:
        self.sent.append(request)
        return self._answer

    def close(self) -> None:
        """Nothing is open."""


def client(sender: Answering) -> Client:
    here = KnownAddress(known=Address(url="http://127.0.0.1:1", token=Secret("a-token")))
    return Client(here, sender=sender)


def test_a_waveform_comes_as_bytes() -> None:
    waveform = client(Answering(perSecond=10.0, peaks="AID/")).library.waveform("as1")
    assert (waveform.per_second, waveform.peaks) == (10.0, b"\x00\x80\xff")


def test_peaks_that_are_none_are_no_answer_of_ours() -> None:
    with pytest.raises(BadAnswerError):
        client(Answering(perSecond=10.0, peaks="no base64!")).library.waveform("as1")


def test_an_import_names_paths_and_station_and_tells_how_many_files_there_are() -> None:
    sender = Answering(importId="im1", total=3)
    begun = client(sender).library.import_files(["/a.mp4", "/films"], station_id="st1")
    assert (begun.import_id, begun.total) == ("im1", 3)
    [request] = sender.sent
    assert (request.method, request.path) == ("POST", "/api/vod/import")
    assert request.body == {"paths": ["/a.mp4", "/films"], "stationId": "st1"}
    assert not request.may_be_repeated
