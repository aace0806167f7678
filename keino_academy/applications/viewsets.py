"""Applications in Wagtail's admin: the list, and one application as its readers see it."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateTimeField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from keino_academy.announcement.enums import Right
from keino_academy.announcement.rights import academies_for
from keino_academy.applications.answers import say_all
from keino_academy.applications.models import Application
from keino_academy.applications.queries import all_answers, holder_key, sections_for, with_all
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import live, live_bookings_of
from keino_academy.core import dates
from keino_academy.core.admin import ScopedViewSet
from keino_academy.core.admin_views import ScopedIndexView, ScopedInspectView
from keino_academy.core.languages import language_codes
from keino_academy.core.models import OutboxMail
from keino_academy.core.organisations import organisation_kinds

#: Functions of this hook get an application and a user, and return buttons for its page.
BUTTONS_HOOK = "keino_academy_application_buttons"


def readable_academies(user: Any) -> QuerySet[Any]:
    """The academies whose applications a user may read: who decides has to read."""
    return academies_for(user, Right.READ) | academies_for(user, Right.DECIDE)


class ApplicationFilters(WagtailFilterSet):
    """By academy, state and kind of organisation."""

    organisation_kind = ChoiceFilter(choices=organisation_kinds, label=_("Kind of organisation"))

    class Meta:
        model = Application
        fields = ["academy", "state", "organisation_kind"]


class ApplicationIndexView(ScopedIndexView):
    """The list: what a reader asks of each application stands in its row."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """The user's applications, each with the time of its first booked discussion."""
        booked = Booking.objects.filter(
            live(), holder=Concat(Value("application:"), Cast(OuterRef("pk"), CharField()))
        )
        first = Subquery(
            booked.order_by("slot__starts").values("slot__starts")[:1], output_field=DateTimeField()
        )
        found = super().get_base_queryset().select_related("academy")
        return found.annotate(booked_at=first)


class ApplicationInspectView(ScopedInspectView):
    """One application: answers, criteria with their verdicts, pilot, team, bookings, mails, revisions."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything that is known of it, in the language that is asked for."""
        application = with_all(Application.objects.filter(pk=self.object.pk)).get()
        asked = self.request.GET.get("language", "")
        language = asked if asked in language_codes() else application.academy.language
        sections = sections_for(application, language)
        with override(language):
            said = say_all(sections, all_answers(application, sections))
        return super().get_context_data(**kwargs) | {
            "application": application,
            "facts": application_facts(application),
            "said": said,
            "judged": [(part.section, row) for part in said for row in part.rows if row.verdict is not None],
            "bookings": [
                (booking, application.academy.local(booking.slot.starts))
                for booking in live_bookings_of(holder_key(application))
            ],
            "mails": OutboxMail.objects.filter(about=f"application:{application.pk}").order_by("-pk"),
            "revisions": [
                (revision, dates.moment(application.academy.local(revision.made_at)))
                for revision in application.revisions.all()
            ],
            "languages": [(code, language_name(code), code == language) for code in language_codes()],
            "doings": self.doings,
        }

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What other rooms let the user do with the application."""
        return [*super().header_more_buttons, *self.doings]

    @cached_property
    def doings(self) -> list[Button]:
        """The buttons of other rooms, in their order."""
        offers = (offer(self.object, self.request.user) for offer in hooks.get_hooks(BUTTONS_HOOK))
        return sorted(button for offer in offers for button in offer)


def application_facts(application: Application) -> list[tuple[Any, Any]]:
    """Name and value of what is known without reading answers."""
    sent = application.academy.local(application.sent_at) if application.sent_at else None
    grace = _("within the grace after the deadline") if application.in_grace else ""
    return [
        (_("Academy"), application.academy.title),
        (_("State"), application.get_state_display()),
        (_("Sent"), f"{dates.moment(sent)} {grace}".strip() if sent else "–"),
        (_("Language"), language_name(application.language)),
        (_("Criteria met"), met_of(application)),
    ]


def language_name(code: str) -> str:
    """The language's name in the user's language."""
    return str(get_language_info(code)["name_translated"])


def met_of(application: Application) -> str:
    """``5/6``."""
    return f"{application.met}/{application.asked}" if application.asked else "–"


def _kind(application: Application) -> str:
    return str(dict(organisation_kinds()).get(application.organisation_kind, application.organisation_kind))


def _in_zone(name: str) -> Any:
    def accessor(application: Application) -> str:
        moment = getattr(application, name)
        return dates.moment(application.academy.local(moment)) if moment else "–"

    return accessor


class ApplicationViewSet(ScopedViewSet):
    """Applications: read here; what changes them are the buttons of the rooms above."""

    model = Application
    name = "keino_applications"
    url_prefix = "academy/applications"
    icon = "form"
    menu_label = _("Applications")
    menu_order = 100
    inspect_view_enabled = True
    index_view_class = ApplicationIndexView
    inspect_view_class = ApplicationInspectView
    inspect_template_name = "keino_academy/admin/applications/inspect.html"
    filterset_class = ApplicationFilters
    search_fields = ["reference", "organisation"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "reference",
        "organisation",
        Column("kind", label=_("Kind"), accessor=_kind),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        Column("sent", label=_("Sent"), accessor=_in_zone("sent_at"), sort_key="sent_at"),
        Column("met", label=_("Criteria met"), accessor=met_of, sort_key="met"),
        Column("booked", label=_("Discussion"), accessor=_in_zone("booked_at"), sort_key="booked_at"),
    ]
    list_export = [
        "reference",
        "academy.title",
        "organisation",
        "organisation_kind",
        "business_id",
        "contact_name",
        "contact_email",
        "contact_phone",
        "language",
        "state",
        "met",
        "asked",
        "sent_at",
        "booked_at",
    ]
    export_headings = {
        "academy.title": _("Academy"),
        "asked": _("Criteria asked"),
        "booked_at": _("Discussion"),
    }
    export_filename = "applications"

    def owners(self, user: Any, action: str) -> QuerySet[Any]:  # noqa: ARG002 - all may be read alike
        """Where the user may read."""
        return readable_academies(user)
