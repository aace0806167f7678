"""The last minute of a call: many send while many more read."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from django.db import connection, connections
from django.urls import reverse

from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import find_face
from keino_academy.applications.models import Application, Pilot, Revision, TeamMember
from keino_academy.core.fields import new_secret
from keino_academy.core.models import OutboxMail
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.applications import make_draft
from tests.factories.site import make_site
from tests.load.people import SECRET, Person, all_at_once
from tests.load.serving import workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.xdist_group("crowds")]

SENDERS, READERS = 200, 2000


@pytest.fixture
def academy(settings) -> Academy:
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC)}
    academy = make_academy(make_site())
    # Slow machines need more than a minute for all of them: what comes after it counts, and is marked.
    academy.grace_minutes = 30
    academy.save()
    return academy


def drafts(academy: Academy, number: int) -> list[Application]:
    """So many whole drafts of different organisations."""
    first = make_draft(academy, whole=True)
    team = list(first.team.values("number", "name", "role"))
    pilot = Pilot.objects.filter(application=first).values().get()
    for n in range(1, number):
        copy = Application.objects.get(pk=first.pk)
        copy.pk, copy.reference, copy.nonce, copy.secret = None, f"LAST-{n:04}", f"last-{n}", new_secret()
        copy.organisation, copy.contact_email, copy.business_id = f"Kunta {n}", f"k{n}@kunta{n}.example", ""
        copy.organisation_key = copy.name_key = f"kunta {n}@kunta{n}.example"
        copy.save()
        Pilot.objects.create(**{**pilot, "id": None, "application_id": copy.pk})
        TeamMember.objects.bulk_create(TeamMember(application=copy, **one) for one in team)
    OutboxMail.objects.all().delete()
    return list(Application.objects.order_by("pk"))


def sends(person: Person, application: Application) -> str:
    """Open the link, read the answers, send them, read the receipt."""
    language = {"language": "fi"}
    person.ask(reverse("keino_academy:application_open", kwargs=language | {"secret": application.secret}))
    own = language | {"reference": application.reference}
    answers = reverse("keino_academy:application_answers", kwargs=own)
    page = person.ask(answers)
    token = SECRET.search(page.text)
    answer = person.ask(answers, {"q-entitled": "on", "csrfmiddlewaretoken": token[1] if token else ""})
    if answer.status_code != 303:
        return f"not taken: {answer.status_code}"
    receipt = person.ask(answer.headers["Location"])
    return "has a receipt" if "ka-copy" in receipt.text else "has none"


@pytest.mark.postgres
def test_the_last_minute_of_a_call(academy, record_property):
    mine = dict(enumerate(drafts(academy, SENDERS)))
    page = find_face(academy, "fi").url

    def does(person: Person) -> str:
        if person.number in mine:
            return sends(person, mine[person.number])
        return "read" if person.ask(page).status_code == 200 else "read nothing"

    with workers(4, academy.closes - timedelta(minutes=1)) as address:
        people = [Person(n, address) for n in range(SENDERS + READERS)]
        random.Random(1).shuffle(people)
        became = all_at_once(people, does, 60)
    connections.close_all()
    answers = [answer for person in people for answer in person.answers]
    posts = [person.answers[2][1] for person in people if person.number in mine]
    record_property(
        "measured",
        f"The last minute on {connection.vendor}: {len(answers)} answers, {SENDERS} of them sendings with a "
        f"median of {median(posts) * 1000:.0f} ms and a worst of {max(posts) * 1000:.0f} ms",
    )
    assert Counter(became.values()) == {"has a receipt": SENDERS, "read": READERS}
    assert {status for status, _time in answers} <= {200, 302, 303}
    assert Application.objects.filter(state="interest_sent").count() == SENDERS
    assert Revision.objects.filter(transition="send_interest").count() == SENDERS
    receipts = OutboxMail.objects.filter(kind="applications/receipt").values_list("to", flat=True)
    assert sorted(receipts) == sorted(one.contact_email for one in mine.values())
