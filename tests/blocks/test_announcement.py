"""The announcement as readers get it: sections in the editor's order."""

import re
from datetime import date, time

import pytest
from django.template import engines
from django.utils.translation import override

from keino_academy.blocks import BodyBlock, FactsBlock, MaterialsBlock, QuestionsBlock
from keino_academy.blocks.composition import rows
from keino_academy.blocks.media import PersonBlock
from keino_academy.blocks.timeline import DeadlineBlock, MomentBlock, PeriodBlock


def body(*children):
    block = BodyBlock()
    return block.to_python(
        [{"type": name, "value": value, "id": f"id-{place}"} for place, (name, value) in enumerate(children)]
    )


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


BENEFITS = ("benefits", {"heading": "What you get", "points": [{"title": "Coaching", "text": "For you."}]})
REQUIREMENTS = ("requirements", {"heading": "What we ask", "points": [{"title": "Time"}]})
RICH_TEXT = ("rich_text", {"heading": "About", "lead": "Short & good", "text": "<p>A <b>bold</b> text</p>"})


@pytest.fixture
def rooms(settings):
    """The tags of the rooms above, which say what they were given."""
    tags = "tests.blocks.tags_that_repeat"
    [engine] = settings.TEMPLATES
    libraries = dict.fromkeys(["ka_announcement", "ka_applications", "ka_booking"], tags)
    settings.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "libraries": libraries}}]
    yield
    del engines.templates


def test_a_section_is_named_by_its_heading_and_keeps_its_anchor():
    html = body(RICH_TEXT).render_as_block()
    assert '<section class="ka-section" aria-labelledby="b-id-0">' in html
    assert '<h2 id="b-id-0">About</h2>' in html
    assert '<p class="ka-lead">Short &amp; good</p>' in html
    assert "<p>A <b>bold</b> text</p>" in html


def test_an_editors_own_anchor_is_kept():
    name, value = RICH_TEXT
    html = body((name, value | {"anchor": "about"})).render_as_block()
    assert '<h2 id="about">About</h2>' in html


@pytest.mark.parametrize("order", [(BENEFITS, REQUIREMENTS), (REQUIREMENTS, BENEFITS)])
def test_benefits_beside_requirements_share_a_row(order):
    html = body(*order, RICH_TEXT).render_as_block()
    assert html.count("ka-spread__page") == 3  # two columns, one of them in the colour of what is due
    assert html.count('class="ka-page ka-gap ka-spread"') == 1
    assert re.findall(r"<h2[^>]*>([^<]*)", html) == [value["heading"] for _, value in (*order, RICH_TEXT)]


def test_apart_they_are_sections_of_their_own():
    html = body(BENEFITS, RICH_TEXT, REQUIREMENTS).render_as_block()
    assert 'class="ka-page' not in html
    assert html.count("ka-section ka-section--list ka-spread__page") == 2


def test_three_neighbours_make_one_pair():
    names = [
        [child.block_type for child in row] for row in rows(body(BENEFITS, REQUIREMENTS, BENEFITS, BENEFITS))
    ]
    assert names == [["benefits", "requirements"], ["benefits"], ["benefits"]]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("timeline", "ka_programme"),
        ("criteria", "ka_criteria"),
        ("check", "ka_check_link"),
        ("application_start", "ka_application_start"),
        ("booking", "ka_booking_days"),
    ],
)
def test_what_the_system_knows_comes_from_the_rooms(rooms, name, tag):
    html = body((name, {"heading": "Here", "session": None})).render_as_block({"page": "academy"})
    assert f"[{tag} Here on academy]" in html
    assert ">Here</h2>" in html


def test_a_step_leads_where_the_system_says(rooms):
    steps = {
        "heading": "How to apply",
        "steps": [
            {"title": "Tell us", "text": "<p>By the form.</p>", "button": "Apply", "target": "apply"},
            {"title": "Read", "button": "Elsewhere", "target": "url", "url": "https://example.org/"},
            {"title": "Wait"},
        ],
        "next_heading": "What happens next",
        "next": [{"when": "In June", "text": "You hear from us."}],
    }
    html = body(("steps", steps)).render_as_block({"page": "academy"})
    assert re.findall(r'<a class="([^"]*)" href="([^"]*)">', html) == [
        ("ka-button", "/academy/apply/"),
        ("ka-button ka-button--quiet", "https://example.org/"),
    ]
    assert text(html).endswith("What happens next In June You hear from us.")


