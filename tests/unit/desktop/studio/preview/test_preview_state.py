from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.studio.preview.state import PreviewState, preview_state
from tests.unit.desktop.studio.studio_words import an_engine

S, P = ServiceState, PreviewState


@pytest.mark.parametrize("service", list(ServiceState))
def test_pictures_of_a_living_engine_are_shown_whatever_the_service_does(service: ServiceState) -> None:
    assert preview_state(service, None, has_picture=True, is_alive=True) is P.SHOWING


@pytest.mark.parametrize(("service", "has_picture"), list(itertools.product((S.AWAY, S.SHUT), (True, False))))
def test_without_service_and_engine_nobody_knows(service: ServiceState, has_picture: bool) -> None:
    state = preview_state(service, an_engine("failed"), has_picture=has_picture, is_alive=False)
    assert state is P.AWAY


@pytest.mark.parametrize("state", ["starting", "running", "failed"])
def test_an_engine_that_is_started_again_is_coming_back(state: str) -> None:
    engine = an_engine(state, isComingBack=True)
    assert preview_state(S.THERE, engine, has_picture=False, is_alive=False) is P.COMING_BACK


def test_an_engine_that_fell_silent_is_coming_back() -> None:
    assert preview_state(S.THERE, an_engine(), has_picture=True, is_alive=False) is P.COMING_BACK


def test_an_engine_that_stays_failed_has_failed() -> None:
    assert preview_state(S.THERE, an_engine("failed"), has_picture=True, is_alive=False) is P.FAILED


@pytest.mark.parametrize("service", [S.STARTING, S.THERE])
@pytest.mark.parametrize("is_alive", [True, False])
def test_before_the_first_picture_the_studio_is_starting(service: ServiceState, is_alive: bool) -> None:
    assert preview_state(service, None, has_picture=False, is_alive=is_alive) is P.STARTING
    assert preview_state(service, an_engine("starting"), has_picture=False, is_alive=is_alive) is P.STARTING
