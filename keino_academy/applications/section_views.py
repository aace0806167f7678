"""Writing an application part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from keino_academy.announcement.call_words import closing_of
from keino_academy.applications.actions import Conflict, NotPossible, Saved, save_section
from keino_academy.applications.answers import say
from keino_academy.applications.attaching import detach, take_files
from keino_academy.applications.colleagues import COLLEAGUE_DOOR
from keino_academy.applications.filled import Typed
from keino_academy.applications.journey import QuestionType, Section
from keino_academy.applications.models import Application
from keino_academy.applications.own_views import OwnView
from keino_academy.applications.queries import all_answers, door_of, door_of_colleague
from keino_academy.applications.section_forms import BaseApplicationForm
from keino_academy.applications.standing import (
    Part,
    every_section,
    written_sections,
)
from keino_academy.applications.views import DOOR, join_token
from keino_academy.applications.writing import Writing, writing
from keino_academy.core import clock, dates
from keino_academy.core.doors import LinkError, is_open, open_door, read, sign
from keino_academy.core.redirects import SeeOther

#: What the key in a part's form is for: the contact person's, and a colleague's, which opens no more
#: than the colleague's own link.
WRITING, WRITING_ALONG = "writing", "writing-along"


@method_decorator(csrf_exempt, name="dispatch")
class SectionView(OwnView):
    """One part of the form, saved by itself.

    The form holds a key of its own, which only a page that was opened by the link can have: it
    stands for Django's token, and for the session, so that nothing is lost when those have ended.
    """

    def get(self, request: HttpRequest, reference: str, section: str) -> HttpResponseBase:  # noqa: ARG002
        """The part with what was written in it; where nothing can be written any more, the application."""
        application = self.find(reference)
        sections = written_sections(application, self.language)
        one = _named(sections, section)
        if writing(application) is Writing.CLOSED:
            return SeeOther(self.home_url(application))
        answers = all_answers(application)
        every = every_section(application, self.language)
        part = Part(one, answers, every)
        form = part.opened(part.kept(application))
        return self.show_section(application, one, form, _count(application, one))

    def post(self, request: HttpRequest, reference: str, section: str) -> HttpResponseBase:
        """Keep what was written, whatever is still to be mended, and go on where it is whole."""
        told = request.POST.get("count", "")
        try:
            application = self._find_by_key(reference)
        except LinkError:
            return self._not_let_in()
        problems = self._files(application, section)
        try:
            saved = save_section(
                application,
                section,
                request.POST,
                language=self.language,
                count=int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0,
                overwrites="overwrites" in request.POST,
                writer=self.writer,
            )
        except Conflict as conflict:
            return self._both(conflict)
        except NotPossible as reason:
            return self._not_taken(application, str(reason))
        for question in {question for question, _words in problems}:
            # Why a file was not taken also says that one is missing.
            saved.form.errors.pop(f"q-{question}", None)
        for question, words in problems:
            saved.form.add_error(f"q-{question}", words)
        return self._quiet(saved) if "quiet" in request.POST else self._go_on(saved)

    def _files(self, application: Application, name: str) -> list[tuple[str, str]]:
        """Take files in and out; pairs of a question's id and why a file was not taken."""
        told = self.request.POST.get("remove_file", "")
        how = writing(application)
        if not (told or self.request.FILES) or how is Writing.CLOSED:
            return []
        if how is not Writing.SENT and told.isascii() and told.isdigit() and len(told) < 19:
            for attachment in application.attachments.filter(pk=told):
                detach(attachment)
        if not self.request.FILES:
            return []
        section = next((one for one in written_sections(application, self.language) if one.id == name), None)
        return take_files(application, section, self.request.FILES) if section else []

    def _find_by_key(self, reference: str) -> Application:
        """The application whose link opened the page that was sent; the browser is let in again."""
        key = self.request.POST.get("key", "")
        try:
            room, door = DOOR, read(WRITING, key)
        except LinkError:
            room, door = COLLEAGUE_DOOR, read(WRITING_ALONG, key)
        if not is_open(self.request, room, str(door)):
            open_door(self.request, room, str(door))
        return self.find(reference, bare=True)

    def _key(self, application: Application) -> str:
        if self.writer is not None:
            return sign(WRITING_ALONG, door_of_colleague(application, self.writer))
        return sign(WRITING, door_of(application))

    def _go_on(self, saved: Saved) -> HttpResponseBase:
        application = saved.application
        if saved.taken:
            told = [str(saved.form.answers.get(name) or "") for name in ("organisation", "business_id")]
            people = application.contact_email, application.contact_name
            token = join_token(application.academy, told[0], told[1], *people)
            return self.show_section(
                application, saved.section, saved.form, saved.count, 409, join_token=token
            )
        if "remove_file" in self.request.POST and saved.kept:
            return SeeOther(self.request.path)
        if "later" in self.request.POST and saved.kept and not _unfit_files(saved):
            return SeeOther(self.home_url(application))
        if saved.form.errors:
            kept = (
                ""
                if saved.kept
                else _(
                    "What you wrote is on this page and is not saved yet: what was sent stands until this part is whole."
                )
            )
            return self.show_section(application, saved.section, saved.form, saved.count, 422, kept=kept)
        return SeeOther(self._next(application, saved.section))

    def _next(self, application: Application, section: Section) -> str:
        """The part that follows; after the last one, all answers."""
        sections = written_sections(application, self.language)
        place = (
            [one.id for one in sections].index(section.id)
            if section.id in {one.id for one in sections}
            else -1
        )
        if writing(application) in {Writing.SENT, Writing.LATE}:
            return self.home_url(application)
        if place + 1 < len(sections):
            return self.address("application_section", application, section=sections[place + 1].id)
        return self.address("application_answers", application)

    def _quiet(self, saved: Saved) -> HttpResponseBase:
        """Word for the page's own script: that it is kept, or why not."""
        if not saved.kept:
            return JsonResponse({"count": saved.count, "said": ""})
        said = _("Saved at %(clock)s.") % {"clock": dates.clock(_local(saved.application))}
        return JsonResponse({"count": saved.count, "said": said})

    def _both(self, conflict: Conflict) -> HttpResponseBase:
        """One's own text in the form, and what the other saved beside it."""
        application, section = conflict.application, conflict.section
        if "quiet" in self.request.POST:
            said = _(
                "This part was saved by somebody else, or in another window. Press the button to see both texts."
            )
            return JsonResponse({"said": said, "stop": True}, status=409)
        answers = all_answers(application)
        mine = {name: self.request.POST.getlist(name) for name in self.request.POST}
        every = every_section(application, self.language)
        form = Part(section, answers, every).opened({k: v for k, v in mine.items() if k.startswith("q-")})
        return self.show_section(
            application,
            section,
            form,
            conflict.count,
            409,
            theirs=_differing(section, mine, conflict.theirs),
        )

    def _not_taken(self, application: Application, reason: str) -> HttpResponseBase:
        """Nothing can be written any more: what was typed is shown, to be copied."""
        if "quiet" in self.request.POST:
            return JsonResponse({"said": reason, "stop": True}, status=409)
        return self.show(application, "not_taken", 409, reason=reason, typed=self._typed())

    def _not_let_in(self) -> HttpResponseBase:
        """The link was renewed meanwhile, or is not one: what was typed is shown all the same."""
        reason = _(
            "The link of this page does not open the application any more. Copy what you wrote, and open the newest link in your mail."
        )
        if "quiet" in self.request.POST:
            return JsonResponse({"said": reason, "stop": True}, status=404)
        context = {"reason": reason, "typed": self._typed()}
        return self.page(self.request, "keino_academy/applications/not_taken.html", context, 404)

    def _typed(self) -> list[str]:
        names = [name for name in self.request.POST if name.startswith("q-")]
        return [text for name in names for text in self.request.POST.getlist(name) if text.strip()]

    def show_section(
        self,
        application: Application,
        section: Section,
        form: BaseApplicationForm,
        count: int,
        status: int = 200,
        **more: Any,
    ) -> HttpResponseBase:
        """The page of one part."""
        sections = written_sections(application, self.language)
        names = [one.id for one in sections]
        return self.show(
            application,
            "section",
            status,
            section=section,
            form=form,
            count=count,
            key=self._key(application),
            takes_files=any(one.type == QuestionType.FILE for one in section.questions),
            number=names.index(section.id) + 1 if section.id in names else 1,
            total=len(sections),
            how=str(writing(application)),
            closes=closing_of(application.academy),
            left=dates.left(application.academy.closes - clock.now())
            if application.academy.closes and application.academy.closes > clock.now()
            else "",
            **more,
        )


def _unfit_files(saved: Saved) -> bool:
    """Whether a file was not taken: nobody leaves without reading why."""
    files = {f"q-{one.id}" for one in saved.section.questions if one.type == QuestionType.FILE}
    return any(name in saved.form.errors for name in files)


def _named(sections: Sequence[Section], name: str) -> Section:
    found = next((one for one in sections if one.id == name), None)
    if found is None:
        raise LinkError
    return found


def _count(application: Application, section: Section) -> int:
    return int(application.progress.get(section.id, {}).get("count", 0))


def _local(application: Application) -> Any:
    return application.academy.local(application.saved_at or clock.now())


def _differing(section: Section, mine: Typed, theirs: Typed) -> list[tuple[str, str]]:
    """The questions to which the other gave another answer, with that answer in words."""
    part = Part(section, {})
    own, other = part.sent(mine), part.sent(theirs)
    found = []
    for question in section.questions:
        names = own.names(question)
        if [mine.get(name, []) for name in names] == [theirs.get(name, []) for name in names]:
            continue
        other.is_valid()
        said = say(question, other.answers.get(question.id))
        raw = "\n".join(text for name in names for text in theirs.get(name, []))
        found.append((question.label, said or raw or _("no answer")))
    return found
