"""From a file to its text in UTF-8, or a refusal in one sentence."""

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import IO, Final

from tempfit.words import later, say

File = str | bytes | os.PathLike[str] | IO[bytes] | IO[str]  # its path, bytes, text, or open

MAX_BYTES: Final = 100_000_000
TOO_LARGE: Final = later("The file is too large: keep fewer columns or rows.")

_NO_TEXT: Final = re.compile(rb"\A%PDF|[\x00-\x08\x0e-\x19\x1b-\x1f]")
_COMMON_CHINESE: Final = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")  # the first level of GB 2312


class DataError(ValueError):
    """Data that no line can be fitted to; its text is one sentence a user can act on."""


def read_text(file: File) -> tuple[bytes, str]:
    """Return the text of a file in UTF-8 with newlines alone, and the file's encoding."""
    try:
        content = _content(file)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in a path, a wrong encoding
        reason = getattr(error, "strerror", None) or say("it is no text")
        raise DataError(say("The file cannot be read: {reason}.", reason=reason)) from error
    if len(content) > MAX_BYTES:
        raise DataError(say(TOO_LARGE))
    encoding = _encoding(content)
    text = content.decode(encoding, errors="replace").encode()
    if _NO_TEXT.search(text[:100_000]):
        raise DataError(say("This is no text: save the sheet as CSV, or choose a text file."))
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), encoding


def _content(file: File) -> bytes:
    """Return the bytes of a file, or enough of them to see that they are too many."""
    if isinstance(file, os.PathLike) or (isinstance(file, str) and not re.search("[\n\r]", file)):
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    content = file if isinstance(file, str | bytes) else file.read(MAX_BYTES + 1)
    return content.encode(errors="replace") if isinstance(content, str) else content


def _encoding(content: bytes) -> str:
    """Return UTF-16 where its mark stands, else UTF-8, GB 18030 or Windows-1252.

    Common Chinese characters tell the last two apart. (Libraries that guess need more text than a
    header: charset-normalizer takes the "°C" of Windows-1252 for Chinese.)
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode()
    except UnicodeDecodeError as error:
        sample = content[error.start : error.start + 10_000]
        chinese = 4 * len(_COMMON_CHINESE.findall(sample)) >= sum(byte > 127 for byte in sample)
        return "gb18030" if chinese else "cp1252"
    return "utf-8-sig"
