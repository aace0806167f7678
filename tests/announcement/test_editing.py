"""How editors write an announcement: previews, the paste box, friendly errors, facts in every language."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from keino_academy.announcement.models import (
    Academy,
    AcademyPage,
    AcademyRight,
    AccessibilityStatementPage,
    PrivacyNoticePage,
)
from keino_academy.announcement.queries import entries_of
from tests.factories.announcement import home_in, make_academy, make_academy_page

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor", "editor@example.org", "secret")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def fields(**changes) -> dict:
    """What the editor's page posts; streams are empty unless given."""
    data = {
        "title": "Kiertotalous",
        "slug": "kiertotalous",
        "time_zone": "Europe/Helsinki",
        "grace_minutes": "0",
        "introduction": "",
        "facts": streamfield([]),
        "body": streamfield([]),
        "timeline": streamfield([]),
        "criteria": streamfield([]),
        "topics": streamfield([]),
        "share_image": streamfield([]),
        "timeline_lines": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        **changes,
    }
    return nested_form_data(data)


def add(client, site, **changes):
    url = reverse("wagtailadmin_pages:add", args=("keino_academy", "academypage", home_in(site, "fi").pk))
    return client.post(url, fields(**changes))


def errors(response) -> dict:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


LINES = """12.9.2023 klo 10–16 Käynnistystilaisuus, Helsinki
10.10.2023 kl. 9.00–11.30 Workshop 1, på distans
1 February 2024, 10:00–16:00 Closing event, Helsinki
31.5.2023 klo 23.59 mennessä Haku päättyy"""


def test_pasted_lines_become_entries(editor, site):
    response = add(editor, site, timeline_lines=LINES)
    assert response.status_code == 302
    entries = entries_of(AcademyPage.objects.get().get_latest_revision_as_object())
    assert [(entry.title, entry.starts) for entry in entries] == [
        ("Haku päättyy", datetime(2023, 5, 31, 23, 59, tzinfo=HELSINKI)),
        ("Käynnistystilaisuus", datetime(2023, 9, 12, 10, 0, tzinfo=HELSINKI)),
        ("Workshop 1", datetime(2023, 10, 10, 9, 0, tzinfo=HELSINKI)),
        ("Closing event", datetime(2024, 2, 1, 10, 0, tzinfo=HELSINKI)),
    ]


def test_pasted_lines_are_added_to_what_is_there(editor, site):
    page = make_academy_page(site)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    entry = {
        "title": "Käynnistys",
        "date": "2023-09-12",
        "starts": "10:00",
        "audience": "everyone",
        "short_title": "",
        "place": "",
        "description": "",
        "ends": "",
    }
    data = fields(
        timeline=streamfield([("moment", entry)]), timeline_lines="1.2.2024 klo 10–16 Päätös, Helsinki"
    )
    assert editor.post(url, data).status_code == 302
    page.refresh_from_db()
    entries = entries_of(page.get_latest_revision_as_object())
    assert [entry.title for entry in entries] == ["Käynnistys", "Päätös"]


def test_each_line_that_cannot_be_read_is_named_and_kept(editor, site):
    text = f"{LINES}\njoskus syksyllä Jotain\n99.99.2023 Ei päivää"
    response = add(editor, site, timeline_lines=text)
    assert not AcademyPage.objects.exists()
    named = errors(response)["timeline_lines"]
    assert len(named) == 2
    assert "joskus syksyllä Jotain" in named[0]
    assert "99.99.2023 Ei päivää" in named[1]
    assert "joskus syksyllä Jotain" in response.content.decode().partition('name="timeline_lines"')[2][:800]


def test_the_same_line_has_the_same_id_at_every_save_of_one_page(editor, site):
    page = make_academy_page(site, timeline=[])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    seen = set()
    for _turn in range(2):
        editor.post(url, fields(timeline_lines="1.2.2024 klo 10–16 Päätös, Helsinki"))
        page.refresh_from_db()
        seen.add(entries_of(page.get_latest_revision_as_object())[0].id)
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_on": "2023-05-31", "closes_on": "2023-05-02"}, "closes_on"),
        (
            {"opens_on": "2023-05-31", "opens_at": "12:00", "closes_on": "2023-05-31", "closes_at": "12:00"},
            "closes_at",
        ),
        ({"closes_at": "12:00"}, "closes_on"),
        ({"closes_on": "2023-05-31", "decision_on": "2023-05-30"}, "decision_on"),
        ({"closes_on": "2023-05-31", "starts_on": "2023-05-31"}, "starts_on"),
        ({"starts_on": "2023-09-12", "ends_on": "2023-09-11"}, "ends_on"),
        ({"ends_on": "2024-02-01", "alumni_until": "2024-01-31"}, "alumni_until"),
        ({"ends_on": "2024-02-01", "archived_from": "2024-02-01"}, "archived_from"),
        ({"time_zone": "Helsinki"}, "time_zone"),
    ],
)
def test_dates_that_do_not_go_together_get_an_error_on_their_field(editor, site, changes, field):
    response = add(editor, site, **changes, **{"action-publish": "1"})
    assert list(errors(response)) == [field]
    assert not Academy.objects.exists()


def test_a_draft_may_still_be_wrong(editor, site):
    assert add(editor, site, opens_on="2023-05-31", closes_on="2023-05-02").status_code == 302


def test_a_code_that_is_taken_is_refused(editor, site):
    make_academy_page(site)
    response = add(editor, site, code="kiertotalous-2023", **{"action-publish": "1"})
    assert list(errors(response)) == ["code"]


