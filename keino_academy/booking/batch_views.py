"""Many times made together, with a preview, and taken away together; see :mod:`batch_forms`."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from keino_academy.booking import actions
from keino_academy.booking.batch_forms import BatchForm
from keino_academy.booking.batch_queries import has_closed, in_the_way, known_around
from keino_academy.booking.errors import BatchBookedError, HostTwiceError
from keino_academy.booking.models import SlotBatch, SlotSeries
from keino_academy.booking.proposals import Proposal, Verdict, by_day, count, propose
from keino_academy.core.admin_views import ScopedCreateView, ScopedDeleteView, ScopedIndexView

#: Actions in Wagtail's log.
MAKE_BATCH, TAKE_AWAY = "keino_academy.make_batch", "keino_academy.take_away_batch"

MANY, BATCHES, UNDO = "keino_slots:many", "keino_batches:index", "keino_batches:undo"


def many_button(series: SlotSeries | None = None) -> HeaderButton:
    """The way to the plan, with the series chosen."""
    query = f"?series={series.pk}" if series else ""
    return HeaderButton(_("Add many times"), url=reverse(MANY) + query, icon_name="table")


def batches_button() -> HeaderButton:
    """The way to what was made together."""
    return HeaderButton(_("Times made together"), url=reverse(BATCHES), icon_name="history")


class ManySlotsView(ScopedCreateView):
    """A plan, then its preview, then the times: each step is one POST, and the last one writes."""

    form_class = BatchForm
    template_name = "keino_academy/admin/batches/plan.html"
    page_title = _("Add many times")
    page_subtitle = _("Many times")
    submit_button_label = _("Show the times")
    error_message = _("The plan can’t be shown yet. Look at the fields below.")

    def get_initial(self) -> dict[str, Any]:
        """The series that the address names, and its length."""
        named = self.request.GET.get("series", "")
        rows = self.viewset.choices(self.request.user, "add", "series", SlotSeries.objects.all())
        series = rows.filter(pk=named).first() if named.isdecimal() and len(named) < 10 else None
        return {"series": series.pk, "minutes": series.minutes} if series else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """A plain form takes no instance."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        kwargs.pop("for_user", None)
        return kwargs

    def get_add_url(self) -> str:
        """The form comes back here."""
        return reverse(MANY)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """What was made before."""
        return [batches_button()]

    def form_valid(self, form: BatchForm) -> HttpResponseBase:
        """Go where the button leads."""
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "make" in self.request.POST:
            return self._make(form)
        return self._preview(form, self._proposals(form))

    def _proposals(self, form: BatchForm, ticked: frozenset[str] | None = None) -> list[Proposal]:
        cleaned = form.cleaned_data
        known = known_around(cleaned["series"], form.wanted, cleaned["hosts"])
        return propose(form.wanted, known, ticked)

    def _preview(
        self, form: BatchForm, proposals: list[Proposal], error: str = "", status: int = 200
    ) -> HttpResponse:
        self.template_name = "keino_academy/admin/batches/preview.html"
        context = self.get_context_data(
            form=form,
            days=by_day(proposals),
            error=error,
            total=len(proposals),
            ticked=sum(proposal.ticked for proposal in proposals),
            counts={verdict.value: count(proposals, verdict) for verdict in Verdict},
            series_closed=has_closed(form.cleaned_data["series"]),
        )
        return self.render_to_response(context, status=status)

    def _make(self, form: BatchForm) -> HttpResponseBase:
        """Make the ticked times of the plan as it is now; what is there already is left alone."""
        ticked = frozenset(self.request.POST.getlist("time"))
        proposals = self._proposals(form, ticked)
        chosen = [proposal for proposal in proposals if proposal.key in ticked]
        if not chosen:
            return self._preview(form, proposals, str(_("Tick the times that you want to make.")))
        if any(proposal.verdict is Verdict.BARRED for proposal in chosen):
            text = _("Nothing was made, since some of the times can’t be made any more. Look at the remarks.")
            return self._preview(form, proposals, str(text), 409)
        sittings = [(form.slot(proposal.wanted), proposal.wanted.hosts) for proposal in chosen]
        try:
            made = actions.make_batch(sittings, by=self.request.user)
        except HostTwiceError as error:
            return self._preview(form, self._proposals(form, ticked), str(error), 409)
        self._tell(made.batch, made.made, made.there)
        return redirect(BATCHES)

    def _tell(self, batch: SlotBatch | None, made: int, there: int) -> None:
        text = ngettext("%(count)s time was made.", "%(count)s times were made.", made) % {"count": made}
        if there:
            text += " " + ngettext("%(count)s was there already.", "%(count)s were there already.", there) % {
                "count": there
            }
        if batch is None:
            messages.warning(self.request, text)
            return
        log(batch, MAKE_BATCH, user=self.request.user, data={"times": made})
        undo = messages.button(reverse(UNDO, args=[batch.pk]), _("Take these times away"))
        messages.success(self.request, text, buttons=[undo])


class BatchIndexView(ScopedIndexView):
    """Times made together: by whom, when, how many of them stand, and how many are booked."""

    page_title = _("Times made together")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Make more."""
        return [many_button()]


class TakeAwayView(ScopedDeleteView):
    """A question, and a button that takes all times of a batch away, or none."""

    scope_action = "undo"
    permission_required = "undo"
    template_name = "keino_academy/admin/batches/take_away.html"
    page_title = _("Take these times away")
    success_message = _("The times were taken away.")
    usage_url_name = None

    def get_page_subtitle(self) -> str:
        """Of which session."""
        return self.object.series.title

    def get_delete_url(self) -> str:
        """The form comes back here."""
        return reverse(UNDO, args=[self.object.pk])

    def get_usage_url(self) -> None:
        """Not shown: nothing else points to them."""
        return

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Take them away, or show who has booked them."""
        try:
            return super().form_valid(form)
        except BatchBookedError as error:
            context = self.get_context_data(form=form, refused=str(error))
            return self.render_to_response(context, status=409)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands in the way, before anybody presses the button."""
        return super().get_context_data(bookings=in_the_way(self.object), **kwargs)

    def delete_action(self) -> None:
        """Take them away."""
        gone = actions.take_away(self.object)
        if gone.deleted or gone.cancelled:
            data = {"deleted": gone.deleted, "cancelled": gone.cancelled}
            log(self.object, TAKE_AWAY, user=self.request.user, data=data)
