"""From a file to its text in UTF-8, or a refusal in one sentence."""

import os
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import IO, Final

from tempfit.words import later, say

File = str | bytes | os.PathLike[str] | IO[bytes] | IO[str]  # its path, bytes, text, or open

MAX_BYTES: Final = 100_000_000

_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_COMMON_CHINESE: Final = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")  # the first level of GB 2312


class DataError(ValueError):
    """Data that no line can be fitted to; its text is one sentence a user can act on."""


def read_text(file: File) -> tuple[bytes, str]:
    """Return the text of a file in UTF-8 with newlines alone, and the file's encoding.

    See `read_csv`.
    """
    try:
        if isinstance(file, str) and re.search("[\n\r]", file):
            file = file.encode(errors="replace")
        if isinstance(file, str | os.PathLike):
            with Path(file).open("rb") as opened:
                content: str | bytes = opened.read(MAX_BYTES + 1)
        else:
            content = file if isinstance(file, bytes) else file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in a path, a wrong encoding
        reason = getattr(error, "strerror", None) or say("it is no text")
        raise DataError(say("The file cannot be read: {reason}.", reason=reason)) from error
    content = content.encode(errors="replace") if isinstance(content, str) else content
    if len(content) > MAX_BYTES:
        said = later("The file exceeds {size} MB: keep fewer columns or rows.")
        raise DataError(say(said, size=MAX_BYTES // 10**6))
    text, encoding = _in_utf8(content)
    if b"\0" in text or _CONTROLS.search(text, 0, 100_000):
        raise DataError(say("This is no text: save the sheet as CSV, or choose a text file."))
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), encoding


def _in_utf8(content: bytes) -> tuple[bytes, str]:
    """Return a text in UTF-8, and its encoding.

    It is UTF-16 with its mark, UTF-8, GB 18030 or Windows-1252. Common Chinese characters tell
    the last two apart. (Libraries that guess need more text than a header: charset-normalizer
    takes the "°C" of Windows-1252 for Chinese.)
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").encode(), "utf-16"
    content = content.removeprefix(BOM_UTF8)
    try:
        content.decode("ascii" if content.isascii() else "utf-8")
    except UnicodeDecodeError as error:
        sample = content[error.start : error.start + 10_000]
        chinese = 4 * len(_COMMON_CHINESE.findall(sample)) >= sum(byte > 127 for byte in sample)
        encoding = "gb18030" if chinese else "cp1252"
        return content.decode(encoding, errors="replace").encode(), encoding
    return content, "utf-8-sig"
