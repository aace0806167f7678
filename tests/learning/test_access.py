"""Who reads an academy's closed pages: every role, every kind of page, every language."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, GroupPagePermission, Page, PageViewRestriction

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.announcement.queries import find_face
from keino_academy.learning.access import may
from keino_academy.learning.models import SessionPage
from tests.conftest import HELSINKI
from tests.factories.announcement import make_academy
from tests.factories.learning import add_page, make_learning_pages, make_participation
from tests.factories.site import make_translation
from tests.testapp.models import HostPage

ROLES = {
    "anonymous": 302,
    "stranger": 403,
    "member": 200,
    "member of another": 403,
    "left": 403,
    "ended": 403,
    "editor": 200,
    "editor elsewhere": 403,
    "organiser": 200,
    "organiser of another": 403,
    "reader": 403,
    "superuser": 200,
}


@pytest.fixture
def other(site, academy):
    """Another academy, with pages of its own."""
    found = make_academy(site, title="Muu akatemia", slug="muu", code="muu")
    make_learning_pages(find_face(found, "fi"))
    return found


@pytest.fixture
def document(home):
    """A document among the materials of the first session, and the session."""
    found = make_document("diat")
    session = SessionPage.objects.child_of(home).first()
    session.materials = [("document", {"title": "Diat", "text": "", "document": found})]
    session.save_revision().publish()
    return found


def make_document(title: str):
    root = Collection.get_first_root_node()
    return get_document_model().objects.create(
        title=title, file=ContentFile(b"%PDF-1.4", f"{title}.pdf"), collection=root
    )


@pytest.fixture
def people(academy, other, home, make_user):
    """A user for each role; None is a stranger without an account."""
    users = {role: make_user(role.replace(" ", "-")) for role in ROLES}
    make_participation(academy, "member@example.org", user=users["member"])
    make_participation(other, "member@example.org", user=users["member of another"])
    make_participation(academy, "left@example.org", user=users["left"]).members.update(left_at=timezone.now())
    make_participation(academy, "ended@example.org", user=users["ended"], ended_at=timezone.now())
    for role, place in (("editor", home), ("editor elsewhere", find_face(other, "fi"))):
        group = make_group(users[role])
        for action in ("change_page", "add_page"):
            permission = Permission.objects.get(codename=action)
            GroupPagePermission.objects.create(group=group, page=place, permission=permission)
    give(users["organiser"], academy, Right.PARTICIPANTS)
    give(users["organiser of another"], other, Right.PARTICIPANTS)
    give(users["reader"], academy, Right.READ)
    users["superuser"].is_superuser = True
    users["superuser"].save()
    return {**users, "anonymous": None}


def make_group(user):
    group = Group.objects.create(name=f"group of {user.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    return group


def give(user, academy, right):
    AcademyRight.objects.create(group=make_group(user), academy=academy, right=right)


def answer(client, user, url):
    """The status with which the user is answered, and that no cache may keep the answer."""
    client.logout()
    if user is not None:
        client.force_login(user)
    response = client.get(url)
    if response.streaming:
        assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response.headers["Cache-Control"] == "private, no-store", url
    return response.status_code


@pytest.mark.parametrize("role", ROLES)
def test_home_session_foreign_type_and_document_answer_each_role_alike(client, role, people, home, document):
    foreign = add_page(home, HostPage, title="Muu sivu", slug="muu-sivu")
    below = add_page(foreign, HostPage, title="Alempi", slug="alempi")
    session = SessionPage.objects.child_of(home).first()
    for url in (home.url, session.url, foreign.url, below.url, document.url):
        assert answer(client, people[role], url) == ROLES[role], url


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_translations_answer_as_the_source_does(client, role, language, people, home):
    session = make_translation(SessionPage.objects.child_of(home).first(), language)
    expected = ROLES[role]
    if role == "editor":
        expected = 403  # Each language's tree has page permissions of its own.
    for page in (session, session.get_parent()):
        assert page.url.startswith(f"/{language}/")
        assert answer(client, people[role], page.url) == expected


@pytest.mark.parametrize("role", ROLES)
def test_drafts_are_found_by_nobody(client, role, people, home):
    draft = add_page(home, SessionPage, title="Luonnos", slug="luonnos", live=False)
    if people[role] is not None:
        client.force_login(people[role])
    assert client.get(f"{home.url}{draft.slug}/").status_code == 404


def test_a_stranger_is_led_to_the_sign_in_in_the_pages_language_and_back(client, home):
    swedish = make_translation(home, "sv")
    response = client.get(f"{swedish.url}?a=1")
    assert response.url == "/academy/sv/sign-in/?next=%2Fsv%2Fkiertotalous-2023%2Foma%2F%3Fa%3D1"


def test_an_outsider_reads_why_and_no_title(client, people, home):
    client.force_login(people["stranger"])
    english = make_translation(home, "en", title="Secret title")
    text = client.get(english.url).content.decode()
    assert "not in this academy" in text
    assert "Secret title" not in text


def test_who_leaves_is_out_at_the_very_next_request(client, people, home, document):
    member = people["member"]
    assert answer(client, member, home.url) == 200
    member.keino_academy_members.update(left_at=timezone.now())
    assert client.get(home.url).status_code == 403
    assert client.get(document.url).status_code == 403


def test_an_inactive_account_reads_nothing(people, home):
    people["member"].is_active = False
    assert not may(people["member"], "read", home)


def test_a_page_that_is_not_closed_is_none_of_our_business(client, academy, home):
    face = find_face(academy, "fi")
    response = client.get(face.url)
    assert response.status_code == 200
    assert "no-store" not in response.headers.get("Cache-Control", "")
    assert may(None, "read", face)


@pytest.mark.parametrize(
    ("moment", "reads", "works"),
    [
        (datetime(2023, 7, 1, tzinfo=HELSINKI), True, True),
        (datetime(2023, 10, 2, tzinfo=HELSINKI), True, True),
        (datetime(2024, 2, 2, tzinfo=HELSINKI), True, True),
        (datetime(2024, 2, 29, 23, 59, tzinfo=HELSINKI), True, True),
        (datetime(2024, 3, 1, tzinfo=HELSINKI), True, False),
        (datetime(2024, 12, 31, 23, 59, tzinfo=HELSINKI), True, False),
        (datetime(2025, 1, 1, tzinfo=HELSINKI), False, False),
    ],
)
def test_members_take_part_then_finish_then_read_then_are_out(autumn, people, home, moment, reads, works):
    autumn.move_to(moment)
    participation = people["member"].keino_academy_members.get().participation
    assert may(people["member"], "read", home) is reads
    assert may(people["member"], "work", participation) is works
    assert may(people["organiser"], "read", home)
    assert may(people["editor"], "read", home)
    assert may(people["superuser"], "work", participation)


def test_a_participation_is_its_own_members(people, academy):
    participation = people["member"].keino_academy_members.get().participation
    allowed = {role for role, user in people.items() if user and may(user, "read", participation)}
    assert allowed == {"member", "organiser", "superuser"}


def test_a_thing_of_another_kind_is_an_error(people):
    with pytest.raises(TypeError):
        may(people["member"], "read", object())


# Documents


def test_a_document_is_closed_by_a_draft_already_and_stays_closed_when_it_is_taken_off(client, home):
    found = make_document("ennen")
    assert b"".join(client.get(found.url).streaming_content) == b"%PDF-1.4"
    session = SessionPage.objects.child_of(home).last()
    session.materials = [("document", {"title": "Ennen", "text": "", "document": found})]
    session.save_revision()
    assert client.get(found.url).status_code == 302
    session.materials = []
    session.save_revision().publish()
    assert client.get(found.url).status_code == 302
    session.delete()
    assert client.get(found.url).status_code == 302


def test_a_document_on_an_open_page_as_well_is_closed(client, academy, document):
    face = find_face(academy, "fi")
    file = {"title": "Diat", "text": "", "document": document}
    face.body = [("files", {"heading": "Tiedostot", "lead": "", "anchor": "", "files": [file]})]
    face.save_revision().publish()
    assert client.get(document.url).status_code == 302


def test_a_document_in_rich_text_of_a_closed_page_is_closed(client, home):
    found = make_document("teksti")
    home.introduction = f'<p><a linktype="document" id="{found.pk}">Ohje</a></p>'
    home.save_revision().publish()
    assert client.get(found.url).status_code == 302


def test_other_documents_stay_open(client, home, document):
    found = make_document("avoin")
    response = client.get(found.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.4"


def test_the_question_who_may_read_a_document_costs_two_queries(
    rf, people, document, django_assert_num_queries
):
    with django_assert_num_queries(2):
        assert may(people["member"], "read", document)


# Trees that are copied, moved and translated


def only_restriction(page):
    return list(PageViewRestriction.objects.filter(page=page).values_list("restriction_type", flat=True))


def test_publishing_the_home_restricts_its_tree_once(home):
    assert only_restriction(home) == ["login"]
    home.save_revision().publish()
    assert only_restriction(home) == ["login"]
    assert list(Page.objects.public().descendant_of(home, inclusive=True)) == []


def test_no_list_of_the_site_names_closed_pages(client, rf, site, home):
    from wagtail.contrib.sitemaps import Sitemap

    make_translation(home, "sv")
    alias = home.create_alias(parent=site.root_page, update_slug="alias")
    titles = {page.title for page in Sitemap(rf.get("/")).items()}
    assert titles == {"Etusivu", "Kiertotaloushankintojen johtaminen"}
    public = Page.objects.live().public()
    assert not public.filter(translation_key__in=[home.translation_key, alias.translation_key]).exists()
    assert answer(client, None, alias.url) == 302


@pytest.mark.parametrize(
    ("method", "ids"), [("serve_view", []), ("direct", ["W008"]), ("redirect", ["W008"])]
)
def test_a_site_that_serves_documents_past_the_guard_is_warned(settings, method, ids):
    from keino_academy.learning.checks import check_documents

    settings.WAGTAILDOCS_SERVE_METHOD = method
    assert [message.id for message in check_documents()] == [f"keino_academy.{name}" for name in ids]


def test_another_restriction_is_put_right_when_the_home_is_published(home):
    PageViewRestriction.objects.filter(page=home).delete()
    PageViewRestriction.objects.create(page=home, restriction_type="password", password="x")
    home.save_revision().publish()
    assert only_restriction(home) == ["login"]


def test_a_translation_is_closed_before_it_is_published(client, people, home):
    from wagtail.models import Locale

    swedish = home.copy_for_translation(Locale.objects.get(language_code="sv"), copy_parents=True)
    assert only_restriction(swedish) == ["login"]
    swedish.save_revision().publish()
    assert answer(client, None, swedish.url) == 302


def test_a_page_is_closed_in_the_languages_in_which_it_stands_outside(client, academy, home):
    """Moved into the tree in one language only, it is closed in all."""
    page = add_page(find_face(academy, "fi"), HostPage, title="Ohje", slug="ohje")
    swedish = make_translation(page, "sv")
    assert client.get(swedish.url).status_code == 200
    page.move(home, pos="last-child")
    assert answer(client, None, swedish.url) == 302


def test_a_recursive_copy_is_closed(client, academy, home, people):
    face = find_face(academy, "fi")
    copy = face.copy(
        recursive=True,
        update_attrs={"slug": "kiertotalous-2024", "code": "kiertotalous-2024"},
        keep_live=True,
    )
    below = copy.get_descendants().live().specific()
    assert len(below) == 3
    for page in below:
        assert answer(client, None, page.url) == 302
        assert answer(client, people["member"], page.url) == 403
    assert only_restriction(copy) == []


def test_what_is_moved_in_is_closed_and_what_is_moved_out_is_open_but_our_own_types(client, academy, home):
    face = find_face(academy, "fi")
    page = add_page(face, HostPage, title="Sivu", slug="sivu")
    page.move(home, pos="last-child")
    page = Page.objects.get(pk=page.pk)
    assert answer(client, None, page.url) == 302
    page.move(face, pos="last-child")
    assert client.get(Page.objects.get(pk=page.pk).url).status_code == 200
    session = SessionPage.objects.child_of(home).first()
    session.move(face, pos="last-child")
    assert answer(client, None, SessionPage.objects.get(pk=session.pk).url) == 302


def test_the_command_mends_what_an_import_left_open(client, home, capsys):
    from django.core.management import call_command

    PageViewRestriction.objects.all().delete()
    found = make_document("tuotu")
    SessionPage.objects.child_of(home).first()
    session = SessionPage.objects.child_of(home).first()
    session.materials = [("document", {"title": "Tuotu", "text": "", "document": found})]
    SessionPage.objects.filter(pk=session.pk).update(materials=session.materials)
    call_command("keino_guard")
    assert capsys.readouterr().out == "2 mended\n"
    assert only_restriction(home) == ["login"]
    assert client.get(found.url).status_code == 302
    call_command("keino_guard")
    assert capsys.readouterr().out == "Everything was closed\n"


@pytest.mark.parametrize("sessions", [2, 12])
def test_a_session_asks_as_much_among_two_as_among_twelve(
    client, academy, make_user, sessions, django_assert_num_queries
):
    home = make_learning_pages(find_face(academy, "fi"), sessions=sessions)
    user = make_user("reader")
    make_participation(academy, "reader@example.org", user=user)
    client.force_login(user)
    url = SessionPage.objects.child_of(home).first().url
    client.get(url)
    # An empty, open page at the same depth asks 15: Wagtail's way down the tree, session, user, rights.
    with django_assert_num_queries(18):
        client.get(url)
    with django_assert_num_queries(20):
        client.get(home.url)


@pytest.mark.parametrize("documents", [1, 8])
def test_eight_documents_are_read_at_once(
    client, academy, home, people, documents, django_assert_num_queries
):
    session = SessionPage.objects.child_of(home).first()
    session.materials = [
        ("document", {"title": f"Diat {number}", "text": "", "document": make_document(f"diat-{number}")})
        for number in range(documents)
    ]
    session.save_revision().publish()
    client.force_login(people["member"])
    client.get(session.url)
    with django_assert_num_queries(19):
        text = client.get(session.url).content.decode()
    assert text.count("Diat ") == documents
