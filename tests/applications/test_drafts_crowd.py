"""Several processes at one draft: they remind while it is sent, and invite its colleagues."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from keino_academy.applications.actions import NotPossible, invite_colleague, send
from keino_academy.applications.draft_reminders import remind_of_drafts
from keino_academy.applications.models import Application, ApplicationReminder, Colleague
from keino_academy.applications.queries import find_application
from keino_academy.applications.standing import written_sections
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import Journey
from tests.booking.test_crowd import crowd, modes
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.site import make_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def stand(settings):
    """Let a clock that runs stand at a moment: processes wait for each other by it."""

    def at(moment: datetime) -> None:
        settings.KEINO_ACADEMY = {"CLOCK_OFFSET": moment - datetime.now(UTC)}

    at(TODAY)
    return at


def begun(number: int) -> list[Application]:
    academy = make_academy(make_site())
    found = []
    for one in range(number):
        way = Journey(academy, organisation=f"Kunta {one}", business_id="", email=f"k{one}@x.example")
        way.client.defaults["REMOTE_ADDR"] = f"198.51.100.{one}"
        way.begin(nonce=f"n{one}")
        way.open_link()
        own = {"q-organisation": f"Kunta {one}", "q-business_id": ""}
        for section in written_sections(way.application):
            answer = way.save(section.id, **(own if section.id == "organisation" else {}))
            assert answer.status_code == 303
        found.append(way.application)
    return found


def mails(kind: str) -> Counter:
    return Counter(OutboxMail.objects.filter(kind=f"applications/{kind}").values_list("about", flat=True))


def test_many_who_remind_at_once_remind_once(stand):
    drafts = begun(3)
    stand(TODAY + timedelta(days=19))
    for mode in modes():
        ApplicationReminder.objects.all().delete()
        OutboxMail.objects.all().delete()
        answers = crowd(6, lambda _n: str(remind_of_drafts()), **mode)
        assert sum(int(answer) * times for answer, times in answers.items()) == 3
        assert mails("draft_reminder") == {f"application:{draft.pk}": 1 for draft in drafts}


def test_what_is_sent_at_the_same_moment_is_reminded_of_before_or_not_at_all(stand):
    drafts = begun(4)
    stand(TODAY + timedelta(days=19))

    def work(number: int) -> str:
        if number % 2:
            return f"{remind_of_drafts()} reminded"
        send(find_application(pk=drafts[number // 2].pk), {"entitled": True}, language="fi")
        return "sent"

    answers = crowd(6, work)
    assert answers["sent"] == 3
    # No reminder was written after the receipt of the same application.
    for draft in drafts:
        written = list(
            OutboxMail.objects.filter(about=f"application:{draft.pk}")
            .order_by("pk")
            .values_list("kind", flat=True)
        )
        reminder, receipt = "applications/draft_reminder", "applications/receipt"
        kinds = [kind for kind in written if kind in {reminder, receipt}]
        if draft in drafts[:3]:
            assert kinds in ([receipt], [reminder, receipt])
        else:
            assert kinds == [reminder]


def test_ten_seats_and_one_address_whoever_is_quicker(stand):
    (draft,) = begun(1)

    def work(number: int) -> str:
        try:
            invite_colleague(draft, f"k{number // 2}@koivuranta.example")
        except NotPossible:
            return "refused"
        return "invited"

    for mode in modes():
        Colleague.objects.all().delete()
        OutboxMail.objects.all().delete()
        assert crowd(24, work, **mode) == {"invited": 10, "refused": 14}
        assert Colleague.objects.count() == 10
        assert mails("colleague_invited") == {f"application:{draft.pk}": 10}
