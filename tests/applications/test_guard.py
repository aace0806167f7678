"""One organisation has one live application in a round, and nobody learns whose it is."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.applications.actions import withdraw
from keino_academy.applications.claims import claim_of
from keino_academy.applications.models import Application
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import EMAIL, Journey
from tests.factories.announcement import make_academy
from tests.factories.applications import business_id, make_application, make_form

OTHER = "toinen@koivuranta.example"
BEGUN = "An application of your organisation has been begun already."
OFFER = "Ask to be taken along"


def second(academy, language="en", email=OTHER, **started) -> Journey:
    """The way of somebody else."""
    return Journey(academy, language=language, email=email, **started)


def opened(academy, nonce="first", **started) -> Journey:
    """The way of somebody who came by the link in the mail."""
    way = Journey(academy, **started)
    assert way.begin(nonce).status_code == 303
    assert way.open_link().status_code == 302
    return way


def key_of(way: Journey) -> str:
    return way.application.organisation_key


def at_once(work, number=10) -> list:
    """What so many were answered who did the work at the same moment, in order."""
    start, answers = Barrier(number), []

    def press(one: int) -> None:
        start.wait()
        try:
            answers.append(work(one))
        finally:
            connection.close()

    threads = [Thread(target=press, args=(one,)) for one in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def join_token(response) -> str:
    return response.context["opening"].join_token


def tells_nothing_of(response, first: Application) -> None:
    html = response.content.decode()
    assert response.status_code == 409
    assert BEGUN in html
    assert OFFER in html
    for told in (first.reference, first.contact_email, first.contact_name, first.contact_phone):
        assert not told or told not in html


@pytest.fixture
def first(academy):
    return make_application(academy)


# --- At the first form ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["sent", "opened"])
def test_a_second_one_is_met_and_told_nothing_of_whose_the_first_is(academy, how):
    known = make_application(academy) if how == "sent" else opened(academy).application
    mails = OutboxMail.objects.count()
    response = second(academy).begin("second")
    tells_nothing_of(response, known)
    assert f'value="{OTHER}"' in response.content.decode()
    assert Application.objects.count() == 1
    assert OutboxMail.objects.count() == mails


@pytest.mark.django_db
def test_a_link_that_nobody_opened_claims_nothing(academy):
    way = Journey(academy)
    way.begin()
    way.fill()
    assert key_of(way) == ""
    other = second(academy)
    assert other.begin("second").status_code == 303
    assert way.open_link().status_code == 302
    assert (key_of(way), key_of(other)) == ("id:1234567-1", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "comes", "status"),
    [
        ({}, {"organisation": "Toinen nimi"}, 409),
        ({}, {"business_id": "", "organisation": "KOIVURANNAN-kaupunki"}, 409),
        ({"business_id": ""}, {}, 409),
        ({"business_id": ""}, {"business_id": "", "organisation": "KOIVURANNAN - kaupunki "}, 409),
        ({"business_id": ""}, {"business_id": "", "email": "a@muu.example"}, 303),
        ({"business_id": ""}, {"business_id": "", "organisation": "Koivulan kaupunki"}, 303),
        ({}, {"business_id": "0737546-2"}, 303),
    ],
    ids=["same id", "known has an id, name alone", "id comes later", "same name", "other domain", "other name", "other id"],
)  # fmt: skip
@pytest.mark.parametrize("how", ["sent", "opened"])
def test_what_makes_it_the_same_organisation(academy, known, comes, status, how):
    if how == "sent":
        make_application(academy, **known)
    else:
        opened(academy, **known)
    assert second(academy, **comes).begin("second").status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["sent", "opened"])
def test_after_it_was_withdrawn_the_organisation_can_apply_again(academy, how):
    withdraw(make_application(academy) if how == "sent" else opened(academy).application)
    other = second(academy)
    assert other.begin("second").status_code == 303
    other.open_link()
    assert key_of(other) == "id:1234567-1"


@pytest.mark.django_db
def test_another_round_is_another_matter(site, academy, first):
    other = make_academy(site, title="Toinen", code="toinen-2023", slug="toinen")
    way = opened(other, "elsewhere")
    assert key_of(way) == first.organisation_key == "id:1234567-1"


@pytest.mark.django_db
def test_the_database_itself_keeps_one(academy, first):
    twin = Application.objects.get(pk=first.pk)
    twin.pk, twin.reference, twin.secret, twin.nonce = None, "R", "s", "n"
    with pytest.raises(IntegrityError):
        twin.save()


# --- Among drafts ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_of_two_drafts_the_first_opened_wins_and_the_other_keeps_everything(academy):
    late, early = second(academy), Journey(academy)
    late.begin("second")
    early.begin()
    early.open_link()
    assert late.open_link().status_code == 302
    late.fill()
    assert (key_of(early), key_of(late)) == ("id:1234567-1", "")
    mails = OutboxMail.objects.count()
    answer = late.send()
    html = answer.content.decode()
    assert answer.status_code == 409
    assert BEGUN in html
    assert OFFER in html
    assert "Everything that you wrote is kept. Nothing was sent." in html
    assert early.application.reference not in html
    assert EMAIL not in html
    assert late.application.state == "draft"
    assert late.application.pilot.title == "Kirkonkylän koulun peruskorjaus"
    assert len(late.application.progress) == 9
    assert OutboxMail.objects.count() == mails
    early.fill()
    assert early.send().status_code == 303
    assert early.application.state == "interest_sent"


@pytest.mark.django_db
def test_what_was_sent_without_its_link_wins_over_what_is_opened_later(academy):
    sent, other = Journey(academy), second(academy)
    other.begin("second")
    sent.sent()
    assert (key_of(sent), sent.application.state) == ("id:1234567-1", "interest_sent")
    other.open_link()
    assert key_of(other) == ""
    other.fill()
    assert other.send().status_code == 409
    withdraw(sent.application)
    assert other.send().status_code == 303
    assert (key_of(other), other.application.state) == ("id:1234567-1", "interest_sent")


# --- Another name, another business id ------------------------------------------------------------


@pytest.fixture
def taken(academy) -> Application:
    """Another organisation's application."""
    return make_application(
        academy,
        organisation="Koivulan kunta",
        business_id="0737546-2",
        contact_name="Kaisa Koivu",
        contact_email="kaisa@koivuranta.example",
        contact_phone="09 987 654",
    )


