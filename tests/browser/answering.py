"""How a person answers a form."""

from playwright.sync_api import Locator, Page


def names_of(fields: Locator) -> list[str]:
    """The names of fields, each once, in their order."""
    return list(dict.fromkeys(field.get_attribute("name") for field in fields.all()))


def fill(form: Locator | Page, name: str, text: str) -> None:
    form.locator(f"[name='{name}']").fill(text)


def choose_first(form: Locator) -> None:
    """The first answer of every question with choices, and one box where several may be ticked."""
    for name in names_of(form.locator("input[type=radio]")):
        form.locator(f"input[type=radio][name='{name}']").first.check()
    for name in names_of(form.locator("input[type=checkbox]")):
        form.locator(f"input[type=checkbox][name='{name}']").first.check()
