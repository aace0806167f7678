"""Notes of a discussion in the admin: every criterion with its answer, beside what is noted of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from keino_academy.applications.actions.noting import keep_notes
from keino_academy.applications.answers import Said, say_all
from keino_academy.applications.discussion_notes import NoteWords, notes_of, verdict_word
from keino_academy.applications.doing_views import DoingView
from keino_academy.applications.models import Application, DiscussionNote
from keino_academy.applications.note_forms import NotesForm
from keino_academy.applications.queries import all_answers, sections_for, with_all


def notes_button(application: Application, _user: Any) -> list[Button]:
    """The way to the notes, for who reads the application."""
    url = reverse("keino_applications:notes", args=[application.pk])
    return [Button(gettext("Notes of the discussion"), url=url, icon_name="edit", priority=4)]


class NotesView(DoingView):
    """The notes; posting them keeps what was changed, and shows what somebody else changed meanwhile."""

    scope_action = "view"
    form_class = NotesForm
    template_name = "keino_academy/admin/applications/notes.html"
    page_title = _("Notes of the discussion")
    header_icon = "edit"

    @cached_property
    def judged(self) -> list[Said]:
        """The criteria that were asked, with their answers, in the applicant's language."""
        application = with_all(Application.objects.filter(pk=self.object.pk)).get()
        sections = sections_for(application)
        with override(application.language):
            said = say_all(sections, all_answers(application, sections))
        return [row for part in said for row in part.rows if row.verdict is not None]

    def known(self) -> dict[str, DiscussionNote]:
        """The notes that stand, by question."""
        return {note.question: note for note in self.object.notes.all()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """What is asked about, and what stands."""
        asked = [row.question.id for row in self.judged]
        return super().get_form_kwargs() | {"questions": asked, "known": self.known()}

    def get_context_data(self, clashes: tuple[str, ...] = (), **kwargs: Any) -> dict[str, Any]:
        """Each criterion with its answer, its fields and, where somebody was quicker, what that one wrote."""
        context = super().get_context_data(**kwargs)
        labels = {row.question.id: row.question.label for row in self.judged}
        theirs: dict[str, NoteWords] = {}
        if clashes:
            theirs = {note.question: note for note in notes_of(self.object, labels)}
        said = {row.question.id: row for row in self.judged}
        rows = [
            {
                "note": row,
                "said": said.get(row.question),
                "verdict": verdict_word(said[row.question].verdict or "") if row.question else "",
                "is_clash": row.question in clashes,
                "theirs": theirs.get(row.question),
            }
            for row in context["form"].rows
        ]
        return context | {
            "application": self.object,
            "language": self.object.language,
            "application_url": self.application_url,
            "rows": rows,
        }

    def form_valid(self, form: NotesForm) -> HttpResponse:
        """Keep them; where somebody was quicker, both texts are shown."""
        clashes = keep_notes(self.object, form.written(), self.request.user)
        if clashes:
            form.show_theirs(clashes, self.known())
            messages.warning(self.request, gettext("Some notes were not kept: somebody else changed them."))
            return self.render_to_response(self.get_context_data(form=form, clashes=clashes))
        messages.success(self.request, gettext("The notes are kept."))
        return redirect(self.application_url)
