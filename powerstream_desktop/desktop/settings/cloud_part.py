"""Cloud: where copies of replays go, what opens the store, and whether it works."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from powerstream_desktop.client.cloud import CloudStanding, StoreWish
from powerstream_desktop.client.settings import AllSettings, Value
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.look.restyle import set_style_property
from powerstream_desktop.desktop.settings.calm_boxes import CalmComboBox
from powerstream_desktop.desktop.settings.cloud_presets import PRESETS, preset_of, where_keys_are_made
from powerstream_desktop.desktop.settings.option_row import EDITOR_PX
from powerstream_desktop.desktop.settings.part import Part
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.settings.server_card import ServerCard
from powerstream_desktop.desktop.settings.store_key_card import StoreKeyCard
from powerstream_desktop.desktop.settings.store_state_row import StoreStateRow
from powerstream_desktop.desktop.settings.store_test_card import StoreTestCard
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_KIND: Final = "cloud.kind"
_SERVER: Final = "cloud.backend_url"
_S3, _FOLDER, _OFF = "s3", "folder", "off"
_OTHER: Final = -1
_NEEDED: Final = {
    **dict.fromkeys(
        ("cloud.endpoint_url", "cloud.region", "cloud.bucket", "cloud.addressing"),
        frozenset({_S3}),
    ),
    "cloud.folder": frozenset({_FOLDER}),
    **dict.fromkeys(
        (
            "cloud.prefix",
            "cloud.public_base_url",
            "cloud.upload_automatically",
            "cloud.live_cap_kbps",
            "cloud.upload_when_metered",
            "cloud.parts_at_once",
            "cloud.verify_fully",
            "cloud.device_name",
            _SERVER,
        ),
        frozenset({_S3, _FOLDER}),
    ),
}
"""Which kinds of store need a setting."""
_PLACE: Final = (
    *("cloud.kind", "cloud.endpoint_url", "cloud.region", "cloud.bucket", "cloud.prefix", "cloud.addressing"),
    *("cloud.public_base_url", "cloud.folder"),
)
"""What makes it another store, of which no test tells that was made before."""


class CloudPart(Part):
    """The settings that the chosen kind of store needs, and no others.

    Args:
        surroundings: takes the errands.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(Section.CLOUD)
        self._desk = surroundings.desk
        self._values: dict[str, Value] = {}
        self._words = ""
        self._state = StoreStateRow()
        self._provider = ProviderRow()
        self._provider.chosen.activated.connect(self._fill_in)
        self._key = StoreKeyCard(surroundings.desk)
        self._test = StoreTestCard(surroundings.desk, self._typed)
        self.add_card(self._key, self.tr("Access key, secret, credentials"))
        self.add_card(self._test, self.tr("Test, try the store out"))
        self._server = ServerCard(surroundings.desk)
        self.add_card(self._server, self.tr("PowerStream server, token"))
        surroundings.feed.cloud_changed.connect(self._follow)

    def show_settings(self, settings: AllSettings) -> None:
        """See ``Part``."""
        super().show_settings(settings)
        before, self._values = self._values, {each.name: each.value for each in settings.settings}
        if any(self._values.get(name) != before.get(name) for name in _PLACE):
            self._test.forget()
        options = self.options
        if options is not None and self._provider.parent() is None and options.row(_KIND) is not None:
            options.body.insertWidget(1, self._provider)
            options.body.insertWidget(1, self._state)
        preset = preset_of(self._values)
        self._provider.show_preset(_OTHER if preset is None else PRESETS.index(preset))
        self._key.show_where(where_keys_are_made(preset))
        self.search(self._words)

    def search(self, words: str) -> bool:
        """See ``Part``; where nothing is looked for, only what the chosen kind needs is shown."""
        self._words = words
        is_found = super().search(words)
        kind = str(self._values.get(_KIND, _OFF))
        for row in () if self.options is None else self.options.rows:
            needed = _NEEDED.get(row.name)
            if needed is not None and not words and kind not in needed:
                row.hide()
        shown = [] if self.options is None else [row for row in self.options.rows if not row.isHidden()]
        for row in shown:
            # The card's own line is below the last one.
            set_style_property(row, "box", "" if row is shown[-1] else "row")
        self._provider.setVisible(not words and kind == _S3)
        self._show_state()
        if kind != _S3:
            self._key.hide()
        if kind == _OFF:
            self._test.hide()
        if kind == _OFF or not self._values.get(_SERVER):
            self._server.hide()
        return is_found

    def came_up(self) -> None:
        """See ``Part``."""
        self._desk.ask(
            lambda client: client.cloud.standing(),
            self._follow,
            otherwise=lambda _: None,
            owner=self,
        )

    def _show_state(self) -> None:
        is_chosen = self._values.get(_KIND, _OFF) != _OFF
        self._state.setVisible(is_chosen and not self._words and self._state.is_bad)

    def _follow(self, standing: CloudStanding | None) -> None:
        if standing is not None:
            self._state.show_standing(standing)
            self._show_state()
            self._key.show_standing(standing)
            self._server.show_standing(standing)

    def _typed(self) -> StoreWish:
        typed = self._key.typed
        if typed is None or self._values.get(_KIND) != _S3:
            return StoreWish()
        return StoreWish(
            access_key_id=typed.access_key_id,
            secret_access_key=typed.secret_access_key,
            session_token=typed.session_token,
        )

    def _fill_in(self) -> None:
        place = self._provider.chosen.currentData()
        if place == _OTHER:
            return
        values = PRESETS[place].values
        # What was filled in is shown when the service tells it, as after any other change.
        self._desk.ask(
            lambda client: client.settings.change(values),
            self.show_settings,
            otherwise=self._refuse,
            owner=self,
        )

    def _refuse(self, error: PowerStreamError) -> None:
        self._provider.show_error(said(getattr(error, "code", ""), error.title))


class ProviderRow(QFrame):
    """Whose store it is: fills in what is the same for all who have one there."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("box", "row")
        self._error = Label(tone=Tone.ERR, letters=Letters.SMALL, wrap=True)
        self._error.hide()
        self.chosen = CalmComboBox(self.tr("Provider"))
        for place, preset in enumerate(PRESETS):
            self.chosen.addItem(preset.name, place)
        self.chosen.addItem(self.tr("Another one"), _OTHER)
        self.chosen.setFixedWidth(EDITOR_PX)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self.tr("Provider"), bold=True))
        help_text = self.tr("Fills in address, region and how the bucket is named.")
        words.addWidget(Label(help_text, Tone.MUTED, letters=Letters.SMALL, wrap=True))
        words.addWidget(self._error)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 11, 54, 11)  # as rows with a button for the default
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(self.chosen)
        self.chosen.setAccessibleDescription(help_text)

    def show_preset(self, place: int) -> None:
        """Show whose store the settings mean."""
        self.chosen.setCurrentIndex(self.chosen.findData(place))
        self.show_error("")

    def show_error(self, sentence: str) -> None:
        """Say why it could not be; empty when nothing is wrong."""
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))
