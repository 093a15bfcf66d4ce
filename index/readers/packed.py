"""Files within zip files: documents that consist of them, and archives."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from index.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["DAMAGE", "open_zip", "parse_xml", "read_member"]

# what the standard library raises at zip files that are damaged or packed in an unknown way
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_LARGEST_PART = 64 * 2**20  # bytes of one part of a document


def open_zip(file: Any) -> zipfile.ZipFile:
    """Return a zip file that is open for reading; only its list of contents is read.

    Args:
        file: The open file, or its bytes.

    Raises:
        ReadError: It is no zip file, or damaged.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
    except DAMAGE as exc:
        raise ReadError("damaged, or not the kind of file that its ending says") from exc


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one part of a document.

    Raises:
        ReadError: There is no such part, or it is damaged or too large.
    """
    try:
        if archive.getinfo(name).file_size > _LARGEST_PART:
            raise ReadError(f"{name} in it is larger than {_LARGEST_PART >> 20} MB")
        return archive.read(name)
    except KeyError as exc:
        raise ReadError(f"damaged: {name} is missing in it") from exc
    except DAMAGE as exc:
        raise ReadError(f"damaged: {name} in it cannot be read") from exc


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root of an XML part; entities, which could unfold without end, are refused.

    Raises:
        ReadError: It is not XML, or defines entities.
    """
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - seldom needed

    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - seldom needed
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - seldom needed

    try:
        root: Element = fromstring(data)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as exc:
        raise ReadError(f"damaged: {name} in it is not XML that can be read") from exc
    return root
