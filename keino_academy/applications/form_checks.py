"""What several answers of a form must say together."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

#: The names of the form's fields about the management.
NAME, TITLE, EMAIL = "q-director_name", "q-director_title", "q-director_email"


def check_management(form: Any) -> None:
    """Whoever is to countersign needs a name and an address; both may still be left empty together."""
    if EMAIL not in form.fields:
        return
    name, title, email = (form.cleaned_data.get(field) for field in (NAME, TITLE, EMAIL))
    wanted = name or title or email or EMAIL in form.errors
    if wanted and not name and NAME not in form.errors:
        form.add_error(NAME, _("Write the name of the director, or leave all three empty for now."))
    if wanted and not email and EMAIL not in form.errors:
        form.add_error(EMAIL, _("Write the address of the director: the link goes there."))