@pytest.fixture
def way(academy) -> Journey:
    """The way of an application that has claimed its place."""
    return opened(academy, language="en")


TO_TAKEN = [
    {"q-organisation": "Koivulan kunta", "q-business_id": ""},
    {"q-organisation": "Koivulan kunta", "q-business_id": "0737546-2"},
    {"q-business_id": "0737546-2"},
]


@pytest.mark.django_db
@pytest.mark.parametrize("changed", TO_TAKEN)
def test_a_name_that_is_taken_is_not_given_and_stays_as_it_was_typed(academy, taken, way, changed):
    way.fill()
    before = (way.application.organisation, way.application.business_id, key_of(way))
    # However often the button is pressed, with whatever the page said when it was opened.
    for count in (way.count("organisation"), None, 0):
        answer = way.save("organisation", count=count, **changed)
        tells_nothing_of(answer, taken)
        assert (way.application.organisation, way.application.business_id, key_of(way)) == before
        shown = answer.context["form"]
        assert {name: shown[name].value() or "" for name in changed} == changed
    for name, text in changed.items():
        assert way.application.typed["organisation"].get(name, [""]) == [text]
    page = way.client.get(way.url("application_section", section="organisation")).context["form"]
    assert {name: page[name].value() or "" for name in changed} == changed


@pytest.mark.django_db
def test_under_a_name_that_is_taken_nothing_is_sent_until_it_is_mended_or_free(academy, taken, way):
    way.fill()
    way.save("organisation", **TO_TAKEN[1])
    answer = way.send()
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Read this part and save it once more." in html
    assert way.application.state == "draft"
    withdraw(taken)
    assert way.save("organisation", **TO_TAKEN[1]).status_code == 303
    assert (way.application.organisation, key_of(way)) == ("Koivulan kunta", "id:0737546-2")
    assert way.application.typed == {}
    assert way.send().status_code == 303
    assert way.application.state == "interest_sent"


