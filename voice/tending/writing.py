"""Numbers as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from voice.tending.gauges import Gauge
from voice.tending.rules import ended, took

TYPE: Final = CONTENT_TYPE_LATEST


class _Given(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self.families = families

    def collect(self) -> Iterable[Metric]:
        return self.families


def as_text(counts: Mapping[str, int], gauges: Iterable[Gauge]) -> bytes:
    """The reply. The same numbers always give the same text."""
    registry = CollectorRegistry()
    registry.register(_Given([*_of_requests(counts), *_of_gauges(gauges)]))
    return generate_latest(registry)


def _of_requests(counts: Mapping[str, int]) -> Iterator[Metric]:
    requests = CounterMetricFamily(
        "voice_requests", "Requests by kind, room and how they ended; in whole tens, but what failed here (5xx)", labels=["kind", "room", "status"]
    )
    for labels, number in sorted(ended(counts).items()):
        requests.add_metric(labels, number)
    yield requests
    seconds = HistogramMetricFamily("voice_request_seconds", "Seconds until the reply began, by kind; in whole tens", labels=["kind"])
    for kind, buckets in sorted(took(counts).items()):
        seconds.add_metric([kind], buckets, sum_value=None)  # a sum would move with each single request
    yield seconds


def _of_gauges(gauges: Iterable[Gauge]) -> Iterator[Metric]:
    families: dict[str, GaugeMetricFamily] = {}
    for each in gauges:
        family = families.setdefault(each.name, GaugeMetricFamily(each.name, each.says, labels=list(each.labels)))
        family.add_metric(list(each.labels.values()), each.value)
    yield from families.values()