def test_a_target_group_says_its_kinds_or_the_editors_words():
    kinds = {"heading": "For whom", "kinds": ["municipality", "parish"]}
    with override("en"):
        assert "<li>Municipality</li><li>Parish</li>" in body(("target_group", kinds)).render_as_block()
    html = body(("target_group", kinds | {"names": ["small shops"]})).render_as_block()
    assert "<li>Small shops</li>" in html
    assert "parish" not in html.lower()


def test_what_people_write_is_escaped():
    nasty = "<img src=x onerror=alert(1)>\"'"
    people = [{"name": nasty, "role": nasty, "phone": nasty}]
    html = body(
        ("people", {"heading": nasty, "people": people}),
        ("benefits", {"heading": nasty, "points": [{"title": nasty, "text": nasty}]}),
        ("target_group", {"heading": nasty, "names": [nasty]}),
    ).render_as_block()
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") >= 8


def test_a_telephone_number_can_be_called():
    value = PersonBlock().to_python({"name": "A", "phone": "+358 (0)40 123-45"})
    assert value.phone_link == "+35804012345"
    assert 'href="tel:+35804012345"' in PersonBlock().render(value)


def test_facts_are_a_list_of_terms():
    block = FactsBlock()
    facts = block.to_python([{"type": "fact", "value": {"label_text": "Where", "text": "Online"}}])
    assert text(block.render(facts)) == "Where Online"
    assert "<div><dt>Where</dt><dd>Online</dd></div>" in block.render(facts)
    assert block.render(block.to_python([])).strip() == ""


def test_a_video_is_a_link_that_tells_its_length():
    block = MaterialsBlock()
    value = {"title": "Recording", "url": "https://example.org/v", "minutes": 42, "captions": True}
    with override("en"):
        html = block.render(block.to_python([{"type": "video", "value": value}]))
    assert '<a href="https://example.org/v">Recording</a>' in html
    assert text(html) == "Recording Video, 42 minutes, with captions"
    assert "<iframe" not in html


def test_choices_are_known_by_ids_that_no_language_changes():
    items = [
        {"type": "item", "id": "a1", "value": "Market dialogue"},
        {"type": "item", "id": "b2", "value": "Award criteria"},
    ]
    stream = QuestionsBlock().to_python(
        [{"type": "choice", "id": "q", "value": {"question": "Which?", "options": items}}]
    )
    assert stream[0].value.choices == [("a1", "Market dialogue"), ("b2", "Award criteria")]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", ["ti 12.9.2023 klo 10–16", "marraskuu 2023 – tammikuu 2024", "ke 31.5.2023 klo 23.59"]),
        ("sv", ["tis 12.9.2023 kl. 10–16", "november 2023 – januari 2024", "ons 31.5.2023 kl. 23.59"]),
        (
            "en",
            ["Tue 12 September 2023 10:00–16:00", "November 2023 – January 2024", "Wed 31 May 2023 23:59"],
        ),
    ],
)
def test_an_entry_says_when_it_is(language, expected):
    values = [
        MomentBlock().to_python({"date": "2023-09-12", "starts": "10:00", "ends": "16:00"}),
        PeriodBlock().to_python({"first": "2023-11-05", "last": "2024-01-01", "precision": "month"}),
        DeadlineBlock().to_python({"date": "2023-05-31", "time": "23:59"}),
    ]
    with override(language):
        said = [value.when.replace("\u00a0", " ").replace("\u2060", "") for value in values]
    assert said == expected


def test_a_periods_own_words_replace_the_dates():
    value = PeriodBlock().to_python({"first": "2023-06-24", "said": "before Midsummer"})
    assert value.when == "before Midsummer"
    assert value.bounds == (date(2023, 6, 24), date(2023, 6, 24))


def test_a_draft_without_a_date_says_nothing():
    assert [block.to_python({}).when for block in (MomentBlock(), PeriodBlock(), DeadlineBlock())] == [
        "",
        "",
        "",
    ]


def test_a_deadlines_time_is_the_last_minute_of_the_day_unless_told():
    assert DeadlineBlock().to_python({"date": "2023-05-31"})["time"] == time(23, 59)
