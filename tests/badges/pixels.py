"""The pixels of a picture, for tests that look at it."""

import struct
import zlib
from typing import NamedTuple

_CHANNELS = {2: 3, 6: 4}  # by the kind of colour: red, green and blue, without and with how opaque it is


class Pixel(NamedTuple):
    """One of them."""

    red: int
    green: int
    blue: int


def rows(png: bytes) -> list[list[Pixel]]:
    """Return a picture's pixels, row by row, of a PNG with 8 bits for each colour."""
    width, _, _, kind = struct.unpack(">IIBB", png[16:26])
    step = _CHANNELS[kind]
    packed, found, before = zlib.decompress(_data(png)), [], bytes(width * step)
    for begin in range(0, len(packed), width * step + 1):
        before = _row(packed[begin], packed[begin + 1 : begin + 1 + width * step], before, step)
        found.append([Pixel(*before[place : place + 3]) for place in range(0, len(before), step)])
    return found


def _data(png: bytes) -> bytes:
    place, found = 8, b""
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            found += png[place + 8 : place + 8 + length]
        place += length + 12
    return found


def _row(kind: int, told: bytes, above: bytes, step: int) -> bytes:
    """Undo how a row was told by what is beside and above it (PNG, 9.2)."""
    row = bytearray(step) + bytearray(told)  # of what is left of the first pixel, nothing
    above = bytes(step) + above
    for place in range(step, len(row)):
        left, up, corner = row[place - step], above[place], above[place - step]
        guesses = (0, left, up, (left + up) // 2, _nearest(left, up, corner))
        row[place] = (row[place] + guesses[kind]) % 256
    return bytes(row[step:])


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
