"""All pilots on one timeline: the layout, and the page."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.announcement.rules import PeriodRule
from keino_academy.applications.models import Application, Pilot
from keino_academy.applications.pilot_chart import Period, Place, Window, lay_out, place_in, window_of
from tests.applications.organisers import copies, organiser
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

MONTHS = st.integers(2020 * 12, 2026 * 12).map(lambda number: date(number // 12, number % 12 + 1, 1))
PERIODS = st.lists(st.tuples(MONTHS, MONTHS), max_size=6)
WINDOW = Window(date(2023, 8, 1), date(2024, 5, 1))


def months_between(first, last):
    return (last.year - first.year) * 12 + last.month - first.month


@given(PERIODS)
def test_every_lane_fills_the_chart_and_is_drawn_in_its_own_months(pairs):
    chart = lay_out([Period(*pair, of=number) for number, pair in enumerate(pairs)])
    assert sorted(lane.period.of for lane in chart.lanes) == list(range(len(pairs)))
    assert len(chart.months) <= 36
    assert all(months_between(*two) == 1 for two in zip(chart.months, chart.months[1:], strict=False))
    for lane in chart.lanes:
        assert min(lane.before, lane.drawn, lane.after) >= 0
        assert lane.before + lane.drawn + lane.after == len(chart.months)
        first, last = lane.period.first, max(lane.period.first, lane.period.last)
        drawn = chart.months[lane.before : lane.before + lane.drawn]
        assert list(drawn) == [month for month in chart.months if first <= month <= last]
        assert lane.goes_on == (last > chart.months[-1])
    firsts = [lane.period.first for lane in chart.lanes]
    assert firsts == sorted(firsts)
    assert not firsts or chart.months[0] == firsts[0]
    assert sum(count for _year, count in chart.years) == len(chart.months)


@given(MONTHS, MONTHS)
def test_inside_means_every_month(first, last):
    first, last = min(first, last), max(first, last)
    count = months_between(first, last) + 1
    every = [lay_out([Period(first, last)], most=count).months[index] for index in (0, count - 1)]
    inside = all(WINDOW.holds(month) for month in every)
    assert (place_in(WINDOW, Period(first, last)) is Place.INSIDE) == inside


@pytest.mark.parametrize(
    ("first", "last", "place"),
    [
        ((2023, 8), (2024, 5), Place.INSIDE),
        ((2023, 7), (2023, 8), Place.BEGINS_BEFORE),
        ((2024, 5), (2024, 6), Place.ENDS_AFTER),
        ((2023, 7), (2024, 6), Place.AROUND),
        ((2023, 1), (2023, 7), Place.BEFORE),
        ((2024, 6), (2024, 6), Place.AFTER),
    ],
)
def test_how_a_period_lies_to_the_window(first, last, place):
    assert place_in(WINDOW, Period(date(*first, 1), date(*last, 1))) is place


def test_an_open_side_has_no_outside():
    period = Period(date(1990, 1, 1), date(2090, 1, 1))
    assert place_in(Window(), period) is Place.INSIDE
    assert place_in(Window(None, date(2024, 5, 1)), period) is Place.ENDS_AFTER


def test_the_window_is_the_first_rules_that_has_one():
    assert window_of([PeriodRule(), PeriodRule("2023-08", "")]) == Window(date(2023, 8, 1), None)
    assert window_of([PeriodRule()]) is None


def test_a_long_chart_is_cut_and_says_so():
    chart = lay_out([Period(date(2020, 1, 1), date(2020, 2, 1)), Period(date(2024, 1, 1), date(2024, 3, 1))])
    assert (len(chart.months), chart.is_cut) == (36, True)
    late = chart.lanes[1]
    assert (late.before, late.drawn, late.after, late.goes_on) == (36, 0, 0, True)


@pytest.fixture
def reader(django_user_model, academy):
    return organiser(django_user_model, academy, Right.READ)


def url_of(academy):
    return reverse("keino_applications:pilots_of", args=[academy.pk])


def page(client, academy):
    response = client.get(url_of(academy))
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def table_of(html):
    """The table alone: Wagtail's dialog of keyboard shortcuts has others."""
    table = html[html.index('id="ka-pilots"') :]
    return table[: table.index("</table>")]


