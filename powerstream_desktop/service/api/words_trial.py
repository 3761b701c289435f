"""What is said of trying out a store, or the PowerStream server."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from powerstream_desktop.cloud.object_store.probe_report import ProbeReport, ProbeStep
from powerstream_desktop.service.api.wish_fields import SecretText, TokenText
from powerstream_desktop.service.api.words import Answer, Wish, Word, Words
from powerstream_desktop.service.api.words_cloud import KeyId
from powerstream_desktop.service.api.words_sync import Trouble
from powerstream_desktop.service.cloud import cloud_standing as kept
from powerstream_desktop.service.settings.cloud_options import CloudAddressing, CloudKind

_MAX_SETTING: Final = 1000
Setting = Annotated[str, Field(max_length=_MAX_SETTING)]


class StoreWish(Wish):
    """A store to try out; what is not said is as the settings have it."""

    kind: Word[CloudKind] | None = None
    endpoint_url: Setting | None = None
    region: Setting | None = None
    bucket: Setting | None = None
    prefix: Setting | None = None
    addressing: Word[CloudAddressing] | None = None
    public_base_url: Setting | None = None
    folder: Setting | None = None
    access_key_id: KeyId | None = None
    """With its secret; without them, those that are kept."""
    secret_access_key: SecretText | None = None
    session_token: TokenText | None = None


class TrialStep(Words):
    """One thing that the store was tried with."""

    name: ProbeStep
    is_good: bool
    was_tried: bool
    """False if one before it failed."""
    sentence: str
    """What happened; empty if it went well."""
    remedy: str


class TrialAdvice(Words):
    """Something that works but could be better."""

    sentence: str
    remedy: str


class TrialAnswer(Answer):
    """What came of trying the store out."""

    is_good: bool
    """Replays can be kept there."""
    steps: tuple[TrialStep, ...]
    advice: tuple[TrialAdvice, ...]

    @classmethod
    def of(cls, report: ProbeReport) -> TrialAnswer:
        """Return a trial in the API's words."""
        return cls(
            is_good=report.is_ok,
            steps=tuple(
                TrialStep(
                    name=each.step,
                    is_good=each.is_ok,
                    was_tried=each.was_tried,
                    sentence=each.sentence,
                    remedy=each.remedy,
                )
                for each in report.findings
            ),
            advice=tuple(TrialAdvice(sentence=each.sentence, remedy=each.remedy) for each in report.advice),
        )


class ServerTrialAnswer(Answer):
    """What came of asking the PowerStream server."""

    is_good: bool
    """It can be told of replays."""
    trouble: Trouble | None
    """Why it cannot; null if it can."""
    clock_offset_seconds: float
    """How far its clock is ahead of this computer's."""

    @classmethod
    def of(cls, trial: kept.ServerTrial) -> ServerTrialAnswer:
        """Return a trial in the API's words."""
        return cls(
            is_good=trial.trouble is None,
            trouble=Trouble.of(trial.trouble),
            clock_offset_seconds=round(trial.clock_offset_s, 3),
        )
