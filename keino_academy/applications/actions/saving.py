"""Saving a section: all that was typed is kept, and nobody's text is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from keino_academy.applications.actions.claiming import AlreadyBegun, claim_place
from keino_academy.applications.actions.moving import NotPossible, note, why_not
from keino_academy.applications.answering import count_again, count_met, keep_sections
from keino_academy.applications.asking import ask_people
from keino_academy.applications.documents import TEAM
from keino_academy.applications.enums import Actor
from keino_academy.applications.filled import Typed
from keino_academy.applications.journey import Section
from keino_academy.applications.models import Application, Colleague
from keino_academy.applications.queries import all_answers, find_application
from keino_academy.applications.section_forms import BaseApplicationForm
from keino_academy.applications.signals import application_saved
from keino_academy.applications.standing import Part, every_section, written_sections
from keino_academy.applications.writing import Writing, writing
from keino_academy.booking.contention import alone_or_inside
from keino_academy.core import clock
from keino_academy.core.text import clean_text

#: Fields that a browser leaves out of what it sends when nothing is chosen in them.
_LEFT_OUT = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SelectMultiple)


class SectionGone(NotPossible):
    """The form has no such section, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("The form does not have this part any more. Go on from the list of its parts."))


class Conflict(NotPossible):
    """Somebody else saved the section since it was opened.

    ``theirs`` is what the section's fields hold now; ``count`` is what a saving that has seen it tells.
    """

    def __init__(self, application: Application, section: Section, theirs: Typed, count: int) -> None:
        super().__init__(
            _("This part was saved by somebody else, or in another window, since you opened it.")
        )
        self.application, self.section, self.theirs, self.count = application, section, theirs, count


@dataclass(frozen=True)
class Saved:
    """What saving led to. ``form`` is bound, with its errors; ``kept`` is false where only a whole
    section can be kept; ``taken`` where the organisation has another application."""

    application: Application
    section: Section
    form: BaseApplicationForm
    how: Writing
    count: int
    kept: bool = True
    taken: bool = False


def save_section(
    application: Application,
    name: str,
    posted: MultiValueDict[str, str],
    *,
    language: str,
    count: int,
    overwrites: bool = False,
    writer: Colleague | None = None,
) -> Saved:
    """Keep what was posted of one section, with whatever is still to be mended in it.

    ``count`` is how often the section had been saved when it was opened, and ``overwrites`` says
    that another's text was seen and is to give way; it stays among the revisions. ``writer`` is the
    colleague who writes, and None for the contact person. The same text saved again changes nothing.
    Raises :class:`Conflict`, :class:`SectionGone`, and :class:`NotPossible` where nothing can be written
    any more.
    """
    return alone_or_inside(lambda: _save(application.pk, name, posted, language, count, overwrites, writer))


def _save(
    pk: int,
    name: str,
    posted: MultiValueDict[str, str],
    language: str,
    count: int,
    overwrites: bool,
    writer: Colleague | None,
) -> Saved:
    locked = locked_application(pk)
    how = writing(locked)
    if how is Writing.CLOSED:
        raise NotPossible(why_not(locked))
    section = next((one for one in written_sections(locked, language) if one.id == name), None)
    if section is None:
        raise SectionGone
    part = Part(section, all_answers(locked), every_section(locked, language))
    theirs = part.kept(locked)
    mine = _texts(part.form_class.base_fields, posted, theirs)
    form, known = part.sent(mine), locked.progress.get(name, {}).get("count", 0)
    whole, same = form.is_valid(), bool(known) and mine == theirs
    # Whole, and yet kept as typed: something else stood in the way, which may be gone now.
    waits = whole and name in locked.typed
    if same and not waits:
        return Saved(locked, section, form, how, known)
    if known != count and not same:
        raise Conflict(locked, section, theirs, known)
    if how is Writing.SENT and not whole:
        return Saved(locked, section, form, how, known, kept=False)
    if overwrites:
        note(locked, "overwrite", Actor.APPLICANT, writer=writer)
    taken = _write(locked, section, form, mine, known + 1)
    _after(locked, how, writer)
    return Saved(locked, section, form, how, known + 1, taken=taken)


def locked_application(pk: int) -> Application:
    """The application behind its lock, read with everything; raises :class:`NotPossible` where it is gone."""
    # Locked first and read then: a look that had to wait would show rows beside it as they were before.
    Application.objects.select_for_update().only("pk").filter(pk=pk).first()
    found = find_application(pk=pk)
    if found is None:
        raise NotPossible(_("The application is not there any more."))
    return found


def _texts(
    fields: Mapping[str, forms.Field], posted: MultiValueDict[str, str], theirs: Mapping[str, list[str]]
) -> Typed:
    """The texts of a form's fields. A text field that did not come at all was cut off: it stays as it was."""
    found: Typed = {}
    for name, field in fields.items():
        if name in posted:
            values = [clean_text(value) for value in posted.getlist(name)]
        else:
            values = [] if isinstance(field.widget, _LEFT_OUT) else theirs.get(name, [])
        if any(values):
            found[name] = values
    return found


def _write(
    application: Application, section: Section, form: BaseApplicationForm, texts: Typed, count: int
) -> bool:
    """Write the section; whether another application of its organisation stands in the way."""
    before = application.organisation, application.business_id
    keep_sections(application, (section,), form.answers)
    taken = before != (application.organisation, application.business_id) and _is_taken(application)
    if taken:
        # What was typed is kept as such; the application stays with the organisation that it was of.
        application.organisation, application.business_id = before
        form.add_error(None, str(AlreadyBegun()))
    if form.errors:
        application.typed[section.id] = texts
    else:
        application.typed.pop(section.id, None)
    now = clock.now()
    application.progress[section.id] = {"saved": now.isoformat(), "count": count}
    application.saved_at = now
    if writing(application) is Writing.LATE:
        application.late_at = application.late_at or now
    if section.id != TEAM:
        count_met(application)
    application.save()
    if section.id == TEAM:
        # What was read before holds the old team.
        count_again(find_application(pk=application.pk) or application)
    return taken


def _is_taken(application: Application) -> bool:
    if not application.organisation_key:
        return False  # it claims its place later
    try:
        claim_place(application)
    except AlreadyBegun:
        return True
    return False


def _after(application: Application, how: Writing, writer: Colleague | None) -> None:
    """What others are told of it."""
    if how is Writing.SENT:
        note(application, "change", Actor.APPLICANT, writer=writer)
        ask_people(application)
    application_saved.send(sender=Application, application=application)
