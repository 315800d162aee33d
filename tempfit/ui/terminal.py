"""What the server says on its terminal."""

import logging

from starlette.requests import ClientDisconnect


def keep_quiet_of_those_who_leave() -> None:
    """Leave out the traceback that follows an upload that its viewer has broken off.

    Nothing has failed then, and nobody waits for an answer. A second call changes nothing.
    """
    logging.getLogger("uvicorn.error").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a record is about anything else than a viewer who has left."""
    return not (record.exc_info and isinstance(record.exc_info[1], ClientDisconnect))
