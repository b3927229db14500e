"""What is asked once while a page is being read: the same question gets the same answer until the page is there.

Only while something is read (GET, HEAD): whatever changes who may see what asks the database again. What is remembered
never outlives its request, and nothing is remembered outside one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers_of_this_request", default=None)
READING = ("GET", "HEAD")


@contextmanager
def remembering(method: str | None) -> Iterator[None]:
    """Inside, ``once`` remembers, when the method of the request only reads."""
    token = _answers.set({} if method in READING else None)
    try:
        yield
    finally:
        _answers.reset(token)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question, asked at most once while a page is read."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: Answer = answers[question]
    return answer


def know(question: Hashable, answer: Any) -> None:
    """The answer is known already: ``once`` need not ask."""
    answers = _answers.get()
    if answers is not None:
        answers[question] = answer
