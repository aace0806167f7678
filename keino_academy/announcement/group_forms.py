"""Rights in academies, on the screen of a Wagtail group."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.formsets import BaseFormSetMixin

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy, AcademyRight


class RightsForm(forms.Form):
    """What the group may do in one academy."""

    academy = forms.ModelChoiceField(label=_("Academy"), queryset=Academy.objects.order_by("-year", "title"))
    rights = forms.MultipleChoiceField(
        label=_("Rights"), choices=Right.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class BaseRightsFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """One row for each academy in which the group has rights."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        instance: Group | None = None,
        prefix: str = "academy_rights",
    ) -> None:
        self.instance = instance if instance is not None else Group()
        super().__init__(data, files, initial=list(self._known()), prefix=prefix)

    @property
    def columns(self) -> list[tuple[Any, Any]]:
        """The heads of the columns, short and in full."""
        short = {
            Right.READ: _("Read"),
            Right.DECIDE: _("Decide"),
            Right.BOOKINGS: _("Bookings"),
            Right.PARTICIPANTS: _("Participants"),
        }
        return [(short.get(right, right.label), right.label) for right in Right]

    def _known(self) -> Any:
        if self.instance.pk is None:
            return
        rights = self.instance.academy_rights.select_related("academy").order_by(
            "academy__title", "academy_id"
        )
        for academy, found in groupby(rights, lambda right: right.academy):
            yield {"academy": academy, "rights": [right.right for right in found]}

    def clean(self) -> None:
        """No academy has two rows."""
        if any(self.errors):
            return
        academies = [form.cleaned_data["academy"] for form in self._filled()]
        if len(set(academies)) != len(academies):
            raise ValidationError(_("Give the rights in one academy on one row."))

    def _filled(self) -> list[RightsForm]:
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data.get("academy") is not None
        ]

    @transaction.atomic
    def save(self) -> None:
        """Make the group's rights those that are ticked."""
        wanted = {
            (form.cleaned_data["academy"].pk, right)
            for form in self._filled()
            for right in form.cleaned_data["rights"]
        }
        for right in self.instance.academy_rights.all():
            if (right.academy_id, right.right) not in wanted:
                right.delete()
            wanted.discard((right.academy_id, right.right))
        AcademyRight.objects.bulk_create(
            AcademyRight(group=self.instance, academy_id=academy, right=right)
            for academy, right in sorted(wanted)
        )

    def as_admin_panel(self) -> str:
        """The panel as the group's screen shows it."""
        return render_to_string("keino_academy/admin/academy_rights.html", {"formset": self})


AcademyRightsFormSet = forms.formset_factory(RightsForm, formset=BaseRightsFormSet, extra=0, can_delete=True)
