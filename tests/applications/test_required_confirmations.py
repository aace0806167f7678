"""Who has to confirm before sending, where the page of the form asks for it; and links that go out of a draft."""

from itertools import product

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import override

from keino_academy.applications.actions import NotPossible, move, return_for_completion
from keino_academy.applications.asking import ask_people, remind_person
from keino_academy.applications.confirmations import confirmations_of
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import (
    Application,
    ApplicationPage,
    Countersignature,
    Pilot,
    Revision,
    TeamMember,
)
from keino_academy.applications.naming import keep_management, keep_team
from keino_academy.applications.people import (
    find_countersignature,
    management_link,
    member_link,
    promise_of,
    sessions_in,
)
from keino_academy.applications.promise import digest
from keino_academy.applications.queries import find_application
from keino_academy.applications.required_confirmations import unconfirmed
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

AINO = {"name": "Aino Aalto", "role": "hankinta", "email": "aino@koivuranta.example"}
EINO = {"name": "Eino Eloranta", "role": "ympäristö", "email": ""}
DIRECTOR = {"name": "Johanna Johtaja", "title": "johtaja", "email": "johanna@koivuranta.example"}
NONE = {"name": "", "title": "", "email": ""}

ADDRESS = "Write an e-mail address: the link to confirm goes there."
NO_LINK = "Has not been sent the link to confirm yet."
WAITS = "Has not confirmed yet."
EARLIER = "Signed an earlier version. The answers have changed since then: ask for a new one."
NAME_TEAM = ("Team", "Name the members of the team, each with an e-mail address for the link.")
NAME_MANAGEMENT = ("Management", "Name a member of the management, with an e-mail address for the link.")


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.fixture
def way(academy) -> Journey:
    """An applicant who has begun, and opened the link in the mail; nothing is answered."""
    way = Journey(academy, language="en")
    way.begin()
    way.open_link()
    return way


def read(way) -> Application:
    return find_application(pk=way.application.pk)


def page(*, team: bool, management: bool) -> ApplicationPage:
    found = ApplicationPage.objects.get(locale__language_code="fi")
    found.needs_team, found.needs_management = team, management
    return found


def missing(way, *, team=True, management=True, language="en"):
    with translation.override(language):
        return unconfirmed(read(way), page(team=team, management=management))


def mails() -> list[tuple[str, str]]:
    found = OutboxMail.objects.exclude(kind="applications/begun").order_by("pk")
    return list(found.values_list("kind", "to"))


# --- What is missing ------------------------------------------------------------------------------

TEAMS = {
    "none": ([], [NAME_TEAM]),
    "no address": ([EINO], [("Eino Eloranta", ADDRESS)]),
    "no link": ([AINO], [("Aino Aalto", NO_LINK)]),
    "asked": ([AINO], [("Aino Aalto", WAITS)]),
    "confirmed": ([AINO], []),
    "one of two": ([AINO, EINO], [("Eino Eloranta", ADDRESS)]),
    "nameless": ([{**AINO, "name": ""}], [("aino@koivuranta.example", NO_LINK)]),
    "empty": ([{**EINO, "name": ""}], [("Person 1 of the team", ADDRESS)]),
}
MANAGEMENTS = {
    "none": (NONE, [NAME_MANAGEMENT]),
    "no address": ({**DIRECTOR, "email": ""}, [NAME_MANAGEMENT]),
    "no link": (DIRECTOR, [("Johanna Johtaja", NO_LINK)]),
    "asked": (DIRECTOR, [("Johanna Johtaja", WAITS)]),
    "signed": (DIRECTOR, []),
    "earlier": (DIRECTOR, [("Johanna Johtaja", EARLIER)]),
    "nameless": ({**DIRECTOR, "name": ""}, [("johanna@koivuranta.example", NO_LINK)]),
}


def stand(way, team: str, management: str) -> None:
    """Bring the application to where this team and this management stand."""
    keep_team(way.application, TEAMS[team][0])
    keep_management(way.application, MANAGEMENTS[management][0])
    if team == "asked":
        TeamMember.objects.update(asked_at=timezone.now())
    elif team in {"confirmed", "one of two"}:
        TeamMember.objects.exclude(email="").update(confirmed_at=timezone.now())
    if management == "asked":
        Countersignature.objects.update(asked_at=timezone.now())
    elif management in {"signed", "earlier"}:
        promised = promise_of(read(way), "fi")
        Countersignature.objects.update(signed_at=timezone.now(), promise=promised, digest=digest(promised))
        if management == "earlier":
            Application.objects.update(organisation="Aivan muu kunta")


@pytest.mark.parametrize(("team", "management"), list(product(TEAMS, MANAGEMENTS)))
def test_every_combination_of_team_and_management(way, team, management):
    stand(way, team, management)
    of_team, of_management = TEAMS[team][1], MANAGEMENTS[management][1]
    assert missing(way) == of_management + of_team
    assert missing(way, management=False) == of_team
    assert missing(way, team=False) == of_management
    assert missing(way, team=False, management=False) == []


