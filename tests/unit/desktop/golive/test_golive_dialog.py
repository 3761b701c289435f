"""The sheet for going live: filled in as last time, looked at before, and it does what its button says."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.errors import ConflictError, ServiceGoneError
from powerstream_desktop.client.live import EXTERNAL, STUDIO
from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.golive.dialog import GoLiveDialog
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.toggle_chip import ToggleChip
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.destinations.stage import Stage, settled, unnamed
from tests.unit.desktop.destinations.values import STATUSES, finding, session
from tests.unit.desktop.driver import click, control, show, texts, type_text, wait_for


class Scene:
    """The sheet, and what is behind it."""

    def __init__(
        self, stage: Stage | None = None, *, is_slow: bool = False, profile_id: str | None = None
    ) -> None:
        self.stage = stage or Stage()
        self.stage.desk.is_slow = is_slow
        self.sheet = GoLiveDialog(self.stage.surroundings, profile_id=profile_id)
        self.stage.ways.open_sheet(self.sheet)
        settled(show(self.sheet))

    @property
    def go(self) -> Button:
        [button] = [each for each in self.sheet.findChildren(Button) if each.property("role") == "go"]
        return button

    @property
    def shown(self) -> list[str]:
        return texts(settled(self.sheet))

    @property
    def chosen(self) -> list[str]:
        return [
            each.words
            for each in self.sheet.findChildren(ToggleChip)
            if each.isChecked() and each.isVisible()
        ]

    @property
    def title(self) -> QLineEdit:
        return control(self.sheet, "Title", QLineEdit)

    def press(self, words: str) -> None:
        click(control(self.sheet, words, Button))

    def toggle(self, words: str) -> None:
        click(control(self.sheet, words, ToggleChip))

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a list as the keyboard does."""
        combo = control(self.sheet, name, QComboBox)
        place = combo.findText(words)
        assert place >= 0, f"{words} cannot be chosen"
        combo.setCurrentIndex(place)
        combo.activated.emit(place)
        settled(self.sheet)

    def looks(self) -> list[tuple[str, ...]]:
        """What was looked at, in order."""
        return [each[0] for each in self.stage.client.did("preflight.look")]


def test_it_is_filled_in_as_it_was_last_time() -> None:
    scene = Scene()
    assert scene.title.text() == "No Limit Live — Episode 12"
    assert control(scene.sheet, "Description", QPlainTextEdit).toPlainText() == "Guests: to be announced"
    assert control(scene.sheet, "Station", QComboBox).currentText() == "No Limit Live"
    assert control(scene.sheet, "Multistream profile", QComboBox).currentText() == "Weekly show"
    assert scene.chosen == ["YouTube", "Twitch", "Facebook", "Kick", "LinkedIn", "Record on this computer"]
    assert "Go live on No Limit Live" in scene.shown


def test_the_keyboard_begins_with_the_title_once_it_can_be_typed() -> None:
    scene = Scene(is_slow=True)
    assert not scene.title.isEnabled()
    scene.stage.desk.work()
    assert scene.sheet.focusWidget() is scene.title


def test_tab_reaches_the_destinations_where_they_stand_also_after_another_station() -> None:
    scene = Scene()
    for _ in range(2):
        stops = tab_stops(scene.sheet, scene.title)
        profile = stops.index(control(scene.sheet, "Multistream profile", QComboBox))
        source = stops.index(control(scene.sheet, "Picture and sound come from", QComboBox))
        chips = [each.words for each in stops[profile + 1 : source] if isinstance(each, ToggleChip)]
        assert chips == ["YouTube", "Twitch", "Facebook", "Kick", "LinkedIn", "TikTok"]
        assert len(chips) == source - profile - 1
        scene.choose("Station", "No Limit Live")


def tab_stops(sheet: QWidget, first: QWidget) -> list[QWidget]:
    """What Tab reaches, from the first on."""
    stops: list[QWidget] = [first]
    each = first.nextInFocusChain()
    while each is not None and each is not first:
        if (
            each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.focusProxy() is None
            and each.isVisibleTo(sheet)
            and sheet.isAncestorOf(each)
        ):
            stops.append(each)
        each = each.nextInFocusChain()
    return stops