@pytest.mark.django_db
def test_going_back_to_the_own_name_is_enough(taken, way):
    way.fill()
    way.save("organisation", **TO_TAKEN[1])
    assert way.save("organisation").status_code == 303
    assert way.application.typed == {}
    assert way.send().status_code == 303
    assert key_of(way) == "id:1234567-1"


@pytest.mark.django_db
def test_what_is_sent_keeps_its_name_where_the_other_one_is_taken(taken, way):
    way.fill()
    way.send()
    tells_nothing_of(way.save("organisation", **TO_TAKEN[1]), taken)
    assert (way.application.organisation, way.application.state) == ("Koivurannan kaupunki", "interest_sent")
    assert key_of(way) == "id:1234567-1"


@pytest.mark.django_db
def test_another_name_takes_its_place_and_frees_the_old_one(academy, way):
    changed = {"q-organisation": "Koivulan kunta", "q-business_id": "0737546-2"}
    assert way.save("organisation", **changed).status_code == 303
    assert key_of(way) == "id:0737546-2"
    assert second(academy).begin("second").status_code == 303
    rival = {"organisation": "Koivulan kunta", "business_id": ""}
    assert second(academy, email="kolmas@koivuranta.example", **rival).begin("third").status_code == 409


@pytest.mark.django_db
def test_a_draft_without_a_place_is_told_of_a_taken_name_when_it_is_sent(academy, taken):
    way = second(academy)
    way.begin("second")
    way.fill()
    assert way.save("organisation", **TO_TAKEN[1]).status_code == 303
    way.open_link()
    assert key_of(way) == ""
    tells_nothing_of(way.send(), taken)
    assert way.application.organisation == "Koivulan kunta"
    assert way.save("organisation").status_code == 303
    assert way.send().status_code == 303


# --- Ten at once ----------------------------------------------------------------------------------


@pytest.fixture
def crowded(academy, settings) -> list[Journey]:
    """Ten of one organisation, each with a browser of their own."""
    settings.KEINO_ACADEMY = {"SUSPICION_RATE": (100, 3600)}
    make_form(academy)
    return [Journey(academy, email=f"p{number}@koivuranta.example") for number in range(10)]


@pytest.mark.django_db(transaction=True)
def test_ten_of_one_organisation_begin_at_once_and_none_has_its_place(crowded):
    assert at_once(lambda one: crowded[one].begin(f"n{one}").status_code) == [303] * 10
    assert [one.organisation_key for one in Application.objects.all()] == [""] * 10


@pytest.mark.django_db(transaction=True)
def test_ten_that_begin_at_once_beside_one_that_has_its_place_are_all_met(academy, crowded):
    opened(academy)
    assert at_once(lambda one: crowded[one].begin(f"n{one}").status_code) == [409] * 10
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_that_open_their_links_at_once_one_has_the_place(crowded):
    for number, way in enumerate(crowded):
        way.begin(f"n{number}")
    assert at_once(lambda one: crowded[one].open_link().status_code) == [302] * 10
    assert sorted(one.organisation_key for one in Application.objects.all()) == [""] * 9 + ["id:1234567-1"]
    assert not Application.objects.filter(opened_at=None).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_ten_that_send_at_once_one_is_sent_and_nine_are_kept(crowded):
    for number, way in enumerate(crowded):
        way.begin(f"n{number}")
        way.fill()
    assert at_once(lambda one: crowded[one].send().status_code) == [303] + [409] * 9
    states = sorted(Application.objects.values_list("state", "organisation_key"))
    assert states == [("draft", "")] * 9 + [("interest_sent", "id:1234567-1")]
    assert OutboxMail.objects.filter(kind="applications/receipt").count() == 1
    assert OutboxMail.objects.filter(kind="applications/organiser_new").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_that_take_one_name_at_once_one_has_it(crowded):
    for number, way in enumerate(crowded):
        way.started |= {"organisation": f"Kunta {number}", "business_id": ""}
        way.begin(f"n{number}")
        way.open_link()
    changed = {"q-organisation": "Koivulan kunta"}
    answers = at_once(lambda one: crowded[one].save("organisation", **changed).status_code)
    assert answers == [303] + [409] * 9
    keys = [key_of(way) for way in crowded]
    assert len(set(keys)) == 10
    assert keys.count("koivulankunta@koivuranta.example") == 1