def test_without_a_page_nothing_is_missing(way):
    assert unconfirmed(read(way), None) == []


def test_what_the_form_does_not_ask_for_is_not_missing(way):
    document = way.application.document
    for content in document.content.values():
        content["sections"] = [one for one in content["sections"] if one["id"] not in {"team", "management"}]
    document.save()
    assert missing(way) == []


def test_it_asks_the_database_for_nothing_more(way, django_assert_num_queries):
    stand(way, "one of two", "earlier")
    application, asked = read(way), page(team=True, management=True)
    with django_assert_num_queries(1):
        # Which title the academy has in the language of the signature.
        assert len(unconfirmed(application, asked)) == 2


# --- Asking while it is a draft -------------------------------------------------------------------


def aino() -> TeamMember:
    return TeamMember.objects.get(email=AINO["email"])


def remind(way, who):
    return way.client.post(way.url("application_remind"), {"who": who})


def test_of_a_draft_nobody_is_asked_by_itself(way):
    way.fill()
    keep_management(way.application, DIRECTOR)
    assert mails() == []
    assert ask_people(way.application) == 0
    assert mails() == []


def test_the_contact_person_sends_a_link_from_the_page_of_the_parts(way):
    keep_team(way.application, [AINO, EINO])
    text = way.client.get(way.url("application")).content.decode()
    assert "a link goes out only when you send it from here." in text
    assert text.count("Send the link<") == 1
    answer = remind(way, aino().pk)
    assert (answer.status_code, answer["Location"]) == (303, way.url("application") + "#ka-confirmations")
    assert mails() == [("applications/member_asked", AINO["email"])]
    assert member_link(aino()) in OutboxMail.objects.get(kind="applications/member_asked").text
    text = way.client.get(way.url("application")).content.decode()
    assert "Send the link<" not in text
    assert "Remind<" in text
    remind(way, aino().pk)
    assert mails()[1:] == [("applications/member_reminder", AINO["email"])]


def test_everybody_is_sent_the_link_once_by_one_button(way):
    keep_team(way.application, [AINO, EINO])
    keep_management(way.application, DIRECTOR)
    text = way.client.get(way.url("application")).content.decode()
    assert 'value="everybody"' in text
    remind(way, "everybody")
    both = [
        ("applications/member_asked", AINO["email"]),
        ("applications/management_asked", DIRECTOR["email"]),
    ]
    assert mails() == both
    remind(way, "everybody")
    assert mails() == both
    assert 'value="everybody"' not in way.client.get(way.url("application")).content.decode()


def test_before_the_mails_link_was_opened_nobody_is_written_to_in_its_name(academy):
    way = Journey(academy, language="en")
    way.begin()
    keep_team(way.application, [AINO])
    text = way.client.get(way.url("application")).content.decode()
    assert "Then the links can be sent from here." in text
    assert 'name="who"' not in text
    remind(way, aino().pk)
    remind(way, "everybody")
    assert mails() == []
    way.open_link()
    remind(way, aino().pk)
    assert mails() == [("applications/member_asked", AINO["email"])]


def test_of_a_draft_that_is_held_back_nobody_is_asked(way):
    keep_team(way.application, [AINO])
    Application.objects.update(suspicion="trap")
    remind(way, aino().pk)
    remind(way, "everybody")
    assert mails() == []


def test_a_team_that_is_changed_again_and_again_makes_no_cannon(way, settings):
    settings.KEINO_ACADEMY = {"RATE_SIGN_IN": (3, 3600), "RATE_MAIL": (9, 3600)}
    statuses = []
    for number in range(4):
        keep_team(way.application, [{**AINO, "email": f"a{number}@x.example"}])
        statuses.append(remind(way, TeamMember.objects.get().pk).status_code)
    assert statuses == [303, 303, 303, 429]
    assert [to for _kind, to in mails()] == ["a0@x.example", "a1@x.example", "a2@x.example"]


def test_one_address_is_not_flooded_by_many_names(way, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (2, 3600)}
    statuses = []
    for one in range(3):
        keep_team(way.application, [])
        keep_team(way.application, [{**AINO, "name": f"N{one}"}])
        statuses.append(remind(way, aino().pk).status_code)
    assert statuses == [303, 303, 429]


def test_with_a_draft_without_names_the_mails_name_the_addresses(way):
    keep_team(way.application, [{"name": "", "role": "", "email": AINO["email"]}])
    keep_management(way.application, {**DIRECTOR, "name": ""})
    remind(way, "everybody")
    texts = [mail.text for mail in OutboxMail.objects.order_by("pk")[1:]]
    assert "hankinnat@koivuranta.example has named you, aino@koivuranta.example, to the team" in texts[0]
    assert "hankinnat@koivuranta.example" in texts[1]
    assert "johanna@koivuranta.example" in texts[1]


