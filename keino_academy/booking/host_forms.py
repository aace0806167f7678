"""The form of a host."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from keino_academy.booking.models import Host
from keino_academy.booking.slot_forms import join_link_field


class HostForm(WagtailAdminModelForm):
    """A host, with the place and link where they meet people."""

    join_link = join_link_field(_("Only those who booked see it. A time may have another one."))

    class Meta:
        model = Host
        fields = ["academy", "name", "email", "place", "join_link"]
