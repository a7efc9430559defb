"""A scanner on this machine that speaks clamd’s protocol; it can also be slow, say nonsense, or be away."""

from __future__ import annotations

import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass
class Scanner:
    address: str = ""
    how: str = "well"  # well, slow, error, hangs up
    asked: list[bytes] = field(default_factory=list)

    def answer(self, data: bytes) -> bytes:
        self.asked.append(data)
        if self.how == "slow":
            time.sleep(1)
        if self.how == "error":
            return b"stream: Can't allocate memory ERROR\0"
        if self.how == "hangs up":
            return b""
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"


@contextmanager
def a_scanner(address: tuple[str, int] = ("127.0.0.1", 0)) -> Iterator[Scanner]:
    found = Scanner()

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if self.rfile.read(10) != b"zINSTREAM\0":
                return
            data = b""
            while length := struct.unpack(">I", self.rfile.read(4))[0]:
                data += self.rfile.read(length)
            self.wfile.write(found.answer(data))

    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(address, Line) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        found.address = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield found
        server.shutdown()