def test_the_button_says_how_many_will_be_served_and_who_is_left_out() -> None:
    scene = Scene()
    assert scene.go.text() == "Go live on 4 of 5"
    assert "LinkedIn has no stream key." in scene.shown
    assert any(each.startswith("Left out at first: LinkedIn has no stream key.") for each in scene.shown)
    assert any("One encode serves all: 1920×1080" in each for each in scene.shown)
    assert "Disk: 78 hours of recording" in scene.shown


def test_while_servers_are_asked_nobody_has_to_wait_for_them() -> None:
    scene = Scene(is_slow=True)
    assert not scene.go.isEnabled(), "nothing is known yet"
    scene.stage.desk.work()
    assert scene.go.isEnabled()
    assert scene.go.text() == "Go live on 5 of 5"
    assert any(each.startswith("Asking 5 server") for each in scene.shown)
    scene.stage.desk.work()
    assert scene.go.text() == "Go live on 4 of 5"


def test_it_goes_live_as_it_was_filled_in_and_shows_the_studio() -> None:
    scene = Scene()
    scene.title.clear()
    type_text(scene.title, "Evening")
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert (wish.title, wish.description, wish.station_id) == ("Evening", "Guests: to be announced", "st1")
    assert (wish.selected_endpoints, wish.use_multistream, wish.recording_enabled) == (None, True, True)
    assert (wish.source, wish.is_rehearsal) == (STUDIO, False)
    assert scene.stage.ways.sheets == []
    assert scene.stage.ways.went == [(PageName.STUDIO, "")]


def test_another_choice_is_looked_at_anew_and_an_old_look_is_not_heard() -> None:
    scene = Scene()
    scene.stage.desk.is_slow = True
    scene.press("Look again")
    scene.toggle("Kick")
    wait_for(lambda: len(scene.stage.desk._waiting) == 2)
    scene.stage.client.preflight.findings = {"ki": (finding("error", "dns", "Kick was not found."),)}
    scene.stage.desk.work()
    assert scene.looks()[-2:] == [("yt", "tw", "fb", "ki", "li"), ("yt", "tw", "fb", "li")]
    assert "Kick was not found." not in scene.shown
    assert scene.go.text() == "Go live on 4 of 4"


def test_a_profile_chooses_its_destinations() -> None:
    scene = Scene()
    scene.choose("Multistream profile", "Quick update")
    assert scene.chosen == ["YouTube", "Facebook", "Record on this computer"]
    wait_for(lambda: scene.looks()[-1] == ("yt", "fb"))
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert (wish.profile_id, wish.selected_endpoints) == ("pr2", None)


def test_a_profile_can_be_begun_with() -> None:
    assert Scene(profile_id="pr2").chosen[:2] == ["YouTube", "Facebook"]


def test_another_station_has_its_own_title_and_destinations() -> None:
    stage = Stage()
    stage.client.stations.things.append(Station(words={}, id="st2", slug="other", name="Other"))
    stage.client.endpoints.things[0] = dataclasses.replace(stage.client.endpoints.things[0], station_id="st1")
    scene = Scene(stage)
    scene.choose("Station", "Other")
    assert "Go live on Other" in scene.shown
    assert "YouTube" not in scene.chosen


def test_nothing_chosen_is_recorded_only_and_not_even_that_does_nothing() -> None:
    scene = Scene()
    for name in ("YouTube", "Twitch", "Facebook", "Kick", "LinkedIn"):
        scene.toggle(name)
    assert (scene.go.text(), scene.go.isEnabled()) == ("Record only", True)
    scene.toggle("Record on this computer")
    assert not scene.go.isEnabled()
    scene.toggle("Record on this computer")
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert (wish.use_multistream, wish.recording_enabled) == (False, True)


UPLOAD = "Upload the replay when the stream ends"


def with_store(*, uploads: bool) -> Scene:
    stage = Stage()
    stage.client.settings.values |= {"cloud.kind": "s3", "cloud.upload_automatically": uploads}
    return Scene(stage)


