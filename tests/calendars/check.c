/* libical's restriction check (RFC 5545 and 5546) of the calendar files named as arguments.
   Prints a line for each fault; the exit status is 1 if there was any. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static int faults_of(icalcomponent *component, const char *name)
{
    int found = 0;
    icalproperty *error = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; error; error = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY), found++)
        printf("%s: %s\n", name, icalproperty_get_xlicerror(error));
    icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; inner; inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        found += faults_of(inner, name);
    return found;
}

static int check(const char *name)
{
    static char text[1 << 20];
    FILE *file = fopen(name, "rb");
    text[file ? fread(text, 1, sizeof text - 1, file) : 0] = 0;
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT)
        return printf("%s: not a calendar\n", name);
    int good = icalrestriction_check(calendar);
    int found = faults_of(calendar, name);
    return good && !found ? 0 : found ? found : printf("%s: restrictions are not met\n", name);
}

int main(int count, char **names)
{
    int found = 0;
    icalerror_set_errors_are_fatal(0);
    for (int number = 1; number < count; number++)
        found += check(names[number]);
    return found ? EXIT_FAILURE : EXIT_SUCCESS;
}
