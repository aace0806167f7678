"""The spreadsheet of answers: rows, columns, words, rights and what the log keeps."""

import copy
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.applications import answer_sheet
from keino_academy.applications.answer_sheet import FACTS, merged
from keino_academy.applications.models import Application, FormDocument
from keino_academy.core import clock
from tests.applications.organisers import book, copies, exported, organiser
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


@pytest.fixture
def reader(django_user_model, academy):
    return organiser(django_user_model, academy, Right.READ)


def by_key(row):
    """The row by the keys that stand in the headings' brackets."""
    return {heading[heading.rindex("[") + 1 : -1]: value for heading, value in row.items()}


def keys_of(document, *types):
    sections = document.content["fi"]["sections"]
    return {
        asked["id"]
        for section in sections
        for asked in section["questions"]
        if not types or asked["type"] in types
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_holds_the_facts_and_every_answer_in_words(reader, academy, document, kind):
    application = make_application(academy)
    (row,) = exported(reader, kind, language="fi")
    found = by_key(row)
    assert found["reference"] == application.reference
    assert found["organisation"] == "Koivurannan kaupunki"
    assert found["contact_email"] == "hankinnat@koivuranta.example"
    assert found["pilot_title"] == "Kirkonkylän koulun peruskorjaus"
    (period,) = keys_of(document, "period")
    assert found[period].replace("\xa0", " ") == "syyskuu 2023 – helmikuu 2024"
    assert found["pilot_category"] == "Rakentaminen"
    assert str(found["sent_at"]) == "2023-05-10 12:00:00"
    assert (str(found["met"]), str(found["asked"])) == (str(application.met), str(application.asked))
    assert [text for text in found.values() if "Aino Aalto, hankinta, aino@" in str(text)]


def test_a_workbook_keeps_numbers_and_moments(reader, academy):
    make_application(academy)
    found = by_key(exported(reader, "xlsx")[0])
    assert found["sent_at"] == datetime(2023, 5, 10, 12, 0)
    assert isinstance(found["met"], int)


def test_every_question_has_one_column_whose_key_no_language_changes(reader, academy, document):
    make_application(academy)
    finnish, english = (exported(reader, language=code)[0] for code in ("fi", "en"))
    assert list(by_key(finnish)) == list(by_key(english))
    assert len(by_key(finnish)) == len(finnish)
    keys = set(by_key(finnish))
    # The kind stands among the facts.
    assert keys_of(document) - keys == keys_of(document, "organisation_kind")
    assert list(by_key(finnish))[: len(FACTS)] == list(FACTS)
    assert "Hankinnan nimi [pilot_title]" in finnish
    assert "Name of the procurement [pilot_title]" in english
    assert by_key(english)["pilot_category"] == "Construction"


def test_several_versions_of_a_form_give_the_union_of_their_questions(reader, academy, document):
    old = make_application(academy)
    content = copy.deepcopy(document.content)
    for said in content.values():
        asked = said["sections"][1]["questions"]
        added = {**asked[0], "id": "nickname", "type": "text", "label": "Lempinimi", "rule": {}}
        said["sections"][1]["questions"] = [asked[0], added, *asked[1:]]
        said["sections"] = [one for one in said["sections"] if one["id"] != "pilot"]
    newer = FormDocument.objects.create(
        academy=academy, version=document.version + 1, content=content, structure="x", made_at=clock.now()
    )
    new = make_application(academy, business_id="7654321-4")
    Application.objects.filter(pk=new.pk).update(document=newer, answers={"nickname": "Koivu"})
    rows = {row["reference"]: row for row in map(by_key, exported(reader, language="fi"))}
    assert (rows[old.reference]["nickname"], rows[new.reference]["nickname"]) == ("", "Koivu")
    assert rows[old.reference]["pilot_title"] == "Kirkonkylän koulun peruskorjaus"
    assert rows[new.reference]["pilot_title"] == ""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_answer_is_a_formula(reader, academy, kind, start):
    make_application(academy, organisation=f"{start}cmd|' /C calc'!A0", pilot_aims=f"{start}1+1")
    found = by_key(exported(reader, kind)[0])
    assert found["organisation"] == f"'{start}cmd|' /C calc'!A0"
    assert found["pilot_aims"] == f"'{start}1+1"


def test_the_export_follows_filters_search_and_rights(reader, site, academy):
    own = make_application(academy)
    make_application(academy, "final_sent", organisation="Muu kunta", business_id="7654321-4")
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    make_application(other, organisation="Toisen kunta")
    names = {row["organisation"] for row in map(by_key, exported(reader))}
    assert names == {"Koivurannan kaupunki", "Muu kunta"}
    only = [by_key(row)["reference"] for row in exported(reader, state="interest_sent")]
    assert only == [own.reference]
    assert [by_key(row)["organisation"] for row in exported(reader, q="Muu")] == ["Muu kunta"]
    assert not any("Toisen" in str(row) for row in exported(reader, academy=other.pk))


def test_what_is_held_is_exported_only_when_it_is_asked_for(reader, academy):
    kept = make_application(academy)
    hidden = make_application(academy, organisation="Muu kunta", business_id="7654321-4")
    Application.objects.filter(pk=hidden.pk).update(suspicion="fast")
    assert [by_key(row)["reference"] for row in exported(reader)] == [kept.reference]
    assert [by_key(row)["reference"] for row in exported(reader, flagged="quarantine")] == [hidden.reference]


def test_an_export_is_logged_once_with_its_rows_and_filters(reader, academy):
    make_application(academy)
    make_application(academy, "final_sent", organisation="Muu kunta", business_id="7654321-4")
    exported(reader, "xlsx", state="final_sent", q="Muu", language="sv")
    entry = ModelLogEntry.objects.get(action="keino_academy.export")
    assert entry.object_id == str(academy.pk)
    assert entry.data == {
        "model": "keino_academy.Application",
        "rows": 1,
        "format": "xlsx",
        "language": "sv",
        "filters": {"state": "final_sent"},
        "searched": True,
    }


def test_each_academy_hears_of_its_own_rows(admin_client, site, academy):
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    for one, number in ((academy, 1), (other, 2)):
        for _row in range(number):
            make_application(one)
    make_academy(site, code="kolmas", slug="kolmas", title="Kolmas akatemia")
    exported(admin_client)
    entries = ModelLogEntry.objects.filter(action="keino_academy.export")
    assert {entry.object_id: entry.data["rows"] for entry in entries} == {
        str(academy.pk): 1,
        str(other.pk): 2,
    }


@pytest.mark.parametrize("query", [{"export": "csv"}, {"export": "xlsx"}])
def test_asking_for_the_headers_alone_exports_and_logs_nothing(reader, academy, query):
    make_application(academy)
    assert reader.head(reverse("keino_applications:index"), query).status_code == 200
    assert not ModelLogEntry.objects.filter(action="keino_academy.export").exists()


def test_reading_is_logged_once_and_not_for_headers(reader, academy):
    url = reverse("keino_applications:inspect", args=[make_application(academy).pk])
    reader.head(url)
    assert ModelLogEntry.objects.filter(action="keino_academy.read").count() == 0
    reader.get(url)
    assert ModelLogEntry.objects.filter(action="keino_academy.read").count() == 1


def test_the_discussion_stands_in_its_column(reader, academy):
    application = make_application(academy)
    starts = book(application)
    found = by_key(exported(reader, "xlsx")[0])
    assert found["booked_at"] == academy.local(starts).replace(tzinfo=None)


@pytest.mark.parametrize("number", [0, 99])
def test_the_queries_do_not_grow_with_the_rows(reader, academy, number):
    copies(make_application(academy), number)
    exported(reader)
    with CaptureQueriesContext(connection) as captured:
        assert len(exported(reader)) == number + 1
    assert len(captured) == 16


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_two_queries_more_for_each_chunk(reader, academy, monkeypatch, kind):
    found = copies(make_application(academy), 9)
    exported(reader, kind)
    with CaptureQueriesContext(connection) as at_once:
        exported(reader, kind)
    monkeypatch.setattr(answer_sheet, "CHUNK", 2)
    with CaptureQueriesContext(connection) as in_five:
        rows = [by_key(row)["reference"] for row in exported(reader, kind)]
    assert len(in_five) == len(at_once) + 2 * 4
    assert rows[:9] == [one.reference for one in reversed(found)]


def test_who_is_gone_while_the_file_is_sent_is_left_out(reader, academy, monkeypatch):
    monkeypatch.setattr(answer_sheet, "CHUNK", 2)
    first, *_others, last = copies(make_application(academy), 6)
    response = reader.get(reverse("keino_applications:index"), {"export": "csv"})
    pieces = iter(response.streaming_content)
    # The mark and the headings: no row is read yet.
    content = next(pieces) + next(pieces)
    assert last.reference.encode() not in content
    first.delete()
    content += b"".join(pieces)
    assert last.reference.encode() in content
    assert first.reference.encode() not in content


def test_other_languages_are_offered(reader, academy):
    make_application(academy)
    html = reader.get(reverse("keino_applications:index"), {"state": "interest_sent"}).content.decode()
    for code in ("en", "sv"):
        assert f"?state=interest_sent&amp;export=xlsx&amp;language={code}" in html
    assert "export=xlsx&amp;language=fi" not in html


def test_an_unknown_language_is_the_users(reader, academy):
    make_application(academy)
    assert "Hankinnan nimi [pilot_title]" in exported(reader, language="xx")[0]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True)))
def test_merging_keeps_every_key_once_and_the_first_order(orders):
    found = merged(orders)
    assert sorted(found) == sorted({key for order in orders for key in order})
    if orders:
        assert [key for key in found if key in orders[0]] == orders[0]


def test_what_only_an_older_form_asks_stands_after_what_it_followed():
    assert merged([["a", "b", "c"], ["a", "x", "c", "y"], ["z", "a"]]) == ["z", "a", "x", "b", "c", "y"]
