"""The words that stand before a value on a work order or a forwarding letter. Pure."""

import re
from functools import cache

from casework.matters.ledgers.fields import FIELDS
from office.sheets.cells import fold

#: fields of ours a label can name, in the words of ledgers and in those of work orders beside them
_MORE = {
    "number": (
        "工单流水号", "受理单号", "来件编号", "转办单号", "交办单号", "派单编号", "诉求单号", "服务单号",
        "热线编号", "热线工单号", "系统编号", "事件编码", "文号", "来文字号", "发文字号", "来文文号",
        "转送文号", "转办文号", "交办文号", "案件编码", "工单id", "投诉单号",
    ),
    "source": (
        "来源单位", "来文单位", "来文机关", "转办单位", "交办单位", "转送单位", "转送机关", "派单单位",
        "派发单位", "发文单位", "交办部门", "派单部门", "派遣单位", "下派单位", "工单来源", "来件单位",
    ),
    "given": (
        "交办时间", "交办日期", "转办时间", "转办日期", "派单时间", "派单日期", "派发时间", "派发日期",
        "下派时间", "下派日期", "分派时间", "转派时间", "派遣时间", "流转时间", "转送时间", "转送日期",
        "收文日期", "收文时间", "收到日期", "收到时间", "收件日期", "收件时间", "下发时间",
    ),
    "received": (
        "来电时间", "来电日期", "受理时间", "受理日期", "登记时间", "创建时间", "呼入时间", "建单时间",
        "工单时间", "录入时间", "发生时间", "信访日期", "投诉时间",
    ),
    "limit": (
        "办理时限", "办结时限", "处理时限", "处置时限", "承办时限", "答复时限", "回复时限", "反馈时限",
        "办理期限", "办结期限", "处理期限", "答复期限", "回复期限", "反馈期限", "截止时间", "截止日期",
        "办理截止时间", "办结截止时间", "要求办结时间", "应办结时间", "要求回复时间", "要求反馈时间",
        "限办时间", "限办日期", "到期时间", "到期日期", "最晚办结时间", "来文时限", "时限", "时限要求",
        "答复截止时间", "回复截止时间", "反馈截止时间", "办理时限要求", "处理时限要求", "办结时间要求",
    ),
    "claim": (
        "反映事项内容", "诉求详情", "工单详情", "来电内容", "主要反映", "反映情况", "信访诉求", "事项内容",
        "来信主要内容", "投诉详情", "反映主要问题", "主要诉求内容", "诉求描述内容", "反映内容摘要",
        "信访人诉求", "来信人诉求", "来访人诉求", "反映人诉求", "具体诉求",
    ),
    "person": ("来电人称谓", "来电市民", "市民", "诉求市民", "申请人", "来电者", "信访群众"),
    "phone": (
        "来电电话", "来电人电话", "来电人号码", "联系号码", "手机号码", "回访电话", "诉求人电话",
        "来电人联系方式", "信访人联系方式", "反映人电话", "来访人电话", "联系人手机", "信访人联系电话",
    ),
    "place": (
        "问题地址", "事件地址", "诉求地点", "反映地址", "事发位置", "发生位置", "事件地点", "问题点位",
        "问题发生地址", "诉求发生地址", "详细位置",
    ),
    "community": ("属地社区", "所属村居", "问题属地社区", "所属村社区", "属地村居", "诉求属地"),
}  # fmt: skip
_OF_LEDGERS = (
    "number", "title", "claim", "person", "phone", "id_number", "address", "place", "community",
    "people_count", "channel",
)  # fmt: skip
#: days a matter came in by ledgers: `given` is when it reached us, the others when it was told first
_GIVEN = ("交办", "转办", "派", "收文", "收到", "收件", "转送", "下发")
#: labels without a field of ours: they end the value before them and are kept with their values
_OTHERS = (
    "诉求分类", "诉求子类", "问题分类", "事项分类", "业务类型", "紧急程度", "工单级别", "优先级", "承办部门",
    "主办部门", "协办单位", "协办部门", "会办单位", "办理要求", "处理要求", "处办要求", "回复要求",
    "交办要求", "交办意见", "转办意见", "派单意见", "派单说明", "退单说明", "领导批示", "拟办意见", "批转意见",
    "批示意见", "办理意见", "处理意见", "受理意见", "办理反馈", "处理反馈", "备注", "附件", "是否保密",
    "是否公开", "是否回访", "是否需要回访", "是否回复", "回访要求", "回访情况", "满意度", "满意情况", "性别",
    "来电人性别", "年龄", "民族", "职业", "受理人", "受理员", "受理人员", "话务员", "坐席", "坐席工号", "座席",
    "工号", "派单员", "派单人", "经办人", "承办人", "审核人", "审批人", "签发人", "签收人", "录入人", "填表人",
    "工单状态", "当前状态", "当前环节", "处理状态", "查询码", "查询密码", "重复诉求", "关联工单", "历史工单",
    "所属区域", "所属区县", "所属街道", "所属镇街", "所在区域", "区域", "抄送", "抄报", "主送", "诉求标签",
    "知识点", "录音编号", "扬言极端", "涉及主体", "被反映单位", "被反映人", "被投诉单位", "被投诉人",
    "被投诉对象", "涉及单位", "期望结果", "服务类型", "来电类别", "来电类型", "反馈方式", "回复方式",
)  # fmt: skip
#: fields whose value may run over many lines and hold colons of its own
LONG = {"claim"}
#: fields whose value is one line
SHORT = {
    "number", "given", "received", "limit", "person", "phone", "id_number", "people_count",
    "community", "channel", "source",
}  # fmt: skip
#: headings of ledgers that are values on a sheet
_VALUES = {"匿名", "实名"}
_ITEM = re.compile(
    r"^[\s*＊●•▪◆■※☆★·\-]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)][、.．]?|[、.．](?!\d)))?[\s*＊]*"
)
_INNER = re.compile(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff])")


@cache
def _known() -> dict[str, str]:
    """Folded label → name of the field, "" for labels that have none."""
    found: dict[str, str] = {}
    for field in FIELDS:
        name = field.name if field.name in _OF_LEDGERS else ""
        for word in (field.label, *field.synonyms):
            if field.name == "received":
                name = "given" if word.startswith(_GIVEN) else "received"
            if word not in _VALUES:
                found[fold(word)] = name
    found |= {fold(word): "" for word in _OTHERS}
    found |= {fold(word): name for name, words in _MORE.items() for word in words}
    return found


def field_of(label: str) -> str | None:
    """The field a label names; "" for a known label without one, None for words that are no label."""
    known = _known()
    found = known.get(fold(label))
    return known.get(fold(label, brackets=False)) if found is None else found


def bare(label: str) -> str:
    """A label without the number, star or blanks around and inside it: "3、来 电 人" → 来电人."""
    return _INNER.sub("", _ITEM.sub("", label.strip(), count=1)).strip(" 　*＊【】[]〔〕")


@cache
def inside() -> re.Pattern:
    """A known label with its colon in the middle of a line, behind a blank or a mark."""
    words = sorted(
        (word for word in _known() if len(word) > 1 and re.fullmatch(r"[\u4e00-\u9fff]+", word)),
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?<=[\s，,；;。|｜])({'|'.join(words)})\s*[:：]")
