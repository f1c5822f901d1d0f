"""The exceptions of libtodo: one base, and a subclass for each way to react."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._ext import ErrorCode


class TodoError(Exception):
    """A refusal: nothing was done, unless the subclass says otherwise."""

    code: ErrorCode
    """What kind of refusal it is."""
    message: str
    """What is wrong and what would be right."""
    field: str
    """RFC 6901 pointer to the member at fault ("/task/due"); empty: about the whole."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        from ._ext import ErrorCode

        super().__init__(code, message, field)
        self.code = ErrorCode(code)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return f"{self.message} ({self.field})" if self.field else self.message


class InvalidValue(TodoError, TypeError, ValueError):
    """What was given is of the wrong type, out of range, unknown, or against a rule."""


class NotFound(TodoError, LookupError):
    """It names something that is not there."""


class Conflict(TodoError):
    """It was true of an older state, and no longer is."""


class Unsupported(TodoError):
    """It is right, but this version cannot do it."""


class Unavailable(TodoError):
    """The store did not answer, or is closed: it is not known to be done."""


class Corrupt(TodoError):
    """What was stored is not what was written."""


_CLASSES: dict[str, type[TodoError]] = {
    "not_found": NotFound,
    "conflict": Conflict,
    "unsupported": Unsupported,
    "unavailable": Unavailable,
    "corrupt": Corrupt,
}


def error_of(code: str, message: str, field: str) -> TodoError:
    """The exception for an error of the core."""
    return _CLASSES.get(code, InvalidValue)(code, message, field)
