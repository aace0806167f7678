"""Admin views of records that belong to an academy: nobody meets another academy's rows.

A room subclasses :class:`ScopedViewSet`, says in ``owners`` in which academies a user may
do what, and in ``owner`` how a row leads to its academy. Index, export, add, edit, delete,
inspect, history and usage are closed by that alone, and so are the choices of filters and
of foreign keys. Django's model permissions play no part: Wagtail's "can access the admin"
and the academy's own rights do.

A room puts its viewsets into the menu "Academy" by a hook::

    @hooks.register(VIEWSETS_HOOK)
    def viewsets():
        return [ApplicationViewSet()]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wagtail
from django.contrib.auth.models import Permission
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import BasePermissionPolicy

from keino_academy.core import admin_views

__all__ = ["EXPORT_ACTION", "READ_ACTION", "VIEWSETS_HOOK", "AcademyGroup", "ScopedPolicy", "ScopedViewSet"]

#: Functions of this hook return viewsets for the menu "Academy".
VIEWSETS_HOOK = "keino_academy_admin_viewsets"
#: Actions in Wagtail's log: a record was opened; rows were exported.
READ_ACTION = "keino_academy.read"
EXPORT_ACTION = "keino_academy.export"


class ScopedPolicy(BasePermissionPolicy):
    """A permission policy that asks the viewset, for the model and for each instance."""

    def __init__(self, viewset: ScopedViewSet) -> None:
        super().__init__(viewset.model)
        self.viewset = viewset

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this in any academy; asked once for each request's user."""
        if action not in self.viewset.allows:
            return False
        known = vars(user).setdefault("_keino_academy_may", {})
        key = (self.viewset.name, action)
        if key not in known:
            known[key] = self.viewset.owners(user, action).exists()
        return known[key]

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether the user may do this with the row."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether the user may do any of these with the row."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        """The rows with which the user may do this."""
        return self.viewset.scope(user, action)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """The rows with which the user may do any of these."""
        found = self.viewset.model.objects.none()
        for action in actions:
            found = found | self.viewset.scope(user, action)
        return found


class ScopedViewSet(ModelViewSet):
    """A ``ModelViewSet`` whose rows belong to academies; see the module."""

    #: What may be done at all, of ``view``, ``add``, ``change`` and ``delete``.
    allows: frozenset[str] = frozenset({"view"})
    #: The lookup from a row to its academy.
    owner = "academy"
    #: Foreign keys and filters whose choices hold nothing of an academy.
    open_choices: frozenset[str] = frozenset()
    #: Whether opening a row is noted in the log, as it is where rows hold personal data.
    logs_reading = True

    #: What forms hold; nothing, where nothing may be added or changed.
    form_fields: Any = ()
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = admin_views.ScopedIndexView
    add_view_class = admin_views.ScopedCreateView
    edit_view_class = admin_views.ScopedEditView
    delete_view_class = admin_views.ScopedDeleteView
    history_view_class = admin_views.ScopedHistoryView
    usage_view_class = admin_views.ScopedUsageView
    inspect_view_class = admin_views.ScopedInspectView

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = ScopedPolicy(self)
        if wagtail.VERSION >= (8, 0):
            from wagtail.permissions import register_permission_policy

            register_permission_policy(self.model, self.policy, exact_class=True)

    @property
    def permission_policy(self) -> ScopedPolicy:
        """The policy, where Wagtail 7.4 looks for it."""
        return self.policy

    def owners(self, user: Any, action: str) -> QuerySet[Any]:
        """The academies in which the user may do ``action`` with these rows."""
        raise NotImplementedError

    def scope(self, user: Any, action: str = "view") -> QuerySet[Any]:
        """The rows with which the user may do ``action``."""
        rows = self.model.objects.all()
        if action not in self.allows:
            return rows.none()
        return rows.filter(**{f"{self.owner}__in": self.owners(user, action)})

    def choices(self, user: Any, action: str, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        """What a foreign key or filter may offer; nothing, unless it is known to be the user's.

        Academies are those of ``owners``; rows of a model that has a scoped viewset are its rows.
        """
        if name in self.open_choices:
            return rows
        owners = self.owners(user, action)
        if rows.model is owners.model:
            return rows.filter(pk__in=owners.values("pk"))
        policy = scoped_policies().get(rows.model)
        return rows.filter(pk__in=policy.viewset.scope(user).values("pk")) if policy else rows.none()

    def note_read(self, request: HttpRequest, instance: Model) -> None:
        """Note in the log that the user opened a row."""
        if self.logs_reading:
            log(instance, READ_ACTION, user=request.user)

    def note_page(self, request: HttpRequest, academies: Iterable[Model], **data: Any) -> None:
        """Note in the log of each academy that a page showed its rows: once for the page, whatever it held."""
        if self.logs_reading:
            for academy in academies:
                log(academy, READ_ACTION, user=request.user, data={"model": self.model_opts.label, **data})

    def note_rows(self, request: HttpRequest, rows: QuerySet[Any], **data: Any) -> None:
        """Note in the log of each academy how many of its rows were exported, and by what they were chosen."""
        counted = rows.order_by().values_list(self.owner).annotate(rows=Count("pk"))
        numbers = dict(counted)
        for academy in self.owners(request.user, "view").filter(pk__in=numbers):
            told = {"model": self.model_opts.label, "rows": numbers[academy.pk], **data}
            log(academy, EXPORT_ACTION, user=request.user, data=told)

    def note_export(self, request: HttpRequest, count: int) -> None:
        """Note in the log of each academy concerned that rows were exported."""
        data = {"model": self.model_opts.label, "rows": count}
        for academy in self.owners(request.user, "view"):
            log(academy, EXPORT_ACTION, user=request.user, data=data)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tell every view whose it is."""
        return super().get_common_view_kwargs(viewset=self, **kwargs)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: the group's screen offers the academy's rights instead."""
        return Permission.objects.none()

    def on_register(self) -> None:
        """Let other viewsets' choices find this one's rows."""
        super().on_register()
        scoped_policies()[self.model] = self.policy


_policies: dict[type[Model], ScopedPolicy] = {}


def scoped_policies() -> dict[type[Model], ScopedPolicy]:
    """The policies of all registered scoped viewsets, by model."""
    return _policies


class AcademyGroup(ViewSetGroup):
    """The menu "Academy", with what the rooms give it."""

    menu_label = _("Academy")
    menu_name = "keino-academy"
    menu_icon = "group"
    menu_order = 250

    def __init__(self) -> None:
        self.items = [viewset for offer in hooks.get_hooks(VIEWSETS_HOOK) for viewset in offer()]
        super().__init__()
