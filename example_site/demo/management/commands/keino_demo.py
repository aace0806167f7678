"""Fill the site with the demonstration; run again, it makes what is missing only."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from example_site.demo import clock
from example_site.demo.parts import academies, applicants, booking, ground, learning, people
from keino_academy.conf import academy_settings
from keino_academy.models import Academy


class Command(BaseCommand):
    help = "Make the demonstration: the academy of 2023 in three languages, people, applications, bookings."

    def handle(self, **_options):
        if not academy_settings.DEMO:
            raise CommandError("This site is no demonstration: KEINO_ACADEMY has no DEMO.")
        clock.jump("open")
        index = ground.make_ground()
        session = booking.make_session(academies.make_body())
        page = academies.make_academy(index, ground.make_topics(), session)
        academies.make_others(index)
        academies.make_application_page(page)
        learning.make_learning(page)
        # Its dates are known now: the time zone of the times, and the window of the applications.
        academy = Academy.objects.get(translation_key=page.translation_key)
        people.make_people(academy)
        applicants.make_applicants(academy, booking.make_times(session))
        self.tell()

    def tell(self) -> None:
        """Print where to look and who may sign in."""
        address = settings.DEMO_ADDRESS
        lines = [
            "The demonstration stands at 10 May 2023, 12:00 in Helsinki.",
            "",
            *(f"  {name:<12} {address}/{code}/" for code, name in settings.LANGUAGES),
            f"  {'admin':<12} {address}/admin/",
            f"  {'mail':<12} {address}/demo/mail/",
            "",
            "Sign-ins of the admin:",
            *(f"  {person.name:<12} {person.password:<22} {person.what}" for person in people.STAFF),
            "",
            "A participant signs in by mail:",
            f"  {people.MEMBER:<34} {address}/academy/en/sign-in/",
        ]
        self.stdout.write("\n".join(lines))
