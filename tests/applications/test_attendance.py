"""What members say of sessions becomes the organisation's answer."""

from hypothesis import given
from hypothesis import strategies as st

from keino_academy.applications.attendance import Clash, attended, clashes, session_options
from keino_academy.applications.journey import sections_of

WORDS = st.sampled_from(["yes", "no", "unsure"])
ENTRIES = ["a", "b", "c"]
VOICE = st.dictionaries(st.sampled_from(ENTRIES), WORDS)


@given(st.none() | VOICE)
def test_where_nobody_has_answered_the_organisations_answer_stays(own):
    assert attended(own, [], ENTRIES) == own
    assert attended(own, [{}, {}], ENTRIES) == own


@given(VOICE, st.lists(VOICE, min_size=1))
def test_all_yes_is_yes_all_no_is_no_else_unsure(own, voices):
    found = attended(own, voices, ENTRIES)
    for entry in ENTRIES:
        words = [voice[entry] for voice in voices if entry in voice]
        if not words:
            assert found.get(entry) == own.get(entry)
        elif all(word == "yes" for word in words):
            assert found[entry] == "yes"
        elif all(word == "no" for word in words):
            assert found[entry] == "no"
        else:
            assert found[entry] == "unsure"


@given(VOICE, st.lists(VOICE), st.randoms())
def test_the_order_of_members_does_not_matter_and_nothing_given_is_changed(own, voices, random):
    before = dict(own)
    shuffled = list(voices)
    random.shuffle(shuffled)
    assert attended(own, voices, ENTRIES) == attended(own, shuffled, ENTRIES)
    assert own == before


@given(VOICE, st.dictionaries(st.sampled_from(ENTRIES), st.text(max_size=5)))
def test_words_that_are_none_say_nothing(own, odd):
    said = {key: word for key, word in odd.items() if word in {"yes", "no", "unsure"}}
    assert attended(own, [odd], ENTRIES) == attended(own, [said], ENTRIES)


@given(VOICE, VOICE)
def test_a_session_that_is_not_asked_about_is_left_alone(own, voice):
    found = attended(own, [voice], ["a"])
    assert {key: found.get(key) for key in ("b", "c")} == {key: own.get(key) for key in ("b", "c")}


def test_a_session_clashes_where_somebody_said_anything_but_yes():
    options = [("a", "Kick-off"), ("b", "Workshop"), ("c", "Closing")]
    said = [("Aino", {"a": "yes", "b": "no"}), ("Eino", {"a": "yes", "b": "unsure", "c": "yes"})]
    assert clashes(options, said) == (Clash("Workshop", ("Aino",), ("Eino",)),)
    assert clashes(options, []) == ()


def test_a_session_is_offered_once_however_many_questions_ask():
    def asked(name, *options):
        return {"id": name, "type": "attendance", "label": name, "options": [list(one) for one in options]}

    content = {
        "sections": [
            {"id": "s", "title": "S", "questions": [asked("x", ("a", "A"), ("b", "B"))]},
            {"id": "t", "title": "T", "questions": [asked("y", ("b", "Bis"), ("c", "C"))]},
        ]
    }
    assert session_options(sections_of(content)) == (("a", "A"), ("b", "B"), ("c", "C"))
