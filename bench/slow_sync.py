"""SQLite on a disk whose every sync takes longer: its own functions for files, with a pause in the one that syncs."""

import _sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, addressof, c_char_p, c_int, c_void_p, cast, pointer

# The beginnings of two structures of https://sqlite.org/c3ref/vfs.html and https://sqlite.org/c3ref/io_methods.html
_FUNCTIONS_OF_FILES = 18
Function = Callable[..., int]
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    _fields_ = (
        ("version", c_int),
        ("size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
    )


class _Methods(Structure):
    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * (_FUNCTIONS_OF_FILES - 5)),
    )


class _File(Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


class SlowSync:
    """Files that are opened while it is in force pause for `seconds` at each sync; 0 is their own pace."""

    def __init__(self) -> None:
        """Begin at their own pace."""
        self.seconds = 0.0
        self._kept: list[object] = []  # what SQLite points at must not go away
        self._slowed: dict[int, _Methods] = {}

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Open files in the slower way."""
        library = CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        vfs = library.sqlite3_vfs_find(None).contents
        before = vfs.open
        slower = _OPEN(self._opening(_OPEN(before)))
        self._kept.append(slower)
        vfs.open = cast(slower, c_void_p)
        try:
            yield
        finally:
            vfs.open = before

    def _opening(self, opened: Function) -> Function:
        def run(vfs: int, name: int, file: int, flags: int, out: int) -> int:
            result = opened(vfs, name, file, flags, out)
            here = cast(file, POINTER(_File)).contents
            if result == 0 and here.methods:
                here.methods = pointer(self._slower(here.methods.contents))
            return result

        return run

    def _slower(self, methods: _Methods) -> _Methods:
        address = addressof(methods)
        if address not in self._slowed:
            slowed = _Methods.from_buffer_copy(methods)
            pausing = _SYNC(self._pausing(_SYNC(methods.sync)))
            self._kept.append(pausing)
            slowed.sync = cast(pausing, c_void_p)
            self._slowed[address] = slowed
        return self._slowed[address]

    def _pausing(self, sync: Function) -> Function:
        def run(file: int, flags: int) -> int:
            time.sleep(self.seconds)
            return sync(file, flags)

        return run