def test_where_there_is_a_store_the_replay_may_be_uploaded_as_the_settings_say_or_not() -> None:
    scene = with_store(uploads=True)
    assert UPLOAD in scene.chosen
    scene.toggle(UPLOAD)
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert wish.upload_replay is False
    scene = with_store(uploads=False)
    assert UPLOAD not in scene.chosen
    scene.toggle(UPLOAD)
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert wish.upload_replay is True


def test_without_a_recording_there_is_nothing_to_upload() -> None:
    scene = with_store(uploads=True)
    scene.toggle("Record on this computer")
    assert not control(scene.sheet, UPLOAD, ToggleChip).isEnabled()
    scene.toggle("Record on this computer")
    assert control(scene.sheet, UPLOAD, ToggleChip).isEnabled()
    scene.toggle("Record on this computer")
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert (wish.recording_enabled, wish.upload_replay) == (False, None)


def test_without_a_store_nothing_is_said_of_uploads() -> None:
    scene = Scene()
    assert not control(scene.sheet, UPLOAD, ToggleChip).isVisible()
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert wish.upload_replay is None


def test_nobody_ready_means_not_live() -> None:
    stage = Stage()
    stage.client.preflight.findings = {
        each: (finding("error", "dns", f"{each} was not found."),) for each in ("yt", "tw", "fb", "ki", "li")
    }
    scene = Scene(stage)
    assert (scene.go.text(), scene.go.isEnabled()) == ("Go live on 0 of 5", False)


def test_an_empty_home_can_record_and_is_told_so() -> None:
    scene = Scene(Stage(empty=True))
    assert (scene.go.text(), scene.go.isEnabled()) == ("Record only", True)
    assert "No destination yet: it can be recorded and watched here." in scene.shown
    assert scene.looks() == []


def test_a_rehearsal_goes_nowhere() -> None:
    scene = Scene()
    scene.press("Rehearse")
    [(wish,)] = scene.stage.client.did("live.start")
    assert (wish.is_rehearsal, wish.recording_enabled) == (True, False)


def test_an_external_encoder_gets_its_address_and_its_key_masked() -> None:
    scene = Scene()
    assert scene.stage.client.did("keys.encoder_access") == [], "nobody asked for it"
    scene.choose("Picture and sound come from", "An external encoder such as OBS")
    key = control(scene.sheet, "Stream key for the encoder", QLineEdit)
    assert (key.text(), key.echoMode()) == ("made-up-encoder-key-1", QLineEdit.EchoMode.Password)
    assert key.isReadOnly()
    scene.press("Copy")
    assert QGuiApplication.clipboard().text() == "rtmp://127.0.0.1:1935/live"
    scene.press("New")
    assert key.text() == "made-up-encoder-key-2"
    assert any("when your encoder publishes" in each for each in scene.shown)
    wait_for(lambda: scene.stage.client.did("preflight.look")[-1][1]["source"] == EXTERNAL)
    click(scene.go)
    [(wish,)] = scene.stage.client.did("live.start")
    assert wish.source == EXTERNAL
    assert (
        scene.stage.ways.told[0][0] == "The broadcast waits for your encoder at rtmp://127.0.0.1:1936/live."
    )


def test_a_start_that_is_refused_is_said_in_place_and_nothing_typed_is_lost() -> None:
    scene = Scene()
    scene.stage.client.live.refuses = ServiceGoneError("The service does not answer.", hint="Wait a moment.")
    click(scene.go)
    assert "The service does not answer. Wait a moment." in scene.shown
    assert scene.title.text() == "No Limit Live — Episode 12"
    assert scene.go.isEnabled()
    assert scene.stage.ways.sheets == [scene.sheet]


def test_it_starts_once_however_often_it_is_pressed() -> None:
    scene = Scene()
    scene.stage.desk.is_slow = True
    click(scene.go)
    assert (scene.go.text(), scene.go.isEnabled()) == ("Starting…", False)
    scene.stage.desk.work()
    assert len(scene.stage.client.did("live.start")) == 1


