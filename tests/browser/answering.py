"""How a person answers a form."""

from playwright.sync_api import Locator, Page


def names_of(fields: Locator) -> list[str]:
    """The names of fields, each once, in their order."""
    return list(dict.fromkeys(field.get_attribute("name") for field in fields.all()))


def follow(control: Locator) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with control.page.expect_navigation():
        control.click()


def fill(form: Locator | Page, name: str, text: str) -> None:
    form.locator(f"[name='{name}']").fill(text)


def choose_first(form: Locator) -> None:
    """The first answer of every question with choices, and one box where several may be ticked."""
    for name in names_of(form.locator("input[type=radio]")):
        form.locator(f"input[type=radio][name='{name}']").first.check()
    for name in names_of(form.locator("input[type=checkbox]")):
        form.locator(f"input[type=checkbox][name='{name}']").first.check()


def begin_application(page: Page, organisation: str, email: str) -> None:
    """Give the address and the organisation, and go to the parts of the form."""
    form = page.locator("main form[action$='/apply/']")
    fill(form, "organisation", organisation)
    fill(form, "email", email)
    follow(form.locator("button[type=submit]"))


def write_application(page: Page, email: str, words: str) -> None:
    """Write every part, from the list of parts to the page that shows all answers."""
    follow(page.locator(".ka-tasks h3 a").first)
    while page.locator("form[data-ka-saving]").count():
        before = page.url
        fill_part(page.locator("form[data-ka-saving]"), email, words)
        follow(page.locator("form[data-ka-saving] button[type=submit]").first)
        assert page.url != before, page.locator(".ka-errors").inner_text()


def send_application(page: Page) -> None:
    """Say that one may, and send."""
    page.locator("[name=q-entitled]").check()
    follow(page.locator("main form button[type=submit]").last)


def fill_part(form: Locator, email: str, words: str) -> None:
    """Answer one part, so that it is whole."""
    texts = {
        "q-contact_name": "Vieno Walker",
        "q-pilot_title": "Koulun piha",
        **{f"q-team-{number}-name": f"Asiantuntija {number}" for number in (1, 2, 3)},
        **{f"q-team-{number}-role": "rakentaminen" for number in (1, 2, 3)},
        "q-team-1-email": f"team.{email}",
        "q-director_name": "Johanna Johtaja",
        "q-director_email": f"director.{email}",
    }
    for name in names_of(form.locator("input:not([type=hidden], [type=radio], [type=checkbox])")):
        if name in texts:
            fill(form, name, texts[name])
    choose_first(form)
    for end, month in (("first", "2023-10"), ("last", "2024-01")):
        for chooser in form.locator(f"select[name$='-{end}']").all():
            chooser.select_option(month)
    for area in form.locator("textarea:visible").all():
        area.fill(words)
