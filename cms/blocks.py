"""Blocks of page bodies. No tables, no embeds, no styling by hand: a text has a structure."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.plain import plain_text

RICH = ["bold", "ol", "ul", "link", "document-link"]
PLAIN = ["bold", "link"]


class ProseBlock(blocks.RichTextBlock):
    """Rich text whose items and lines stay apart in the search, nested lists as well."""

    def get_searchable_content(self, value: Any) -> list[str]:
        return [plain_text(value.source)]


class LinkBlock(blocks.StructBlock):
    """A link to a page of ours or, exactly one of the two, to an address elsewhere."""

    label = blocks.CharBlock(label="文字", max_length=40)
    page = blocks.PageChooserBlock(label="本站页面", required=False)
    url = blocks.URLBlock(label="站外网址", required=False)

    class Meta:
        icon = "link"
        label = "链接"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            error = ValidationError("本站页面和站外网址，请填且只填一个。")
            raise blocks.StructBlockValidationError(block_errors={"page": error})
        return value


class EntryBlock(blocks.StructBlock):
    """An entry of the home page: where to go with which trouble."""

    title = blocks.CharBlock(label="标题", max_length=16)
    gist = blocks.CharBlock(label="一句话", max_length=40)
    page = blocks.PageChooserBlock(label="去往页面")

    class Meta:
        icon = "arrow-right"
        label = "入口"


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label="图片")
    alt = blocks.CharBlock(
        label="图片说了什么",
        max_length=200,
        help_text="给看不见图片的人：写出图上的内容，不写“图片”二字。",
    )
    caption = blocks.CharBlock(label="图注", max_length=120, required=False)

    class Meta:
        icon = "image"
        label = "图片"
        template = "cms/blocks/figure.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="文件")
    label = blocks.CharBlock(label="显示的名称", max_length=80, required=False)

    class Meta:
        icon = "doc-full"
        label = "附件"
        template = "cms/blocks/document.html"

    def get_searchable_content(self, value: Any) -> list[str]:
        """The name residents see: the one given here, else the document's own."""
        name = value["label"] or (value["document"].title if value["document"] else "")
        return [name]


class CalloutBlock(blocks.StructBlock):
    """A note that must not be overread. Each kind says its word; colour only repeats it."""

    kind = blocks.ChoiceBlock(
        label="种类",
        choices=[("tip", "提示"), ("care", "注意"), ("urgent", "紧急")],
        default="tip",
    )
    title = blocks.CharBlock(label="标题", max_length=40, required=False)
    text = ProseBlock(label="内容", features=RICH)

    class Meta:
        icon = "warning"
        label = "提示框"
        template = "cms/blocks/callout.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="做什么", max_length=40)
    limit = blocks.CharBlock(
        label="期限", max_length=20, required=False, help_text="例如：15日内、当场"
    )
    text = ProseBlock(label="说明", features=RICH)


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="问", max_length=120)
    answer = ProseBlock(label="答", features=RICH)


class ContactBlock(blocks.StructBlock):
    """An office that answers; never a person's own telephone."""

    office = blocks.CharBlock(label="科室或窗口", max_length=40)
    phone = blocks.CharBlock(label="办公电话", max_length=40, required=False)
    hours = blocks.CharBlock(label="时间", max_length=60, required=False)
    place = blocks.CharBlock(label="地点", max_length=80, required=False)


class BasisBlock(blocks.StructBlock):
    """A rule a text rests on."""

    law = blocks.CharBlock(label="法律、法规", max_length=80, help_text="不带书名号")
    article = blocks.CharBlock(
        label="条", max_length=80, required=False, help_text="例如：第三十四条"
    )
    gist = blocks.CharBlock(label="说了什么", max_length=160, required=False)

    def get_searchable_content(self, value: Any) -> list[str]:
        return [f"《{value['law']}》{value['article']}", value["gist"]]


class ArticleBlocks(blocks.StreamBlock):
    """The body of an article or a guide."""

    text = ProseBlock(label="正文", features=RICH, template="cms/blocks/text.html")
    heading = blocks.CharBlock(
        label="小标题", max_length=40, icon="title", template="cms/blocks/heading.html"
    )
    callout = CalloutBlock()
    steps = blocks.ListBlock(
        StepBlock(), label="步骤", icon="list-ol", template="cms/blocks/steps.html"
    )
    questions = blocks.ListBlock(
        QuestionBlock(), label="问答", icon="help", template="cms/blocks/questions.html"
    )
    contacts = blocks.ListBlock(
        ContactBlock(), label="联系方式", icon="mobile-alt", template="cms/blocks/contacts.html"
    )
    figure = FigureBlock()
    document = DocumentBlock()
    basis = blocks.ListBlock(
        BasisBlock(), label="法律依据", icon="openquote", template="cms/blocks/basis.html"
    )

    class Meta:
        block_counts = {"basis": {"max_num": 1}}


class HoursRowBlock(blocks.StructBlock):
    when = blocks.CharBlock(label="时间", max_length=40, help_text="例如：每周三 9:00–11:30")
    what = blocks.CharBlock(label="事项", max_length=40)
    where = blocks.CharBlock(label="地点", max_length=60, required=False)


class HoursPanel(blocks.StructBlock):
    """When and where a person is received."""

    title = blocks.CharBlock(label="标题", max_length=24)
    rows = blocks.ListBlock(HoursRowBlock(), label="安排")
    note = blocks.CharBlock(label="说明", max_length=120, required=False)
    link_label = blocks.CharBlock(label="链接文字", max_length=24, required=False)
    link = blocks.PageChooserBlock(label="链接页面", required=False)

    class Meta:
        icon = "time"
        label = "办事时间"
        template = "cms/panels/hours.html"


class ColumnPanel(blocks.StructBlock):
    """The newest pages of a column; the column's own kind knows which those are."""

    column = blocks.PageChooserBlock(label="栏目")
    count = blocks.IntegerBlock(label="条数", min_value=1, max_value=10, default=6)

    class Meta:
        icon = "list-ul"
        label = "栏目最新"
        template = "cms/panels/column.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        column = value["column"].specific if value["column"] else None
        readable = column is not None and column.live and hasattr(column, "entries")
        context["column"] = column if readable else None
        context["entries"] = list(column.entries()[: value["count"]]) if readable else []
        return context


class ContactsPanel(blocks.StructBlock):
    """A quiet panel of offices and their telephones."""

    title = blocks.CharBlock(label="标题", max_length=24)
    contacts = blocks.ListBlock(ContactBlock(), label="电话")

    class Meta:
        icon = "mobile-alt"
        label = "常用电话"
        template = "cms/panels/contacts.html"


class LinksPanel(blocks.StructBlock):
    """A quiet panel of links."""

    title = blocks.CharBlock(label="标题", max_length=24)
    links = blocks.ListBlock(LinkBlock(), label="链接")

    class Meta:
        icon = "link"
        label = "链接"
        template = "cms/panels/links.html"