def test_publishing_in_the_editor_writes_the_academy(editor, site):
    add(editor, site, closes_on="2023-05-31", **{"action-publish": "1"})
    assert Academy.objects.get().code == "kiertotalous"


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("", "Time left: 21 days."),
        ("planned", "The call opens on 2 May 2023"),
        ("open", "Time left: 3 days."),
        ("closed", "The call closed on 31 May 2023"),
        ("past", "The academy has ended."),
    ],
)
def test_previews_stand_at_another_moment(client, site, frozen, mode, said):
    page = make_academy_page(site, "en")
    html = page.make_preview_request(preview_mode=mode).content.decode().replace("\u00a0", " ")
    assert said in html


def test_previews_show_the_dates_that_are_being_edited(site, frozen):
    page = make_academy_page(site, "en")
    page.closes_on, page.closes_at = date(2023, 6, 7), time(16, 0)
    html = page.make_preview_request(preview_mode="").content.decode().replace("\u00a0", " ")
    assert "The call is open until 7 June 2023, 16:00 Finnish time." in html
    assert Academy.objects.get().closes == datetime(2023, 6, 1, tzinfo=HELSINKI)


def test_a_page_that_was_never_saved_can_be_previewed(editor, site, frozen):
    url = reverse(
        "wagtailadmin_pages:preview_on_add", args=("keino_academy", "academypage", home_in(site, "fi").pk)
    )
    assert editor.post(url, fields(closes_on="2023-05-31")).json()["is_valid"] is True
    html = editor.get(url, {"mode": "open"}).content.decode()
    assert "31.5.2023" in html


def test_facts_are_the_same_in_every_language():
    from wagtail_localize.fields import get_translatable_fields

    found = {field.field_name: field for field in get_translatable_fields(AcademyPage)}
    for name in ("code", "time_zone", "closes_on", "closes_at", "organiser_email", "places", "grace_minutes"):
        field = found[name]
        assert (type(field).__name__, field.overridable) == ("SynchronizedField", False), name
    assert found["slug"].overridable is True
    assert {"title", "introduction", "body", "timeline", "criteria"} <= {
        name for name, field in found.items() if type(field).__name__ == "TranslatableField"
    }


@pytest.mark.parametrize(
    ("language", "model", "said"),
    [
        ("en", AccessibilityStatementPage, "Traficom"),
        ("en", AccessibilityStatementPage, "306/2019"),
        ("en", PrivacyNoticePage, "Data Protection Ombudsman"),
    ],
)
def test_statements_are_created_filled(editor, site, language, model, said):
    url = reverse(
        "wagtailadmin_pages:add", args=("keino_academy", model._meta.model_name, home_in(site, language).pk)
    )
    body = editor.get(url).context["form"]["body"].value()
    assert said in body
    assert "[" in body


def test_a_statement_that_was_written_stays(editor, site):
    page = home_in(site, "en").add_child(
        instance=PrivacyNoticePage(title="Privacy", slug="p", body="<p>Ours</p>")
    )
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Data Protection Ombudsman" not in editor.get(url).content.decode()
    response = editor.post(
        url,
        nested_form_data(
            {
                "title": "Privacy",
                "slug": "p",
                "body": rich_text("<p>Still ours</p>"),
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
                "action-publish": "1",
            }
        ),
    )
    assert response.status_code == 302
    page.refresh_from_db()
    assert "Still ours" in page.body
    assert "Still ours" in editor.get(page.url).content.decode()


class TestGroupScreen:
    def post(self, client, group, rows, initial=0):
        data = {
            "name": group.name,
            "page_permissions-TOTAL_FORMS": 0,
            "page_permissions-INITIAL_FORMS": 0,
            "academy_rights-TOTAL_FORMS": len(rows),
            "academy_rights-INITIAL_FORMS": initial,
        }
        html = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
        for prefix in set(re.findall(r'name="(\w+)-TOTAL_FORMS"', html)) - {"academy_rights"}:
            data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"academy_rights-{number}-{name}": value for name, value in row.items()}
        return client.post(reverse("wagtailusers_groups:edit", args=[group.pk]), data)

    def test_rights_are_ticked_and_taken_back(self, editor, site):
        academy, group = make_academy(site), Group.objects.create(name="Readers")
        self.post(editor, group, [{"academy": academy.pk, "rights": ["read", "bookings"]}])
        assert set(AcademyRight.objects.values_list("group__name", "right")) == {
            ("Readers", "read"),
            ("Readers", "bookings"),
        }
        html = editor.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
        assert html.count('name="academy_rights-0-rights"') == 4
        assert len(re.findall(r'name="academy_rights-0-rights"[^>]*checked', html)) == 2
        self.post(editor, group, [{"academy": academy.pk, "rights": ["read"]}], initial=1)
        assert list(AcademyRight.objects.values_list("right", flat=True)) == ["read"]
        self.post(editor, group, [{"academy": academy.pk, "rights": ["read"], "DELETE": "1"}], initial=1)
        assert not AcademyRight.objects.exists()

    def test_an_academy_has_one_row(self, editor, site):
        academy, group = make_academy(site), Group.objects.create(name="Readers")
        row = {"academy": academy.pk, "rights": ["read"]}
        response = self.post(editor, group, [row, row])
        assert "Give the rights in one academy on one row." in response.content.decode()
        assert not AcademyRight.objects.exists()

    def test_a_new_group_can_be_given_rights(self, editor, site):
        assert editor.get(reverse("wagtailusers_groups:add")).status_code == 200
