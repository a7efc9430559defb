"""Where a request comes from: looked at in passing, to tell a machine from a class, and kept by nobody.

This is the one place that reads an address. What is kept of it, for minutes, is a mark (`keeping.arriving`).
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import request

from voice.config import settings

HOME_OF_ONE = 64  # bits: whoever has an IPv6 address at all has as many as they like of the same beginning


def sender() -> str:
    """The network address, as the web server in front of us says it (VOICE_FRONT_SERVERS); empty where nobody knows."""
    hops = [each.strip() for header in request.headers.getlist("X-Forwarded-For") for each in header.split(",")]
    front = settings().front_servers
    told = hops[-front] if 0 < front <= len(hops) else request.remote_addr or ""
    return network(told)


def network(told: str) -> str:
    """What addresses of one home have in common."""
    try:
        address = ip_address(told.strip("[]"))
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{int(address) >> (128 - HOME_OF_ONE):x}"
