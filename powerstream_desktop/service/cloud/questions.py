"""What a pass over the manifests asks, in sentences. Pure."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.cloud.manifests import pass_plan
from powerstream_desktop.cloud.manifests.pass_plan import QuestionKind
from powerstream_desktop.service.cloud.cloud_standing import Question

_SENTENCES: Final = {
    QuestionKind.EMPTY_STORE: "The cloud store is empty, though replays were there. Is it another one? Put everything there anew?",
    QuestionKind.MANY_MISSING: "Many replays are missing in the cloud that nobody has deleted. Put them there again?",
    QuestionKind.MANY_DELETIONS: "Many replays that were removed here would be removed on all computers. Remove them?",
    QuestionKind.MANY_CHANGES: "Many replays would be changed or removed here by other computers. Let them?",
    QuestionKind.TOO_MANY: "The cloud store lists more replays than can be. Look whether it is the right one.",
}


def question_of(question: pass_plan.Question) -> Question:
    """Return a question as people are asked it."""
    return Question(
        code=question.kind.value, sentence=_SENTENCES[question.kind], count=len(question.asset_ids)
    )
