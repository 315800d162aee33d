"""From what was given, a path, bytes, text or an open file, to its text, or a refusal.

What is no text is refused by its first bytes and its size, before anything is parsed.
"""

import codecs
import os
from pathlib import Path
from typing import IO, Final

Source = str | bytes | os.PathLike[str] | IO[bytes] | IO[str]

MAX_BYTES: Final = 100_000_000
CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r")

# The longer marks first: the mark of UTF-16 begins that of UTF-32.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SAVE_AS_CSV: Final = "open it in its program and save the sheet as CSV"
_NO_TABLE: Final = "choose a text file with one reading a row"
_KINDS: Final = (
    (b"PK", f"a zip archive or a spreadsheet's own format (.xlsx, .ods): {_SAVE_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"an old Office document (.xls, .doc): {_SAVE_AS_CSV}"),
    (b"\x1f\x8b", "compressed (.gz): unpack it first"),
    (b"BZh", "compressed (.bz2): unpack it first"),
    (b"\xfd7zXZ", "compressed (.xz): unpack it first"),
    (b"(\xb5/\xfd", "compressed (.zst): unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", f"a picture (PNG): {_NO_TABLE}"),
    (b"\xff\xd8\xff", f"a picture (JPEG): {_NO_TABLE}"),
    (b"GIF8", f"a picture (GIF): {_NO_TABLE}"),
    (b"II*\0", f"a picture (TIFF): {_NO_TABLE}"),
    (b"MM\0*", f"a picture (TIFF): {_NO_TABLE}"),
    (b"RIFF", f"a picture, sound or film (RIFF): {_NO_TABLE}"),
    (b"%PDF", f"a PDF document: {_NO_TABLE}"),
    (b"PAR1", "a Parquet file: save it as CSV"),
    (b"ARROW1", "an Arrow file: save it as CSV"),
    (b"\x93NUMPY", "a NumPy file: save it with numpy.savetxt"),
    (b"SQLite format 3", "a database (SQLite): save the table as CSV"),
    (b"\x89HDF", "an HDF5 file: save the table as CSV"),
)


class DataError(ValueError):
    """Data that no line can be fitted to; its text is one sentence a user can act on."""


def read_text(source: Source) -> str:
    """Return the text of a source, its lines ended by newlines alone.

    A str without any line break is a path; one with a line break is the text itself. Bytes are
    decoded by their byte-order mark, else as UTF-8, else as Windows-1252. Raises DataError for
    a file that cannot be opened, is larger than `MAX_BYTES`, or holds no text.
    """
    content = _content(source)
    text = content if isinstance(content, str) else _decoded(content)
    if not text.strip().strip("\ufeff"):
        raise DataError("There is no text in it: give a table with one reading a row.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _content(source: Source) -> str | bytes:
    """Return what a source holds, never more than `MAX_BYTES`."""
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        return _small_enough(source)
    if isinstance(source, bytes):
        return _small_enough(source)
    if isinstance(source, str | os.PathLike):
        return _file(Path(source))
    return _small_enough(source.read(MAX_BYTES + 1))


def _file(path: Path) -> bytes:
    """Return the bytes of a file that is small enough."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large()
        return path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        reason = getattr(error, "strerror", None) or "this is no file name"
        raise DataError(f"The file {path.name[:60]!r} cannot be opened: {reason}.") from error


def _small_enough[Content: (str, bytes)](content: Content) -> Content:
    if len(content) > MAX_BYTES:
        raise _too_large()
    return content


def _too_large() -> DataError:
    limit = f"{MAX_BYTES // 10**6} MB"
    return DataError(
        f"The file is larger than {limit}: keep the two columns you need, or fewer rows."
    )


def _decoded(content: bytes) -> str:
    """Return the text that bytes spell, or refuse what is none."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _printable(content.decode(encoding, errors="replace"))
    for beginning, kind in _KINDS:
        if content.startswith(beginning):
            raise DataError(f"This is {kind}.")
    if encoding := _unmarked_utf16(content[:1000]):
        return _printable(content.decode(encoding, errors="replace"))
    try:
        return _printable(content.decode("utf-8"))
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes without a meaning; Latin-1 gives every byte one.
        try:
            return _printable(content.decode("cp1252"))
        except UnicodeDecodeError:
            return _printable(content.decode("latin-1"))


def _unmarked_utf16(beginning: bytes) -> str | None:
    """Return the UTF-16 encoding whose every other byte is zero here, as in plain English."""
    even, odd = beginning[::2], beginning[1::2]
    if odd and odd.count(0) > 0.9 * len(odd) and not even.count(0):
        return "utf-16-le"
    if even and even.count(0) > 0.9 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def _printable(text: str) -> str:
    """Return the text if control characters are rare in it, as they are in text."""
    beginning = text[:100_000]
    controls = sum(beginning.count(chr(code)) for code in CONTROLS)
    if "\0" in text or controls > 0.01 * len(beginning):
        raise DataError(f"This is no text but a file of another kind: {_NO_TABLE}.")
    return text
