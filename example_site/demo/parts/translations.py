"""Real translations of wagtail-localize: strings as a translator fills them in, so that syncing works."""

from collections import defaultdict
from copy import copy
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue


def translate(instance: Any, language: str, fields: dict[str, Any]) -> Any:
    """The instance in another language, made or found; ``fields`` are its texts there."""
    locale = Locale.objects.get(language_code=language)
    if instance.has_translation(locale):
        return instance.get_translation(locale)
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for string, path, text in _pairs(instance, fields):
        context, _created = TranslationContext.objects.get_or_create(object=source.object, path=path)
        StringTranslation.objects.get_or_create(
            translation_of=String.from_value(source.locale, string),
            locale=locale,
            context=context,
            defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )
    translation.save_target(publish=True)
    return instance.get_translation(locale)


def _pairs(instance: Any, fields: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """Every string of the source with its place and its text in the other language."""
    other = copy(instance)
    for name, value in fields.items():
        setattr(other, name, value)
    theirs = _strings(other)
    return [
        (mine, path, text.data)
        for path, strings in _strings(instance).items()
        for mine, text in zip(strings, theirs[path], strict=True)
    ]


def _strings(instance: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string)
    return found
