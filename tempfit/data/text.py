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
    (b"PK\x03\x04", f"a zip archive or a spreadsheet's own format (.xlsx, .ods): {_SAVE_AS_CSV}"),
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
# No text begins so; the other marks are refused only together with bytes that no text holds.
_UNMISTAKABLE: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")


class DataError(ValueError):
    """Data that no line can be fitted to; its text is one sentence a user can act on."""


def read_text(source: Source) -> str:
    """Return the text of a source, its lines ended by newlines alone.

    A str without any line break is a path; one with a line break is the text itself. Bytes are
    decoded by their byte-order mark, else as UTF-8, else as Windows-1252. Raises DataError for
    a file that cannot be opened, is larger than `MAX_BYTES`, or holds no text.
    """
    text = _decoded(_content(source))
    if not text.strip().strip("\ufeff"):
        raise DataError("There is no text in it: give a table with one reading a row.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _content(source: Source) -> bytes:
    """Return what a source holds, having read little more than `MAX_BYTES`."""
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        content: str | bytes = source
    elif isinstance(source, str | os.PathLike):
        content = _file(Path(source))
    elif isinstance(source, bytes):
        content = source
    else:
        try:
            content = source.read(MAX_BYTES + 1)
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(
                "The file cannot be read: open it as bytes, or save it anew."
            ) from error
    if len(content) > MAX_BYTES:
        limit = f"{MAX_BYTES // 10**6} MB"
        said = f"The file is larger than {limit}: keep the two columns you need, or fewer rows."
        raise DataError(said)
    return content.encode(errors="replace") if isinstance(content, str) else content


def _file(path: Path) -> bytes:
    """Return the beginning of a file, which is all of it unless it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        said = f"The file {str(path)[-60:]!r} cannot be opened: {error.strerror}."
        raise DataError(said) from error
    except ValueError as error:  # a zero byte in the path
        raise DataError("This is neither the name of a file nor a table of text.") from error


def _decoded(content: bytes) -> str:
    """Return the text that bytes spell, or refuse what is none."""
    text = content.decode(_encoding(content), errors="replace")
    beginning = text[:100_000]
    controls = sum(beginning.count(chr(code)) for code in CONTROLS)
    unmistakable = content.startswith(_UNMISTAKABLE)
    if "\0" in text or controls > 0.01 * len(beginning) or unmistakable:
        kinds = (kind for magic, kind in _KINDS if content.startswith(magic))
        raise DataError(
            f"This is {next(kinds, f'no text but a file of another kind: {_NO_TABLE}')}."
        )
    return text


def _encoding(content: bytes) -> str:
    """Return the encoding of the bytes: as marked, else UTF-8 or UTF-16 if they are, else 8-bit."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    even, odd = content[:1000:2], content[1:1000:2]
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros.count(0) > 0.9 * len(zeros) and others and not others.count(0):
            return encoding
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"  # cp1252 leaves five bytes without a meaning; here every byte has one
