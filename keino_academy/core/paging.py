"""Pages of long lists, whose last page costs as little as the first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.paginator import WagtailPaginator


class KeyPaginator(WagtailPaginator):
    """A paginator that sorts and skips keys alone, and reads only the rows of the page.

    The queryset's order must be total, that is end with its key. The second half of the list is
    counted from its end.
    """

    def page(self, number: Any) -> Any:
        """The page of this number, as Django's own has it."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = self.count if start + self.per_page + self.orphans >= self.count else start + self.per_page
        return self._get_page(self._rows(self.object_list, start, end), number, self)

    def _rows(self, rows: QuerySet[Any], start: int, end: int) -> QuerySet[Any]:
        if start > self.count - end:
            keys = rows.reverse().values("pk")[self.count - end : self.count - start]
        else:
            keys = rows.values("pk")[start:end]
        return rows.filter(pk__in=keys)
