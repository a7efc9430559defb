"""Files in an S3-compatible store, for installations of more than one machine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from voice.storage.files import Held, NoSuchFile, StoreAway, hold_name

if TYPE_CHECKING:
    from obstore.store import S3Store

SECONDS: Final = timedelta(seconds=10)
TRIES: Final = 2


class Bucket:
    """`url`: `s3://id:secret@host/bucket/folder?region=…`, checked by the settings."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    def put(self, name: str, data: bytes) -> None:
        hold_name(name)
        with _told():
            self._store.put(name, data, use_multipart=False)

    def get(self, name: str) -> bytes:
        hold_name(name)
        with _told():
            return bytes(self._store.get(name).bytes())

    def delete(self, name: str) -> None:
        hold_name(name)
        with _told(), contextlib.suppress(FileNotFoundError):
            self._store.delete(name)

    def held(self) -> Iterator[Held]:
        with _told():
            for some in self._store.list():
                yield from (Held(each["path"], each["size"], each["last_modified"]) for each in some)

    def names(self) -> Iterator[str]:
        return (each.name for each in self.held())

    @cached_property
    def _store(self) -> S3Store:
        """Made at the first use: each process of the server makes its own, and only installations with such a store load what it needs."""
        from obstore.store import S3Store

        bucket, _, folder = self._parts.path.strip("/").partition("/")
        options: dict[str, Any] = {"prefix": folder or None}
        return S3Store(
            bucket,
            endpoint=_endpoint(self._parts),
            region=parse_qs(self._parts.query).get("region", ["us-east-1"])[0],
            access_key_id=unquote(self._parts.username or ""),
            secret_access_key=unquote(self._parts.password or ""),
            virtual_hosted_style_request=False,
            client_options={"allow_http": self._parts.scheme == "s3+http", "timeout": SECONDS, "connect_timeout": SECONDS},
            retry_config={"max_retries": TRIES, "retry_timeout": 2 * SECONDS},
            **options,
        )


def _endpoint(parts: SplitResult) -> str:
    scheme = "http" if parts.scheme == "s3+http" else "https"
    return f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong on the way there is one thing to us; an error of the library may name the bucket, and stays here."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as wrong:
        raise NoSuchFile from wrong
    except (BaseError, OSError) as wrong:
        raise StoreAway(type(wrong).__name__) from None