# --- Asking to be taken along ---------------------------------------------------------------------


@pytest.mark.django_db
def test_the_contact_is_asked_and_the_asker_learns_nothing(client, academy, first):
    asked = join_token(second(academy).begin("second"))
    url = f"/academy/en/{academy.code}/apply/join/"
    response = client.post(url, {"join": asked})
    assert (response.status_code, response["Location"]) == (303, url)
    page = client.get(url).content.decode()
    assert "its contact person got your name and e-mail address" in page
    assert first.contact_email not in page
    mail = OutboxMail.objects.get(kind="applications/join_asked")
    assert (mail.to, mail.reply_to) == (EMAIL, OTHER)
    assert first.secret in mail.text


@pytest.mark.django_db
def test_whoever_has_written_already_asks_with_their_name(client, academy, taken):
    way = second(academy)
    way.begin("second")
    way.fill()
    make_application(academy, contact_email="ensin@koivuranta.example", business_id="1234567-1")
    for answer in (way.send(), _renamed(academy, taken)):
        asked = answer.context["join_token"]
        OutboxMail.objects.all().delete()
        assert client.post(f"/academy/en/{academy.code}/apply/join/", {"join": asked}).status_code == 303
        mail = OutboxMail.objects.get(kind="applications/join_asked")
        assert "Helmi Hankkija" in mail.text


def _renamed(academy, taken: Application):
    """The answer to one that takes another's name, having its own."""
    way = opened(academy, "third", business_id=business_id(5), email="kolmas@koivuranta.example")
    way.save("contact")
    return way.save("organisation", **TO_TAKEN[1])


@pytest.mark.django_db
def test_asking_after_it_was_withdrawn_looks_the_same_and_sends_nothing(client, academy, first):
    asked = join_token(second(academy).begin("second"))
    withdraw(first)
    response = client.post(f"/academy/en/{academy.code}/apply/join/", {"join": asked})
    assert response.status_code == 303
    assert not OutboxMail.objects.filter(kind="applications/join_asked").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["", "x", "flipped", "other academy"])
def test_a_token_that_is_not_ours_asks_nobody(client, site, academy, first, bad):
    asked, code = join_token(second(academy).begin("second")), academy.code
    if bad == "flipped":
        bad = asked[:-1] + ("A" if asked[-1] != "A" else "B")
    elif bad == "other academy":
        bad, code = asked, make_academy(site, title="Toinen", code="toinen-2023", slug="toinen").code
    assert client.post(f"/academy/en/{code}/apply/join/", {"join": bad}).status_code == 404
    assert not OutboxMail.objects.filter(kind="applications/join_asked").exists()


@pytest.mark.django_db
def test_nobody_is_asked_without_end(client, academy, first, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (2, 3600)}
    asked = join_token(second(academy).begin("second"))
    url = f"/academy/en/{academy.code}/apply/join/"
    assert [client.post(url, {"join": asked}).status_code for _time in range(3)] == [303, 303, 429]
    assert OutboxMail.objects.filter(kind="applications/join_asked").count() == 2


WORDS = st.text(min_size=1, max_size=30)


@given(WORDS, st.sampled_from(["a@b.example", "C@B.EXAMPLE", "d@other.example"]))
def test_case_and_marks_make_no_other_organisation(name, email):
    one, other = claim_of(name, "", email), claim_of(f" {name}. ", "", email)
    assert one == other
    assert one.key == one.name
    assert claim_of(name, "1234567-1", email).key == "id:1234567-1"
    assert len(one.key) <= 200