# --- Their own pages ------------------------------------------------------------------------------


def test_a_member_confirms_in_a_draft_in_which_nothing_else_is_answered(way):
    keep_team(way.application, [{"name": "", "role": "", "email": AINO["email"]}])
    browser = Client()
    home = browser.get(path_of(member_link(with_application(aino()))))["Location"]
    assert "aino@koivuranta.example" in browser.get(home).content.decode()
    answers = {f"s-{key}": "yes" for key, _label in sessions_in(read(way), "en")}
    assert answers
    assert browser.post(home, answers).status_code == 303
    assert aino().confirmed_at == timezone.now()
    assert (way.application.state, way.application.asked) == ("draft", 6)
    noted = Revision.objects.last()
    assert (noted.transition, noted.actor, noted.state) == ("confirm", "applicant", "draft")


def with_application(person):
    person.application = find_application(pk=person.application_id)
    return person


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, ""),
        ("2023-09-01", None, "September 2023 –"),
        (None, "2024-02-01", "– February 2024"),
        ("2023-09-01", "2024-02-01", "September 2023 – February 2024"),
        ("2023-09-01", "2023-09-01", "September 2023"),
    ],
)
def test_the_management_reads_a_pilot_that_has_not_all_its_months(way, first, last, said):
    keep_management(way.application, DIRECTOR)
    Pilot.objects.create(application=way.application, first_month=first, last_month=last)
    rows = dict(promise_of(read(way), "en")["rows"])
    assert rows.get("When is the procurement prepared?", "").replace("\xa0", " ") == said
    browser = Client()
    home = browser.get(path_of(management_link(find_countersignature(application=way.application))))[
        "Location"
    ]
    answer = browser.get(home.replace("/fi/", "/en/"))
    assert answer.status_code == 200
    assert "None" not in answer.content.decode()


def test_a_draft_that_changes_after_it_was_signed_is_signed_again(way):
    keep_management(way.application, DIRECTOR)
    browser = Client()
    home = browser.get(path_of(management_link(find_countersignature(application=way.application))))[
        "Location"
    ]

    def sign():
        shown = browser.get(home).context["shown"]
        return browser.post(home, {"shown": shown}).status_code

    assert sign() == 303
    assert missing(way, team=False) == []
    noted = Revision.objects.last()
    assert (noted.transition, noted.actor, noted.made_at) == ("sign", "applicant", timezone.now())
    way.save("pilot")
    assert missing(way, team=False) == [("Johanna Johtaja", EARLIER)]
    assert confirmations_of(read(way), "en").management.can_be_reminded is True
    assert remind_person(way.application, "management") is True
    assert sign() == 303
    assert missing(way, team=False) == []


def test_confirming_the_same_twice_is_noted_once(way):
    keep_team(way.application, [AINO])
    browser = Client()
    home = browser.get(path_of(member_link(with_application(aino()))))["Location"]
    answers = {f"s-{key}": "no" for key, _label in sessions_in(read(way), "en")}
    browser.post(home, answers)
    browser.post(home, answers)
    assert list(Revision.objects.values_list("transition", flat=True)) == ["begin", "confirm"]


def test_who_comes_too_late_is_told_who_moved_it_and_not_who_confirmed(way, frozen):
    way.fill()
    way.send()
    keep_team(way.application, [AINO])
    frozen.shift(3600)
    browser = Client()
    home = browser.get(path_of(member_link(with_application(aino()))))["Location"]
    browser.post(home, {f"s-{key}": "yes" for key, _label in sessions_in(read(way), "en")})
    assert Revision.objects.last().transition == "confirm"
    with translation.override("en"), pytest.raises(NotPossible, match=r"applicant, 10\sMay\s2023, 12:00"):
        move(way.application, "complete", Actor.APPLICANT)


def test_what_was_to_be_completed_is_forgotten_when_it_is_completed(way):
    way.fill()
    way.send()
    return_for_completion(way.application, "Kertokaa lisää.", None)
    assert way.application.return_message == "Kertokaa lisää."
    assert move(way.application, "complete", Actor.APPLICANT).return_message == ""
    assert way.application.return_message == ""
    assert move(way.application, "return", Actor.ORGANISER).return_message == ""


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("needs_team", "One who is away keeps the whole application waiting."),
        ("needs_management", "after every change of what is promised it signs again."),
    ],
)
def test_the_editor_is_told_what_it_means(field, words):
    panels = [one for panel in ApplicationPage.content_panels for one in getattr(panel, "children", [])]
    panel = next(one for one in panels if getattr(one, "field_name", "") == field)
    with override("en"):
        assert words in str(panel.help_text)
