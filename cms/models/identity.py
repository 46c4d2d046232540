"""Whose site this is: name, sponsor, record numbers, footer. One row a site."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from cms.blocks import LinkBlock
from cms.fields import BlocksField
from office.history import Audit, TrackedModel


@register_setting(icon="home")
class SiteIdentity(TrackedModel, BaseSiteSetting):
    """What the page tags and the footer of every page say (domain notes, section 5).

    Every change is kept in the history: a wrong record number is a fault of the office.
    """

    site_name = models.CharField("网站名称", max_length=40, default="云湖民声")
    tagline = models.CharField("副标题", max_length=60, blank=True)
    sponsor = models.CharField("主办单位", max_length=60, blank=True)
    address = models.CharField("地址", max_length=80, blank=True)
    phone = models.CharField("信访接待电话", max_length=30, blank=True, help_text="只填办公电话")
    hours = models.CharField("办公时间", max_length=60, blank=True)
    site_domain = models.CharField("网站域名", max_length=80, blank=True)
    site_id_code = models.CharField("网站标识码", max_length=20, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=40, blank=True)
    police_number = models.CharField("公安机关备案号", max_length=40, blank=True)
    party_mark = models.CharField(
        "党政机关网站标识", max_length=40, blank=True, help_text="标识编号；没有则不显示"
    )
    party_mark_url = models.URLField("党政机关网站标识网址", blank=True)
    error_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="网站找错页面",
    )
    error_url = models.URLField(
        "网站找错网址", blank=True, help_text="接入“我为政府网站找错”平台后填写，优先于上面的页面"
    )
    upper_site_name = models.CharField("上级网站名称", max_length=40, blank=True)
    upper_site_url = models.URLField("上级网站网址", blank=True)
    footer_links = BlocksField([("link", LinkBlock())], verbose_name="页脚链接", blank=True)

    audit = Audit(label="site_name")
    select_related = ["error_page"]

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("tagline"),
                FieldPanel("sponsor"),
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("hours"),
            ],
            "名称与联系方式",
        ),
        MultiFieldPanel(
            [
                FieldPanel("site_domain"),
                FieldPanel("site_id_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("party_mark"),
                FieldPanel("party_mark_url"),
            ],
            "备案与标识",
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("error_page"),
                FieldPanel("error_url"),
                FieldPanel("upper_site_name"),
                FieldPanel("upper_site_url"),
                FieldPanel("footer_links"),
            ],
            "链接",
        ),
    ]

    class Meta:
        verbose_name = verbose_name_plural = "网站名称与页脚"

    def __str__(self) -> str:
        return self.site_name

    @classmethod
    def of(cls, site: Site | None) -> "SiteIdentity":
        """The identity of a site; a blank one where nothing has been entered. Writes nothing."""
        known = cls.base_queryset().filter(site=site).first() if site else None
        return known or cls(site=site)
