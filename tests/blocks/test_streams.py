"""What every block of every stream offers to editors."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail import blocks

from keino_academy.blocks import (
    BodyBlock,
    CriteriaBlock,
    FactsBlock,
    MaterialsBlock,
    QuestionsBlock,
    TimelineBlock,
)

STREAMS = (BodyBlock, CriteriaBlock, FactsBlock, MaterialsBlock, QuestionsBlock, TimelineBlock)
CHILDREN = {
    f"{stream.__name__}.{name}": block for stream in STREAMS for name, block in stream().child_blocks.items()
}
every_block = pytest.mark.parametrize("block", CHILDREN.values(), ids=CHILDREN.keys())


@every_block
def test_a_block_introduces_itself(block):
    assert block.is_previewable
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.meta.label
    assert block.meta.label_format
    if block.name != "fact":  # the only one of its stream
        assert block.meta.group


@every_block
def test_what_the_summary_names_is_there(block):
    names = dict.fromkeys(block.child_blocks, "x")
    assert "x" in block.meta.label_format.format(**names)


@every_block
def test_the_form_shows_each_field_once(block):
    shown = block.meta.form_layout.get_sorted_block_names()
    assert sorted(shown) == sorted(block.child_blocks)


@every_block
def test_every_field_has_a_name_of_its_own(block):
    assert [name for name, child in block.child_blocks.items() if not child.meta.label] == []


@every_block
@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_preview_is_a_whole_page_with_the_sample_in_it(block, language):
    with override(language):
        value = block.get_preview_value()
        html = render_to_string(
            block.get_preview_template(value), {"bound_block": block.bind(value), "block_def": block}
        )
        said = value.get("title") or value.get("heading") or value.get("question")
        assert str(said or value.get("text") or value["caption"]) in html
    assert "keino_academy/css/tokens.css" in html
    assert "<script" not in html
    assert "style=" not in html


@every_block
def test_a_value_survives_the_database(block):
    def stored(value):
        return json.dumps(block.get_prep_value(value), cls=DjangoJSONEncoder)

    once = stored(block.to_python(block.get_prep_value(block.get_preview_value())))
    assert stored(block.to_python(json.loads(once))) == once


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream.__name__)
def test_a_draft_may_be_empty_and_a_page_may_not(stream):
    block = stream()
    drafts = block.to_python([{"type": name, "value": {}} for name in block.child_blocks])
    assert len(block.clean_deferred(drafts)) == len(block.child_blocks)
    with pytest.raises(blocks.StreamBlockValidationError) as caught:
        block.clean(drafts)
    assert len(caught.value.block_errors) == len(block.child_blocks)
