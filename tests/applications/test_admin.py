"""Reading applications in the admin: each organiser meets its own, in every view."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.applications.models import Application
from keino_academy.core.models import OutboxMail
from tests.applications.organisers import copies, organiser
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


@pytest.fixture
def other(site, academy):
    """Another academy."""
    return make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")


@pytest.fixture
def reader(django_user_model, academy):
    return organiser(django_user_model, academy, Right.READ)


@pytest.fixture
def both(academy, other):
    """An application to each academy."""
    return make_application(academy), make_application(other, organisation="Toinen kunta")


def listing(client, **query):
    return client.get(reverse("keino_applications:index"), query)


def exported(client, kind="csv"):
    response = listing(client, export=kind)
    return b"".join(response.streaming_content)


def refused(response):
    """404, which this site's language middleware turns into a redirect; or back to the admin's home."""
    return response.status_code in {302, 404}


def test_the_list_and_its_results_show_ones_own(reader, both):
    own, foreign = both
    for name in ("index", "index_results"):
        html = reader.get(reverse(f"keino_applications:{name}")).content.decode()
        assert own.reference in html
        assert foreign.reference not in html
        assert "Toinen" not in html


def test_search_and_filters_reach_ones_own(reader, both, other):
    own, foreign = both
    assert foreign.reference not in listing(reader, q="kunta").content.decode()
    assert own.reference in listing(reader, q="Koivurannan").content.decode()
    html = listing(reader, academy=other.pk).content.decode()
    assert foreign.reference not in html
    assert "Toinen akatemia" not in html
    assert own.reference not in listing(reader, state="selected").content.decode()
    assert own.reference in listing(reader, organisation_kind="municipality").content.decode()


def test_the_export_holds_ones_own_and_is_logged(reader, both, academy, other):
    text = exported(reader).decode("utf-8-sig")
    assert "hankinnat@koivuranta.example" in text
    assert "Toinen kunta" not in text
    assert exported(reader, "xlsx").startswith(b"PK")
    entries = ModelLogEntry.objects.filter(action="keino_academy.export")
    assert [(entry.object_id, entry.data["rows"]) for entry in entries] == [(str(academy.pk), 1)] * 2


def test_one_record_is_read_and_the_reading_logged(reader, both):
    own, _foreign = both
    html = reader.get(reverse("keino_applications:inspect", args=[own.pk])).content.decode()
    for text in ("Koivurannan kaupunki", "Kirkonkylän koulun peruskorjaus", "Aino Aalto", own.reference):
        assert text in html, text
    entry = ModelLogEntry.objects.get(action="keino_academy.read")
    assert (entry.object_id, entry.label) == (str(own.pk), own.reference)


@pytest.mark.parametrize("name", ["inspect", "edit", "delete", "history", "history_results", "usage"])
def test_anothers_record_is_closed_in_every_view(reader, both, name):
    _own, foreign = both
    url = reverse(f"keino_applications:{name}", args=[foreign.pk])
    assert refused(reader.get(url))
    assert reader.post(url).status_code in {302, 404, 405}
    assert Application.objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_ones_own_record_is_only_read(reader, both, name):
    own, _foreign = both
    url = reverse(f"keino_applications:{name}", args=[own.pk])
    assert refused(reader.get(url))
    assert refused(reader.post(url))
    assert Application.objects.filter(pk=own.pk).exists()


def test_other_rights_do_not_read(django_user_model, academy, both):
    booker = organiser(django_user_model, academy, Right.BOOKINGS)
    assert listing(booker).status_code == 302
    assert refused(booker.get(reverse("keino_applications:inspect", args=[both[0].pk])))
    assert "Applications" not in booker.get(reverse("wagtailadmin_home")).content.decode()


def test_the_page_can_be_read_in_another_language(reader, both):
    url = reverse("keino_applications:inspect", args=[both[0].pk])
    assert "Hankinnan nimi" in reader.get(url, {"language": "fi"}).content.decode()
    assert "Name of the procurement" in reader.get(url, {"language": "en"}).content.decode()
    assert reader.get(url, {"language": "../x"}).status_code == 200


def queries_of(client, django_assert_num_queries, number, **query):
    # The results alone: the page around them asks for the menu, which other rooms fill.
    with django_assert_num_queries(number):
        assert client.get(reverse("keino_applications:index_results"), query).status_code == 200


def test_the_list_asks_the_same_of_one_row_and_of_a_thousand(
    admin_client, academy, django_assert_num_queries
):
    first = make_application(academy)
    listing(admin_client)
    queries_of(admin_client, django_assert_num_queries, 8)
    copies = []
    for number in range(999):
        copy = Application.objects.get(pk=first.pk)
        copy.pk, copy.reference, copy.secret, copy.nonce = None, f"R{number}", f"s{number}", f"n{number}"
        copy.organisation_key = f"id:{number}"
        copies.append(copy)
    Application.objects.bulk_create(copies)
    queries_of(admin_client, django_assert_num_queries, 8)
    queries_of(admin_client, django_assert_num_queries, 8, p="20")


@pytest.mark.parametrize("ordering", ["", "organisation", "-organisation", "booked_at"])
def test_every_row_stands_on_one_page_whatever_the_list_is_sorted_by(admin_client, academy, ordering):
    first = make_application(academy)
    newest = [row.reference for row in reversed([first, *copies(first, 179)])]
    pages = [
        listing(admin_client, ordering=ordering, p=number).context["page_obj"] for number in (1, 2, 3, 4)
    ]
    found = [[row.reference for row in page] for page in pages]
    assert found == [newest[:50], newest[50:100], newest[100:150], newest[150:]]
    assert [(page.start_index(), page.end_index()) for page in pages][-1] == (151, 180)


@pytest.mark.parametrize(("asked", "shown"), [("0", 3), ("99", 3), ("x", 1)])
def test_a_page_that_is_not_there_is_the_last_or_the_first(admin_client, academy, asked, shown):
    copies(make_application(academy), 120)
    page = listing(admin_client, p=asked).context["page_obj"]
    assert (page.number, len(page)) == (shown, {1: 50, 3: 21}[shown])


def failed_mail(academy, kind="applications/receipt"):
    return OutboxMail.objects.create(
        kind=kind,
        scope=academy.translation_key,
        language="fi",
        to="hankinnat@koivuranta.example",
        subject=f"Failed {academy.code} {kind}",
        text="x",
        message_id=f"<{academy.code}{kind}@x>",
        state="failed",
        attempts=8,
    )


def test_mails_that_failed_are_seen_and_sent_again(reader, academy, other):
    own, foreign = failed_mail(academy), failed_mail(other)
    html = reader.get(reverse("keino_mails:index")).content.decode()
    assert (own.subject in html, foreign.subject in html) == (True, False)
    url = reverse("keino_mails:send_again", args=[own.pk])
    assert reader.get(url).status_code == 200
    own.refresh_from_db()
    assert own.state == "failed"
    assert reader.post(url).status_code == 302
    own.refresh_from_db()
    assert (own.state, own.attempts) == ("waiting", 0)
    strange = reverse("keino_mails:send_again", args=[foreign.pk])
    assert refused(reader.post(strange))
    foreign.refresh_from_db()
    assert foreign.state == "failed"


def test_a_rooms_mail_needs_the_rooms_right(reader, django_user_model, academy):
    booking = failed_mail(academy, "booking/booked")
    assert booking.subject not in reader.get(reverse("keino_mails:index")).content.decode()
    booker = organiser(django_user_model, academy, Right.BOOKINGS)
    assert booking.subject in booker.get(reverse("keino_mails:index")).content.decode()


def test_the_first_page_tells_how_many_wait(reader, both):
    html = reader.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("keino_mails:index") in html
    assert "2 mails wait" in html or "2 " in html


def test_the_health_command_fails_when_mail_grows_old(both, frozen, capsys):
    call_command("keino_health")
    frozen.shift(901)
    with pytest.raises((SystemExit, CommandError)) as ended:
        call_command("keino_health")
    assert ended.value.code == 1
    assert "6 waiting, the oldest for 901 s; 0 failed" in capsys.readouterr().out
