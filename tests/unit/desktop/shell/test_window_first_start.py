"""What a window begins with."""

from __future__ import annotations

import pytest

from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.desktop.language.language import choose
from powerstream_desktop.desktop.shell.kept_window import KeptWindow
from tests.unit.desktop.driver import click, show, wait_for
from tests.unit.desktop.shell.outlooks import live
from tests.unit.desktop.shell.windows import FakePage, FirstPage, Windowed, entry


class TestTheFirstStart:
    def test_a_home_without_anything_begins_with_its_page(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        show(windowed.window)
        assert not windowed.shows(FakePage)
        windowed.desk.work()
        assert windowed.shows(FirstPage)
        assert not windowed.window.kept.is_first_start_over
        click(entry(windowed, "Studio"))
        assert not windowed.shows(FirstPage)
        assert windowed.window.kept.is_first_start_over

    @pytest.mark.parametrize("what", ["endpoint_list", "session_list"])
    def test_who_has_set_something_up_or_was_live_begins_with_the_studio(self, what: str) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        setattr(windowed.client, what, ("something",))
        windowed.desk.work()
        assert windowed.shows(FakePage)
        assert not windowed.shows(FirstPage)

    def test_who_went_elsewhere_meanwhile_stays_there(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        show(windowed.window)
        click(entry(windowed, "Settings"))
        settings = windowed.page
        windowed.desk.work()
        assert windowed.page is settings

    def test_another_language_shows_its_page_once_more(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        windowed.desk.work()
        before = windowed.window.page
        try:
            choose("de")
            wait_for(lambda: windowed.window.page is not before)
            windowed.desk.work()
            assert windowed.shows(FirstPage)
        finally:
            choose("en")

    def test_who_has_been_in_the_studio_is_shown_it_no_more(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        show(windowed.window)
        windowed.desk.work()
        click(entry(windowed, "Settings"))
        assert not windowed.window.kept.is_first_start_over
        click(entry(windowed, "Studio"))
        assert windowed.window.kept.is_first_start_over

    def test_a_service_that_cannot_say_does_not_keep_anybody_waiting(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)

        def gone() -> None:
            raise ServiceGoneError("It is gone.")

        windowed.client.endpoints.all = gone
        windowed.desk.work()
        assert windowed.shows(FakePage)

    def test_a_broadcast_that_begins_leads_to_the_studio(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        windowed.desk.work()
        assert windowed.shows(FirstPage)
        windowed.service.comes()
        windowed.service.tells("live", live("starting"))
        assert not windowed.shows(FirstPage)
