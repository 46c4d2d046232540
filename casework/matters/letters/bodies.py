"""The nameplates letters go out under; whoever works with letters knows them all."""

from django.db.models import QuerySet

from casework.matters.models import IssuingBody

#: said where there is none to choose
NONE = "还没有设置发文主体。请信访办主任先在“文书模板”里添加。"


def in_use() -> QuerySet[IssuingBody]:
    return IssuingBody.objects.filter(active=True)


def everyone() -> QuerySet[IssuingBody]:
    """Those out of use too, for whoever sets them."""
    return IssuingBody.objects.order_by("pk")


def others_codes(row: IssuingBody) -> list[str]:
    """Codes of all but this one."""
    return list(IssuingBody.objects.exclude(pk=row.pk).values_list("code", flat=True))
