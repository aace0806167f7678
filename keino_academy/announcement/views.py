"""What the announcement answers beside its pages: the calendar, and "Could we apply?"."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from keino_academy.announcement.check_words import memo, verdict_words
from keino_academy.announcement.feed import calendar
from keino_academy.announcement.forms import CheckForm
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import find_face, published_at
from keino_academy.announcement.reading import Reading, read_page
from keino_academy.core.views import LanguageView, calendar_answer


class AcademyView(LanguageView):
    """A view of one academy, found by its code, as everyone may see it."""

    def find(self, request: HttpRequest, code: str) -> Reading:
        """The reading of the academy's page in the view's language; 404 where nobody may see it."""
        academy = Academy.objects.filter(code=code).first()
        page = find_face(academy, self.language) if academy else None
        if page is None or page.get_view_restrictions().exists():
            raise Http404
        return read_page(page, request)


class FeedView(AcademyView):
    """The calendar of an academy: shown rather than downloaded, and sent only when it has changed."""

    def get(self, request: HttpRequest, code: str) -> Any:
        """The calendar, or 304 for a reader who has it."""
        reading = self.find(request, code)
        page = reading.page
        published = published_at(reading.academy, page) if reading.academy else None
        text = calendar(reading, page.get_full_url(request) or "", published)
        return calendar_answer(request, text, reading.code)


class CheckView(AcademyView):
    """ "Could we apply?": asks, and answers in the same breath. Nothing is stored, nothing is in the address."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The questions."""
        reading = self.asked(request, code)
        return self.show(request, reading, CheckForm(reading.criteria))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """The result, or the questions again where some are open or the answers are to be changed."""
        reading = self.asked(request, code)
        if "change" in request.POST:
            answers = {key: value for key, value in request.POST.items() if key.startswith("c-")}
            return self.private(self.show(request, reading, CheckForm(reading.criteria, initial=answers)))
        form = CheckForm(reading.criteria, request.POST)
        if not form.is_valid():
            return self.private(self.show(request, reading, form))
        context = {
            **self.context(reading),
            "form": form,
            "result": form.result,
            "words": verdict_words(form.result),
            "memo": memo(reading, form.result),
        }
        return self.private(self.page(request, "keino_academy/announcement/check_result.html", context))

    def asked(self, request: HttpRequest, code: str) -> Reading:
        """The reading of an academy that has criteria."""
        reading = self.find(request, code)
        if not reading.criteria:
            raise Http404
        return reading

    def show(self, request: HttpRequest, reading: Reading, form: CheckForm) -> HttpResponse:
        """The page with the questions."""
        context = {**self.context(reading), "form": form}
        return self.page(request, "keino_academy/announcement/check.html", context)

    def context(self, reading: Reading) -> dict[str, Any]:
        """What both pages need."""
        return {"page": reading.page, "reading": reading, "academy": reading.academy}

    def private(self, response: HttpResponse) -> HttpResponse:
        """Answers of a visitor are kept nowhere on the way."""
        patch_cache_control(response, private=True, no_store=True)
        return response
