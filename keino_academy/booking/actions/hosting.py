"""Hosts sit in one time at once.

Whoever gives a host a time touches the host's row first, in the order of their keys and
before any slot's row. So all who want the same host stand in one queue, and what is found
afterwards is true until the end of the transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F

from keino_academy.booking.errors import HostTwiceError
from keino_academy.booking.models import Host, Slot
from keino_academy.booking.spans import Spans
from keino_academy.core import dates

#: A slot and the keys of the hosts who are to sit in it.
Sitting = tuple[Slot, frozenset[int]]


def queue_for_hosts(pks: Iterable[int]) -> None:
    """Queue up for the hosts, always in the order of their keys."""
    for pk in sorted(set(pks)):
        Host.objects.filter(pk=pk).update(lock_version=F("lock_version") + 1)


def refuse_twice(sittings: Collection[Sitting]) -> None:
    """Raise :class:`HostTwiceError` when a host would sit in two standing times at once.

    Asked after :func:`queue_for_hosts`; a slot never stands in its own way.
    """
    hosts = {host for _slot, who in sittings for host in who}
    if not hosts:
        return
    spans = _standing(sittings, hosts)
    for slot, who in sittings:
        for host in sorted(who):
            other = spans.overlapping(host, slot.starts, slot.ends)
            if other is not None:
                local = slot.series.academy.local
                raise HostTwiceError(dates.occasion(*map(local, other)))
            spans.add(host, slot.starts, slot.ends)


def _standing(sittings: Collection[Sitting], hosts: Collection[int]) -> Spans:
    """When the hosts sit in other times. One query."""
    sits = Slot.hosts.through._default_manager.filter(
        host__in=hosts,
        slot__cancelled_at=None,
        slot__starts__lt=max(slot.ends for slot, _who in sittings),
        slot__ends__gt=min(slot.starts for slot, _who in sittings),
    ).exclude(slot__in=[slot.pk for slot, _who in sittings if slot.pk])
    return Spans(sits.values_list("host_id", "slot__starts", "slot__ends"))
