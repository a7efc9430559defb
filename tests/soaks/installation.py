"""An installation of many machines on this one: PostgreSQL, Redis, an S3 peer, a post server, web nodes, workers, nginx in front.

Each node has a data folder of its own, and all have one folder of keys. What is killed is started again after as long as its unit would wait
(`deploy/voice.service`: three seconds).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from tests.clients import Server, free_port, prepare, start, wait_until_up
from tests.peers import Mailbox, Redis, a_bucket_server, mail_server
from tests.soaks.postgres import Postgres
from voice.config import read_settings
from voice.storage.buckets import Bucket

RESTART: Final = 3.0  # seconds
NGINX: Final = """
daemon off; pid {folder}/nginx.pid; worker_processes 1; error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off; client_max_body_size 26m;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream voice {{ {nodes} keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        proxy_http_version 1.1; proxy_set_header Connection "";
        proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $http_x_forwarded_for;  # phones of the rig say where they are
        proxy_connect_timeout 2s; proxy_read_timeout 30s;
        proxy_next_upstream error timeout http_502 http_503 http_504; proxy_next_upstream_tries 3; proxy_next_upstream_timeout 20s;
        location / {{ proxy_pass http://voice; }}
        location = /api/v1/submissions {{
            proxy_next_upstream error timeout http_502 http_503 http_504 non_idempotent;
            proxy_pass http://voice;
        }}
    }}
}}
"""
"""The lines that matter are those of deploy/nginx-nodes.conf: which node is asked, and when the next one is."""


@dataclass
class Nginx:
    """The one in front."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    def tell(self, ports: list[int]) -> None:
        """Which nodes there are. One that failed is not asked for two seconds."""
        self.folder.mkdir(exist_ok=True)
        nodes = " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
        (self.folder / "nginx.conf").write_text(NGINX.format(folder=self.folder, port=self.port, nodes=nodes))

    def start(self) -> None:
        self.running = subprocess.Popen(
            ["nginx", "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def reload(self) -> None:
        assert self.running
        self.running.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        if self.running:
            self.running.terminate()
            self.running.wait(timeout=30)


@dataclass
class Installation:
    """Everything, running."""

    folder: Path
    postgres: Postgres
    redis: Redis
    bucket: str
    post: str
    box: Mailbox
    nginx: Nginx
    nodes: list[Server] = field(default_factory=list)
    workers: list[Server] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: bool = False

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def files_url(self) -> str:
        return f"s3+http://made:password@{self.bucket}/voice"

    def environment(self, data: Path) -> dict[str, str]:
        """What every node is told; only the data folder is its own."""
        return {
            "VOICE_DATA": str(data),
            "VOICE_KEYS": str(self.keys),
            "VOICE_DATABASE_URL": self.postgres.url,
            "VOICE_BROKER_URL": self.redis.url,
            "VOICE_FILES_URL": self.files_url,
            "VOICE_SMTP_URL": self.post,
            "VOICE_URL": f"http://localhost:{self.nginx.port}",
            "VOICE_FRONT_SERVERS": "1",
            "VOICE_PROCESSES": "1",
        }

    def start(self, nodes: int, workers: int) -> None:
        for kind, many in (("node", nodes), ("worker", workers)):
            for number in range(many):
                running = self.workers if kind == "worker" else self.nodes
                running.append(self._start(kind, number, None))
        for node in self.nodes:
            wait_until_up(node)
        self.nginx.tell([each.port for each in self.nodes])
        self.nginx.start()

    def _start(self, kind: str, number: int, port: int | None) -> Server:
        name = f"{kind}-{number + 1}"
        arguments = ("worker",) if kind == "worker" else ("serve", "--no-demo")
        return start(self.environment(self.folder / name), self.folder / f"{name}.log", port=port, arguments=arguments)

    def kill(self, kind: str, number: int) -> None:
        """`kill -9` of a whole node; it is started again as its unit would."""
        running = self.workers if kind == "worker" else self.nodes
        with self._lock:
            running[number].kill_group()
        threading.Timer(RESTART, self._again, (kind, number)).start()

    def _again(self, kind: str, number: int) -> None:
        running = self.workers if kind == "worker" else self.nodes
        with self._lock:
            if not self._ended:
                running[number] = self._start(kind, number, running[number].port)

    def all_up(self) -> None:
        """Until every node answers and every worker runs."""
        end = time.monotonic() + 60
        for node in list(self.nodes):
            wait_until_up(node)
        while any(each.started.poll() is not None for each in self.workers):
            assert time.monotonic() < end, [each.log.read_text()[-2000:] for each in self.workers]
            time.sleep(0.2)

    def end(self) -> None:
        """Everything of ours is killed: what is compared is what a next start finds."""
        with self._lock:
            self._ended = True
            for each in (*self.nodes, *self.workers):
                each.kill_group()
        self.nginx.stop()

    def pull_files(self) -> None:
        """Bring the pictures from the bucket to where whoever compares looks: a folder as of an installation of one machine."""
        bucket = Bucket(self.files_url)
        for each in bucket.held():
            to = self.keys / "files" / each.name[:2] / each.name
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(bucket.get(each.name))

    def seconds(self) -> dict[str, float]:
        """Processor time so far, by who used it."""
        found = {"web nodes": _used(*(each.started.pid for each in self.nodes)), "workers": _used(*(each.started.pid for each in self.workers))}
        found["nginx"] = _used(self.nginx.running.pid) if self.nginx.running else 0.0
        found["PostgreSQL"] = _used(int((self.postgres.folder / "postmaster.pid").read_text().split()[0]))
        found["phones"] = sum(psutil.Process(os.getpid()).cpu_times()[:2])
        return found


def _used(*pids: int) -> float:
    """Of these processes and all that came of them."""
    total = 0.0
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            main = psutil.Process(pid)
            for each in (main, *main.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    total += sum(each.cpu_times()[:4])  # with children that ended
    return total


@contextmanager
def an_installation(folder: Path, nodes: int, workers: int) -> Iterator[Installation]:
    """One that answers, gone at the end."""
    folder.chmod(0o755)  # PostgreSQL runs as somebody else
    postgres = Postgres(folder / "pg")
    postgres.make()
    postgres.start()
    with ExitStack() as stack:
        stack.callback(postgres.stop, "immediate")
        redis = Redis()
        redis.start()
        stack.callback(redis.kill)
        bucket = stack.enter_context(a_bucket_server())
        post, box = stack.enter_context(mail_server())
        made = Installation(folder, postgres, redis, bucket, post, box, Nginx(folder / "nginx"))
        _prepare(made)
        stack.callback(made.end)
        made.start(nodes, workers)
        yield made


def _prepare(made: Installation) -> None:
    """The first start makes the keys; from there they go to all."""
    first = made.folder / "first"
    prepare(first, made.postgres.url)
    made.keys.mkdir()
    for key in first.glob("*.key"):
        shutil.copy(key, made.keys / key.name)
    read_settings(made.environment(first))
