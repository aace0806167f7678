import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import engines
from django.utils.translation import override

from keino_academy.core.forms import AccessibleForm


class SampleForm(AccessibleForm, forms.Form):
    name = forms.CharField(label="Name", help_text="A short name.")
    email = forms.EmailField(label="E-mail", required=False)
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("a", "Building"), ("b", "Design")], help_text="One."
    )
    means = forms.MultipleChoiceField(
        label="Means", widget=forms.CheckboxSelectMultiple, choices=[("1", "Re-use")], required=False
    )
    phase = forms.ChoiceField(label="Phase", choices=[("", "Choose"), ("1", "Need")])
    story = forms.CharField(label="Story", widget=forms.Textarea(attrs={"class": "ka-input--mid"}))
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    agree = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        self.add_error(None, "The call has closed.")


def render(form, language="en"):
    source = """{% include "keino_academy/elements/error_summary.html" %}
    {% for field in form %}{% include "keino_academy/elements/field.html" %}{% endfor %}"""
    with override(language):
        return BeautifulSoup(engines["django"].from_string(source).render({"form": form}), "html.parser")


def text(tag):
    return " ".join(tag.text.split())


@pytest.fixture
def page():
    return render(SampleForm({"email": "nobody", "story": "Typed <b>text</b>", "token": "x"}))


def test_every_control_has_a_label_and_points_to_its_hint_and_error(page):
    name = page.find(id="id_name")
    assert text(page.find("label", attrs={"for": "id_name"})) == "Name"
    assert name["aria-describedby"] == "id_name_helptext id_name_error"
    assert name["aria-invalid"] == "true"
    assert name["class"] == ["ka-input"]
    assert page.find(id="id_name_helptext").text == "A short name."
    assert page.find(id="id_name_error").text == "Error: Fill in: Name"


def test_every_id_that_is_pointed_to_exists_once(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for tag in page.find_all(attrs={"aria-describedby": True}):
        assert set(tag["aria-describedby"].split()) <= set(ids)
    for link in page.select(".ka-errors a"):
        assert link["href"].removeprefix("#") in ids


def test_a_group_of_choices_is_a_fieldset_whose_choices_are_labels(page):
    group = page.find(id="id_kind_0").find_parent("fieldset")
    assert group["aria-describedby"] == "id_kind_helptext id_kind_error"
    assert text(group.legend) == "Kind"
    assert [label.text.strip() for label in group.select("label.ka-choice")] == ["Building", "Design"]


def test_the_summary_numbers_the_problems_as_the_fields_do(page):
    summary = page.select_one(".ka-errors")
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    assert summary.has_attr("autofocus")
    links = [link["href"] for link in summary.select("li.ka-key a")]
    assert links == ["#id_name", "#id_email", "#id_kind_0", "#id_phase", "#id_day", "#id_agree"]
    beside = [tag["id"].removesuffix("_error") for tag in page.select("p.ka-key")]
    assert [link.removeprefix("#").removesuffix("_0") for link in links] == beside
    assert summary.h2.text.strip() == "7 things need mending"
    assert "The call has closed." in summary.text


def test_an_error_says_what_to_do_with_which_field(page):
    assert [text(link) for link in page.select(".ka-errors a")] == [
        "Fill in: Name",
        "Enter a valid email address.",
        "Choose: Kind",
        "Choose: Phase",
        "Fill in: Day",
        "Tick: I agree",
    ]


def test_what_may_be_left_out_is_marked_and_what_was_typed_is_kept(page):
    assert text(page.find("label", attrs={"for": "id_email"})) == "E-mail (optional)"
    assert page.find(id="id_email")["value"] == "nobody"
    assert page.find(id="id_story").text.strip() == "Typed <b>text</b>"
    assert page.find(id="id_story")["class"] == ["ka-input", "ka-input--mid"]
    assert page.find("label", attrs={"for": "id_name"}).small is None


def test_the_error_of_a_hidden_field_is_told_in_the_summary():
    summary = render(SampleForm({})).select_one(".ka-errors")
    assert len(summary.select("p.ka-field__error")) == 2


def test_a_form_without_errors_has_no_summary_and_leaves_judging_to_the_server():
    page = render(SampleForm())
    assert page.select_one(".ka-errors") is None
    assert page.find(attrs={"required": True}) is None
    assert page.find(attrs={"aria-invalid": True}) is None
    assert page.find(id="id_token")["type"] == "hidden"