@pytest.mark.django_db
def test_the_page_holds_a_row_for_each_pilot_by_its_first_month(reader, academy):
    later = make_application(academy)
    early = make_application(academy, organisation="Aikainen kunta", business_id="7654321-4")
    Pilot.objects.filter(application=early).update(first_month=date(2023, 1, 1), last_month=date(2023, 2, 1))
    response = reader.get(url_of(academy))
    html = page(reader, academy)
    assert html.index("Aikainen kunta") < html.index("Koivurannan kaupunki")
    for application in (early, later):
        assert reverse("keino_applications:inspect", args=[application.pk]) in html
    assert "tammikuu 2023 – helmikuu 2023" in html
    assert "syyskuu 2023 – helmikuu 2024" in html
    table = table_of(html)
    assert table.count('<th scope="col"') == 3 + len(response.context["chart"].months) == 3 + 14
    assert '<th scope="colgroup" colspan="12">2023</th>' in html
    assert '<td colspan="8"></td>' in html
    assert table.count('<th scope="row">') == 2
    places = [(row["application"].pk, row["is_outside"]) for row in response.context["rows"]]
    assert places == [(early.pk, True), (later.pk, False)]
    assert html.count("aikaikkunan ulkopuolella: päättyy ennen sitä") == 1


@pytest.mark.django_db
def test_the_window_is_told_in_words(reader, academy, document):
    make_application(academy)
    found = next(
        asked["rule"]
        for section in document.content["fi"]["sections"]
        for asked in section["questions"]
        if asked["type"] == "period"
    )
    assert found["first"]
    html = page(reader, academy)
    assert "aikaikkuna pilottihankinnoille:" in html
    assert html.count('class="ka-pilots__in"') == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [{"state": "withdrawn"}, {"state": "draft"}, {"state": "erased"}, {"suspicion": "fast"}]
)
def test_what_is_not_considered_is_left_out(reader, academy, values):
    application = make_application(academy)
    assert "Koivurannan kaupunki" in page(reader, academy)
    Application.objects.filter(pk=application.pk).update(**values)
    assert "Koivurannan kaupunki" not in page(reader, academy)


@pytest.mark.django_db
def test_an_application_without_a_pilot_has_no_row(reader, academy):
    application = make_application(academy)
    Pilot.objects.all().delete()
    assert reverse("keino_applications:inspect", args=[application.pk]) not in page(reader, academy)


@pytest.mark.django_db
def test_each_organiser_sees_its_own_academys_pilots(reader, django_user_model, site, academy):
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    make_application(other, organisation="Vieras kunta")
    make_application(academy)
    assert "Vieras kunta" not in page(reader, academy)
    assert "Toinen akatemia" not in page(reader, academy)
    assert reader.get(url_of(other)).status_code in {302, 404}
    assert "Vieras" not in reader.get(url_of(other), follow=True).content.decode()
    booker = organiser(django_user_model, academy, Right.BOOKINGS)
    assert booker.get(url_of(academy)).status_code == 302
    assert ModelLogEntry.objects.filter(action="keino_academy.read", object_id=str(other.pk)).count() == 0


@pytest.mark.django_db
def test_the_list_leads_to_the_academy_and_the_page_is_noted(reader, academy):
    make_application(academy)
    pilots = reverse("keino_applications:pilots")
    assert pilots in reader.get(reverse("keino_applications:index")).content.decode()
    assert reader.get(pilots)["Location"] == url_of(academy)
    reader.head(url_of(academy))
    assert not ModelLogEntry.objects.filter(action="keino_academy.read").exists()
    page(reader, academy)
    entry = ModelLogEntry.objects.get(action="keino_academy.read")
    assert (entry.object_id, entry.data["page"]) == (str(academy.pk), "pilots")


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_pilots(reader, academy, django_assert_num_queries):
    first = make_application(academy)
    page(reader, academy)
    with django_assert_num_queries(31):
        page(reader, academy)
    pilot = Pilot.objects.get(application=first)
    Pilot.objects.bulk_create(
        Pilot(
            application=copy, title=f"P{copy.pk}", first_month=pilot.first_month, last_month=pilot.last_month
        )
        for copy in copies(first, 49)
    )
    with django_assert_num_queries(31):
        html = page(reader, academy)
    assert table_of(html).count('<th scope="row">') == 50