def test_another_broadcast_is_shown_instead_of_begun_twice() -> None:
    scene = Scene()
    scene.stage.client.live.refuses = ConflictError("A broadcast runs already.", status=409, code="conflict")
    click(scene.go)
    assert "A broadcast runs already." in scene.shown
    scene.press("Show the broadcast")
    assert scene.stage.ways.went == [(PageName.STUDIO, "")]


def test_a_broadcast_that_begins_elsewhere_takes_the_button_away_until_it_is_over() -> None:
    scene = Scene()
    scene.stage.go_on_air(*STATUSES)
    assert not scene.go.isEnabled()
    assert "A broadcast runs already: No Limit Live — Episode 12." in scene.shown
    scene.stage.go_off_air()
    assert scene.go.isEnabled()
    assert not any("runs already" in each for each in scene.shown)


def test_a_key_is_mended_above_the_sheet_and_looked_at_anew() -> None:
    scene = Scene()
    scene.title.setText("Typed")
    scene.press("Paste a new key")
    above = scene.stage.ways.sheets[-1]
    assert isinstance(above, DestinationSheet)
    settled(show(above))
    type_text(control(above, "Stream key", QLineEdit), "made-up-key-of-linkedin")
    scene.stage.client.preflight.findings = {}
    click(control(above, "Save", Button))
    assert scene.stage.ways.sheets == [scene.sheet]
    assert (scene.go.text(), scene.title.text()) == ("Go live on 5 of 5", "Typed")


def test_the_studio_is_told_as_it_changes() -> None:
    scene = Scene()
    engine = EngineStatus(words={}, state="running", troubles=("The camera does not answer.",))
    scene.stage.feed.replace(dataclasses.replace(scene.stage.feed.now, engine=engine))
    assert "The camera does not answer." in scene.shown


def test_a_limit_of_the_bitrate_is_kept_by_a_press_and_looked_at_again() -> None:
    stage = Stage()
    limit = "Facebook sets this limit: 4000 kbit/s of video; the plan has 6000 kbit/s."
    found = finding("warning", "video-bitrate", limit, "Set the video bitrate to 4000 kbit/s.")
    stage.client.preflight.findings = {"fb": (found,)}
    scene = Scene(stage)
    assert limit in scene.shown
    stage.client.preflight.findings = {}
    scene.press("Use 4000\u00a0kbit/s")
    assert stage.client.settings.values["video.bitrate_kbps"] == 4000
    assert limit not in scene.shown
    assert any("4\u202f000" in each for each in scene.shown), "the summary tells the new bitrate"
    assert len(scene.looks()) == 2


def test_a_look_that_cannot_be_made_is_said_and_keeps_nobody_from_going_live() -> None:
    stage = Stage()
    stage.client.preflight.refuses = ServiceGoneError("The look took too long.")
    scene = Scene(stage)
    assert "The look took too long." in scene.shown
    assert scene.go.isEnabled()


def test_a_service_that_did_not_answer_is_asked_again_by_the_same_button() -> None:
    stage = Stage()
    stage.client.stations.refuses = ServiceGoneError("The service does not answer.")
    scene = Scene(stage)
    assert "The service does not answer." in scene.shown
    assert not scene.go.isEnabled()
    stage.client.stations.refuses = None
    scene.press("Look again")
    assert "The service does not answer." not in scene.shown
    assert scene.go.text() == "Go live on 4 of 5"


def test_it_is_cancelled() -> None:
    scene = Scene()
    scene.press("Cancel")
    assert scene.stage.ways.sheets == []


def test_everything_that_the_keyboard_reaches_has_a_name() -> None:
    scene = Scene()
    scene.choose("Picture and sound come from", "An external encoder such as OBS")
    assert unnamed(scene.sheet) == []


def test_a_first_broadcast_has_nothing_to_remember() -> None:
    stage = Stage()
    stage.client.sessions.told = None
    scene = Scene(stage)
    assert scene.title.text() == ""
    assert scene.go.text() == "Go live on 4 of 5"
    assert session().title not in scene.shown
