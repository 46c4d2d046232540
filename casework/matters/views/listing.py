"""The list of matters: one page of what the reader may see, filtered by the address alone."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from casework.matters.finding import VERB
from casework.matters.forms.filters import TABS, FilterForm, Options
from casework.matters.listing import (
    ORDERS,
    PER_PAGE,
    RANKED,
    Cursor,
    Page,
    best_of,
    masked_petitioner,
    page_of,
)
from casework.matters.models import Matter
from casework.matters.templatetags.matters_tags import left, tension, tone
from casework.matters.views.frame import CRUMBS, RECORD, DeskPage
from office.search import marked

#: column heading → the two orders its link switches between
_SORTS = {"number": ("-number", "number"), "received": ("-received", "received")}
_DUE = ("due", "-due")


class MatterList(PermissionCheckedMixin, DeskPage):
    """The whole page, or (`results_only`) the table that scripts swap in after a filter changed."""

    model = Matter
    any_permission_required = ("view",)
    page_title = "信访事项"
    template_name = "matters/list.html"
    results_template_name = "matters/list_results.html"
    results_only = False

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [CRUMBS[0], {"url": "", "label": self.page_title}]

    def get_template_names(self) -> list[str]:
        return [self.results_template_name if self.results_only else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sealed = user.has_perm("matters.enter_sealed")
        self.filter = FilterForm(self.request.GET, Options.read(), sealed=sealed)
        order = ORDERS[self.filter.sort]
        page = self._page(Matter.objects.branches_for(user))
        return super().get_context_data(**kwargs) | {
            "form": self.filter,
            "page": page,
            "rows": self._rows(page),
            "chips": self.filter.chips(),
            "tabs": self._tabs(),
            "sorts": self._sorts(),
            "order": order,
            "paging": self._paging(page),
            "how_many": how_many(page),
            "empty": self._empty(page),
            "ranked": RANKED,
            "cut": self.cut and not page.later,
            "best_url": self._best_url(),
            "may_add": user.has_perm("matters.add_matter"),
            "index_results_url": reverse("wagtailsnippets_matters_matter:list_results"),
        }

    def _page(self, seen: list[Any]) -> Page:
        """The page an address asks for, of what the reader may see."""
        self.cut = False
        branches = [one for rows in seen for one in self.filter.branches(rows, self.today)]
        branches += self.filter.of_sender(seen)
        if self.filter.sort != "best":
            return page_of(branches, ORDERS[self.filter.sort], self.request.GET)
        best = best_of(branches, self.filter.words, self.filter.start)
        self.cut = best.cut
        return best.page

    def _best_url(self) -> str:
        """The address that puts the best hits first; "" when they are, or nothing is searched."""
        return (
            self.filter.address(sort=None)
            if self.filter.words and self.filter.sort != "best"
            else ""
        )

    def _rows(self, page: Page) -> list[dict[str, Any]]:
        """The rows with their addresses; the address is looked up once and not fifty times."""
        address = reverse(RECORD, args=[0])
        return [
            row_of(matter, self.today, self.filter.words)
            | {"url": address.replace("/0/", f"/{matter.pk}/"), "danger": matter.danger}
            for matter in page.matters
        ]

    def _tabs(self) -> list[tuple[str, str, bool]]:
        """(label, address, chosen) of each tab; a tab keeps the filters, not the order."""
        chosen = self.filter.tab
        return [
            (label, self.filter.address(tab=name, sort=None), name == chosen)
            for name, (label, _) in TABS.items()
        ]

    def _sorts(self) -> dict[str, tuple[str, str]]:
        """Column → (address that sorts by it, which way it is sorted now: "", "up" or "down")."""
        now, offered, found = self.filter.sort, self.filter.orders, {}
        for column, ways in {**_SORTS, "due": _DUE}.items():
            if not set(ways) & set(offered):
                continue
            other = next((way for way in ways if way != now and way in offered), ways[0])
            state = "" if now not in ways else ("down" if now.startswith("-") else "up")
            found[column] = (self.filter.address(sort=other), state)
        return found

    def _paging(self, page: Page) -> dict[str, str]:
        """Addresses of the first, previous, next and last page, as far as there are such."""
        found: dict[str, str] = {}
        order = ORDERS[self.filter.sort]
        if self.filter.sort == "best":
            return self._paging_of_best(page)
        if page.earlier and page.matters:
            found["first"] = self.filter.address()
            found["earlier"] = self.filter.address(before=Cursor.of(page.matters[0], order))
        if page.later and page.matters:
            found["later"] = self.filter.address(after=Cursor.of(page.matters[-1], order))
            found["last"] = self.filter.address(last="1")
        return found

    def _paging_of_best(self, page: Page) -> dict[str, str]:
        found, start = {}, self.filter.start
        if page.earlier:
            found["first"] = self.filter.address()
            back = max(start - PER_PAGE, 0)
            found["earlier"] = self.filter.address(**{"from": str(back)} if back else {})
        if page.later:
            found["later"] = self.filter.address(**{"from": str(start + PER_PAGE)})
        return found

    def _empty(self, page: Page) -> dict[str, str]:
        """Why there is no row and what to do; {} when there are rows."""
        if page.matters:
            return {}
        if self.filter.given:
            if why := self.filter.contradiction():
                return {
                    "why": why,
                    "do": "到“全部”里找",
                    "url": self.filter.address(tab="all", sort=None),
                }
            if self.filter.words and (elsewhere := self._elsewhere()):
                return elsewhere
            tab = TABS[self.filter.tab][0]
            if self.filter.tab != "all":
                return {
                    "why": f"“{tab}”里没有符合条件的事项。已经办结的在“全部”里。{self._of_words()}",
                    "do": "到“全部”里找",
                    "url": self.filter.address(tab="all", sort=None),
                }
            return {
                "why": f"没有符合条件的事项。请检查编号，或减少筛选条件。{self._of_words()}",
                "do": "清除全部条件",
                "url": f"?tab={self.filter.tab}",
            }
        words = {
            "open": "没有在办的事项：该办的都办了。",
            "all": "还没有您能看到的事项。",
            "overdue": "没有超期的事项。",
            "week": "本周没有到期的事项。",
        }
        return {"why": words[self.filter.tab], "do": "", "url": ""}

    def _elsewhere(self) -> dict[str, str]:
        """Where the words are found after all, when the tab or a filter is in the way."""
        q, seen = self.filter.words, Matter.objects.branches_for(self.request.user)
        whole = FilterForm(QueryDict(urlencode({"tab": "all", "q": q})), self.filter.options)
        hits = best_of([whole.anywhere(rows) for rows in seen], q, 0).page
        if not hits.matters:
            return {}
        count = f"{len(hits.matters)} 件{'以上' if hits.later else ''}"
        return {
            "why": f"这里没有符合条件的事项；不限范围和条件，找到 {count}。",
            "do": f"看这 {count}",
            "url": whole.address(),
        }

    def _of_words(self) -> str:
        """What words cannot find yet, or never; "" when none were looked for."""
        if "q" not in self.filter.given:
            return ""
        told = "刚登记的稍等几秒；按姓名查不到，姓名是加密保存的。"
        if self.request.user.has_perm(VERB):
            told += "姓名、电话和诉求、地点里的字，到左边菜单的“查找”里找。"
        return told


def row_of(matter: Matter, on: date, query: str = "") -> dict[str, Any]:
    """What a row shows on a day, in words; of a sealed matter number, state and days alone.

    query: words to be marked in the title.

    Made here and not in the template: fifty rows there would cost as much as the whole page.
    """
    found = {
        "number": matter.number,
        "sealed": matter.sealed,
        "state": matter.get_state_display(),
        "tone": tone(matter.state),
        "received": f"{matter.received_on:%Y-%m-%d}",
        "left": left(matter, on),
        "urgency": tension(matter, on),
    }
    if not matter.sealed:
        found |= {
            "title": marked(matter.title, query) if query else matter.title,
            "gap": matter.lacks_facts,
            "petitioner": masked_petitioner(matter),
            "unit": matter.lead_unit.name if matter.lead_unit else "",
        }
    return found


def how_many(page: Page) -> str:
    """How long the list is, without counting what is not shown."""
    count = len(page.matters)
    if not page.earlier and not page.later:
        return f"共 {count} 件"
    if page.earlier and not page.later:
        return f"本页 {count} 件，后面没有了"
    return f"本页 {PER_PAGE} 件，后面还有" if page.earlier else f"{PER_PAGE} 件以上"
