"""Editing a bookable session in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView

from keino_academy.booking.batch_views import many_button
from keino_academy.booking.models import SlotSeries


class SessionEditView(EditView):
    """Editing a session, with ways to its times and to what it writes."""

    owner_viewset: Any = None

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Many times at once, when the session was published and can have times; its mails."""
        series = SlotSeries.objects.filter(translation_key=self.object.translation_key).first()
        url = reverse(self.owner_viewset.get_url_name("mails"), args=[self.object.pk])
        mails = HeaderButton(_("Mails and calendar entry"), url=url, icon_name="mail")
        return [*super().header_buttons, *([many_button(series)] if series else []), mails]
