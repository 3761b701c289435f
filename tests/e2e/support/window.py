"""The window as a person has it: eyes that find controls by their words, and hands that use mouse and keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from tests.e2e.support.hands import Hands
from tests.e2e.support.live_broadcast import environment
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import TimedOutError, wait_until
from tests.e2e.support.window_eyes import ANSWERS

APPEARS_S: Final = 30.0
SEEN_S: Final = 15.0
LOOK_S: Final = 20.0
MISTAKES: Final = ("Uncaught", "QPainter", "QBackingStore", "QObject::", "QWidget::", "Traceback")
GLANCE_S: Final = 0.25
"""Between two looks: each costs the window some time of its own."""


FoundT = TypeVar("FoundT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A control that can be seen.

    Attributes:
        kind: its class and those it was made of; ``row`` for one of a list.
        on_rail: it is one of the entries at the left.
        name: what a screen reader calls it.
        text: what stands on it, or was typed into it.
        place: x, y, width and height on the screen, in pixels.
        on_top: nothing lies over its middle.
    """

    kind: tuple[str, ...]
    name: str
    text: str
    title: str
    tip: str
    place: tuple[int, int, int, int]
    enabled: bool
    focused: bool
    checked: bool
    on_top: bool
    on_rail: bool

    @property
    def centre(self) -> tuple[int, int]:
        """Its middle on the screen."""
        x, y, width, height = self.place
        return x + width // 2, y + height // 2

    @property
    def words(self) -> str:
        """Its name, or what stands on it."""
        return self.name or self.text.replace("&", "")


