"""Shutting a process in: from here on it opens no file, no connection and no program, whatever the bytes it decodes make of it.

Linux’s seccomp, by hand: a small filter that the kernel asks at every call. What is not on the list goes through: decoders need memory and little
else. On another kind of machine there is no filter, and the limits on time and memory are all there is.

Sources: seccomp(2), linux/filter.h, and the kernel’s tables of calls for x86-64 and arm64.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from typing import Final

NO_NEW_RIGHTS, SECCOMP, FILTER = 38, 22, 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
NUMBER_AT, MACHINE_AT = 0, 4
OTHER_TABLE: Final = 0x40000000  # x86-64 has a second way to number the same calls

NEW: Final = (425, 434, 437, 438)  # io_uring_setup, pidfd_open, openat2, pidfd_getfd: the same number everywhere
CALLS: Final = {
    # open creat openat · socket connect accept sendto sendmsg bind listen socketpair accept4 · fork vfork execve execveat · kill ptrace ·
    # truncate rename mkdir link unlink symlink chmod, and each by folder · mount unshare setns · others’ memory, keys, counters, handles, bpf
    "x86_64": (
        0xC000003E,
        (
            *(
                2,
                85,
                257,
                41,
                42,
                43,
                44,
                46,
                49,
                50,
                53,
                288,
                57,
                58,
                59,
                322,
                62,
                101,
                76,
                82,
                83,
                86,
                87,
                88,
                90,
                258,
                263,
                264,
                265,
                266,
                268,
                316,
            ),
            *(165, 272, 308, 310, 311, 250, 298, 303, 304, 321, 323),
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(56, 198, 199, 200, 201, 202, 203, 206, 211, 242, 221, 281, 129, 117, 45, 38, 34, 37, 35, 36, 53, 276, 40, 97, 268, 270, 271, 219, 241),
            *(264, 265, 280, 282),
        ),
    ),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def shut() -> bool:
    """Whether it is shut: not where the kernel or the machine knows no such filter."""
    if platform.system() != "Linux" or platform.machine() not in CALLS:
        return False
    steps = _steps(*CALLS[platform.machine()])
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
    return bool(libc.prctl(SECCOMP, FILTER, ctypes.byref(_Program(len(steps) // 8, steps)), 0, 0) == 0)


def _steps(machine: int, calls: tuple[int, ...]) -> bytes:
    """Another machine’s numbers, and numbers of the other table, are refused; then each call of the list."""
    refused = (*calls, *NEW)
    steps = [
        (LOAD, 0, 0, MACHINE_AT),
        (EQUAL, 0, len(refused) + 3, machine),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, len(refused) + 1, 0, OTHER_TABLE),
        *((EQUAL, len(refused) - at, 0, call) for at, call in enumerate(refused)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
