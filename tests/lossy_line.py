"""A line that loses packets, between a real browser and a real server: two networks of their own on this machine, joined by a relay that delays,
slows and drops what goes through. The kernel's own TCP meets the losses, as a phone's does; nothing of it leaves the machine.

It needs root and /dev/net/tun (Linux). Where these are not there, `why_not` says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TUN: Final = Path("/dev/net/tun")
PHONE, SERVER = "10.77.0.2", "10.77.0.1"
_NAME_IT: Final = 0x400454CA  # TUNSETIFF
_PACKETS: Final = 0x0001 | 0x1000  # IFF_TUN | IFF_NO_PI
_NEW_NET: Final = 0x40000000  # CLONE_NEWNET
LONGEST: Final = 2048  # bytes of a packet; the line takes 1500
QUEUE: Final = 2.0  # seconds a packet may wait to get on the line; what would wait longer is dropped, as in a real router


@dataclass(frozen=True)
class Line:
    """Bits a second, seconds each way, and the share of packets that is lost each way."""

    bits: float
    delay: float
    loss: float


def why_not() -> str | None:
    """Why there can be no such line here, in a sentence; None where there can."""
    if not TUN.exists():
        return "This machine has no /dev/net/tun."
    if os.geteuid() != 0:
        return "It needs root, to make networks of its own."
    return None


@contextmanager
def lossy(line: Line, seed: int = 1) -> Iterator[tuple[list[str], list[str]]]:
    """Two prefixes of commands: `[*server, ...]` runs on one side, at SERVER, `[*phone, ...]` on the other."""
    with contextlib.ExitStack() as stack:
        (server_side, server), (phone_side, phone) = (stack.enter_context(_network(each)) for each in (SERVER, PHONE))
        stop = threading.Event()
        ways = [threading.Thread(target=_carry, args=(*ends, line, random.Random(seed + at), stop), daemon=True) for at, ends in _both(server, phone)]
        for each in ways:
            each.start()
        try:
            yield server_side, phone_side
        finally:
            stop.set()
            for each in ways:
                each.join(timeout=5)


def _both(one: int, other: int) -> list[tuple[int, tuple[int, int]]]:
    return [(1, (one, other)), (2, (other, one))]


@contextmanager
def _network(address: str) -> Iterator[tuple[list[str], int]]:
    """A network with one device: how to run something in it, and the file of the device’s packets."""
    holder = subprocess.Popen(["unshare", "--net", "sleep", "900"])
    try:
        _until_apart(holder.pid)
        inside = ["nsenter", f"--net=/proc/{holder.pid}/ns/net", "--"]
        device = _device_in(holder.pid)
        for said in (f"address add {address}/24 dev line", "link set line up mtu 1500", "link set lo up"):
            subprocess.run([*inside, "ip", *said.split()], check=True)
        yield inside, device
        os.close(device)
    finally:
        holder.kill()
        holder.wait()


def _until_apart(pid: int) -> None:
    own, end = os.readlink("/proc/self/ns/net"), time.monotonic() + 10
    while os.readlink(f"/proc/{pid}/ns/net") == own:
        assert time.monotonic() < end, "no network of its own"
        time.sleep(0.02)


def _device_in(pid: int) -> int:
    """Made by a thread that goes there: a device belongs to the network its maker is in."""
    made: list[int] = []

    def go() -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        place = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
        if libc.setns(place, _NEW_NET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        os.close(place)
        device = os.open(TUN, os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(device, _NAME_IT, struct.pack("16sH22x", b"line", _PACKETS))
        made.append(device)

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    assert made, "no device"
    return made[0]


def _carry(come: int, go: int, line: Line, chance: random.Random, stop: threading.Event) -> None:
    """One way: each packet takes its time to get on the line, is lost now and then, and comes out after the delay."""
    waiting: list[tuple[float, int, bytes]] = []
    free_at, number = 0.0, 0
    while not stop.is_set():
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            with contextlib.suppress(OSError):  # a device whose network is going takes nothing more
                os.write(go, heapq.heappop(waiting)[2])
        pause = min(0.2, waiting[0][0] - now) if waiting else 0.2
        if not select.select([come], [], [], max(0.0, pause))[0]:
            continue
        with contextlib.suppress(BlockingIOError):
            packet = os.read(come, LONGEST)
            now = time.monotonic()
            if max(free_at, now) - now > QUEUE:
                continue
            free_at = max(free_at, now) + 8 * len(packet) / line.bits
            if chance.random() >= line.loss:
                number += 1
                heapq.heappush(waiting, (free_at + line.delay, number, packet))
