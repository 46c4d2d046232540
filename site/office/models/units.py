"""The tree of units: district, street, sections and communities, grids; dated, never deleted."""

from datetime import date

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from office.history import Audit, TrackedModel


class UnitQuerySet(MP_NodeQuerySet):
    def at(self, on: date) -> "UnitQuerySet":
        """Units that exist on the day `on` (both ends of the validity included)."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gte=on))

    def places(self) -> "UnitQuerySet":
        """Communities and villages: where a matter can be located."""
        return self.filter(kind__in=[Unit.Kind.COMMUNITY, Unit.Kind.VILLAGE])

    def handling(self) -> "UnitQuerySet":
        """Units of the street that can lead or support a matter."""
        return self.filter(kind__in=[Unit.Kind.SECTION, Unit.Kind.COMMUNITY, Unit.Kind.VILLAGE])


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):
    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(TrackedModel, MP_Node):
    """A place in the organisation. Reorganised by ending one and opening another."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "区"
        STREET = "street", "街道"
        SECTION = "section", "科室（站所）"
        COMMUNITY = "community", "社区"
        VILLAGE = "village", "村"
        GRID = "grid", "网格"
        OUTSIDE = "outside", "外单位"

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    initials = models.CharField("拼音首字母", max_length=60, blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    valid_from = models.DateField("设立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    objects = UnitManager()
    audit = Audit(label="name")
    untracked = ("path", "depth", "numchild")

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_starts",
                violation_error_message="撤销日期不能早于设立日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def below(self) -> UnitQuerySet:
        """This unit and everything under it."""
        return Unit.objects.filter(path__startswith=self.path)