class Window:
    """The program as its user starts it, on a screen, with eyes and hands. Ends with its stage.

    Args:
        stage: what it runs on.
        display: name of the X display.
        home: the folder's name below the stage's.
        name: of the log files; also tells several windows apart.
        env: more variables.
    """

    def __init__(
        self,
        stage: Stage,
        display: str,
        *,
        home: str = "home",
        name: str = "window",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.home = stage.folder / home
        variables = {**environment(self.home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._answers = stage.folder / f"{name}.seen"
        self._answers.write_text("")  # of a window of this name that was there before
        variables[ANSWERS] = str(self._answers)
        variables.update({"LANGUAGE": "en", "LC_ALL": "C.UTF-8", **(env or {})})
        argv = [sys.executable, "-m", "tests.e2e.support.window_eyes"]
        self.process: TestProcess = stage.process(argv, name=name, env=variables, stdin=subprocess.PIPE)
        self.hands = stage.keep(Hands(display))
        self._looks = 0
        self._read_to = 0

    def see(self) -> list[Control]:
        """Return every control that is to be seen now."""
        return [_control(each) for each in self._ask(look="controls")]

    def clipped(self) -> list[str]:
        """Return the texts that are cut off."""
        return list(self._ask(look="clipped"))

    def speak(self, code: str) -> None:
        """Let it speak this language, also the one of tests."""
        self._ask(look="speak", code=code)

    def stalls_ms(self) -> list[tuple[int, int]]:
        """Return how long its loop stood still by its own fault, and computed in that time, each time, since the first look."""
        return [(stood, computed) for stood, computed in self._ask(look="stalls")]

    def page_changes_ms(self) -> list[tuple[float, float]]:
        """Go to every page, twice; return how long each change took until it was painted, and for how much of that it computed."""
        return [(took, computed) for took, computed in self._ask(look="pages")]

    def preview_a_second(self, seconds: float) -> tuple[float, float]:
        """Return how many pictures of the program it paints a second, on a page that shows them, and computes in ms meanwhile."""
        painted, computed_ms = self._ask(look="previews", seconds=seconds)
        return painted / seconds, computed_ms / seconds

    def complaints(self) -> list[str]:
        """Return what it wrote of mistakes of its own: exceptions that nobody caught, warnings of Qt's."""
        return [line for line in self.process.err.splitlines() if any(word in line for word in MISTAKES)]

    def resize(self, size: tuple[int, int], picture: Path | None = None) -> tuple[int, int]:
        """Make it so large, and draw what it shows then; return how large it became."""
        path = "" if picture is None else str(picture)
        width, height = self._ask(look="picture", path=path, size=list(size))
        return width, height

    def find(
        self, words: str, *, kind: str = "QWidget", where: Callable[[Control], bool] | None = None
    ) -> list[Control]:
        """Return the controls with these words and of this kind that are to be seen now."""
        return [
            each
            for each in self.see()
            if kind in each.kind and each.words == words and (where is None or where(each))
        ]

    def wait_for(self, words: str, *, kind: str = "QWidget", timeout_s: float = SEEN_S) -> Control:
        """Return a control once it is to be seen, is enabled and lies on top."""

        def look() -> Control | None:
            return next((each for each in self.find(words, kind=kind) if each.enabled and each.on_top), None)

        return self._wait(look, f"{kind} {words!r}", timeout_s)

    def find_words(self, part: str, *, kind: str = "QWidget") -> list[Control]:
        """Return the controls of this kind that are to be seen now and have this in their name or text."""
        return [each for each in self.see() if kind in each.kind and (part in each.text or part in each.name)]

    def wait_for_words(self, part: str, *, kind: str = "QWidget", timeout_s: float = SEEN_S) -> Control:
        """Return a control once one is to be seen that has this in its name or text."""

        def look() -> Control | None:
            return next(iter(self.find_words(part, kind=kind)), None)

        return self._wait(look, f"words like {part!r}", timeout_s)

    def wait_until_gone(self, words: str, *, kind: str = "QWidget", timeout_s: float = SEEN_S) -> None:
        """Wait until no control with these words is to be seen."""
        self._wait(lambda: not self.find(words, kind=kind) or None, f"{words!r} to be gone", timeout_s)

    def wait_for_rail(self) -> list[Control]:
        """Return the entries of the rail, from top to bottom, once the window is there."""
        return self._wait(self._rail, "the rail", APPEARS_S)

    def go_to(self, number: int) -> None:
        """Click the rail's entry at this place, from 0, whatever it is called in the window's language."""
        self.hands.click(*self.wait_for_rail()[number].centre)

    def _rail(self) -> list[Control]:
        entries = [each for each in self.see() if each.on_rail and each.words]
        return sorted(entries, key=lambda each: each.place[1])

    def click(self, words: str, *, kind: str = "QWidget", timeout_s: float = SEEN_S) -> Control:
        """Click a control once it is to be seen."""
        control = self.wait_for(words, kind=kind, timeout_s=timeout_s)
        self.hands.click(*control.centre)
        return control

    def click_row(self, part: str, *, timeout_s: float = SEEN_S) -> Control:
        """Click the first row of a list that has this in its words."""
        row = self.wait_for_words(part, kind="row", timeout_s=timeout_s)
        self.hands.click(*row.centre)
        return row

    def write(self, words: str, text: str, *, kind: str = "QWidget") -> None:
        """Click a field, empty it, and type a text into it."""
        self.click(words, kind=kind)
        self.hands.press("Control_L", "a")
        self.hands.press("Delete")
        self.hands.type(text)

    def _ask(self, **request: Any) -> Any:
        self._looks += 1
        self.process.write_line(json.dumps({"id": self._looks, **request}))
        answer = wait_until(self._answer, what=f"the window's answer to {request}", timeout_s=LOOK_S)
        assert answer is not None
        return answer["seen"]

    def _answer(self) -> dict[str, Any] | None:
        """Return the answer that is awaited; what was read before is not read again, for a window has much to tell."""
        assert self.process.running, self.process.log_tail()
        with self._answers.open("rb") as answers:
            answers.seek(self._read_to)
            lines = answers.read().splitlines(keepends=True)
        for line in lines:
            if not line.endswith(b"\n"):
                break
            self._read_to += len(line)
            words = json.loads(line)
            if words.get("id") == self._looks:
                return dict(words)
        return None

    def _wait(self, look: Callable[[], FoundT | None], what: str, timeout_s: float) -> FoundT:
        def glance() -> FoundT | None:
            time.sleep(GLANCE_S)
            return look()

        try:
            found = wait_until(glance, what=what, timeout_s=timeout_s)
        except TimedOutError as error:
            seen = sorted({f"{each.kind[0]} {each.words!r}" for each in self.see() if each.words})
            raise TimedOutError(f"{error}; to be seen are: {', '.join(seen)}") from None
        assert found is not None
        return found


def _control(words: dict[str, Any]) -> Control:
    return Control(
        **{
            **words,
            "kind": tuple(words["kind"]),
            "place": tuple(words["place"]),
        }
    )
