"""Real translations of wagtail-localize: strings as a translator fills them in, so that syncing works."""

import json
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue


def translate(instance: Any, language: str, fields: dict[str, Any]) -> Any:
    """The instance in another language, made or found; ``fields`` are its texts there."""
    locale = Locale.objects.get(language_code=language)
    if instance.has_translation(locale):
        return instance.get_translation(locale)
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for path, ours, theirs in _pairs(instance, fields):
        context, _created = TranslationContext.objects.get_or_create(object=source.object, path=path)
        place = {"locale": locale, "context": context}
        if isinstance(ours, OverridableSegmentValue):
            SegmentOverride.objects.update_or_create(**place, defaults={"data_json": json.dumps(theirs.data)})
            continue
        StringTranslation.objects.get_or_create(
            translation_of=String.from_value(source.locale, ours.string),
            **place,
            defaults={
                "data": theirs.string.data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    translation.save_target(publish=True)
    return instance.get_translation(locale)


def _pairs(instance: Any, fields: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """``(path, of the source, of the other language)``: every string, and every address that differs."""
    other = copy(instance)
    for name, value in fields.items():
        setattr(other, name, value)
    theirs = _segments(other, StringSegmentValue)
    for path, strings in _segments(instance, StringSegmentValue).items():
        yield from ((path, *pair) for pair in zip(strings, theirs[path], strict=True))
    values = _segments(other, OverridableSegmentValue)
    for path, found in _segments(instance, OverridableSegmentValue).items():
        if values[path] and values[path][0].data != found[0].data:
            yield path, found[0], values[path][0]


def _segments(instance: Any, kind: type) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, kind):
            found[segment.path].append(segment)
    return found
