"""What a column of a petition ledger can mean, and the headings seen in use for it.

Headings are compared folded (`office.sheets.cells.fold`): case, blanks and marks do not matter. A
serial number of the sheet (序号) is no number of a matter: it is another one in the next file.
"""

from office.sheets.columns import Field

FIELDS = (
    Field(
        "number",
        "信访编号",
        (
            "编号", "id", "rec_id", "留言编号", "诉求编号", "诉求件编号", "工单编号", "工单号",
            "事项编号", "信访件编号", "信访件号", "信件编号", "受理编号", "登记编号", "来文编号",
            "交办编号", "转办编号", "案件编号", "件号", "流水号", "事件编号", "投诉编号",
        ),
    ),
    Field(
        "received",
        "收到日期",
        (
            "登记日期", "登记时间", "收件日期", "收件时间", "收文日期", "来文日期", "来访日期",
            "来访时间", "来信日期", "来电时间", "来电日期", "信访日期", "信访时间", "留言时间",
            "留言日期", "诉求时间", "诉求日期", "反映时间", "反映日期", "投诉时间", "投诉日期",
            "提交时间", "提交日期", "创建时间", "create_time", "发布时间", "上报时间", "转办日期",
            "交办日期", "受理时间", "受理日期", "时间", "日期",
        ),
        "moment",
    ),
    Field(
        "title",
        "标题",
        (
            "主题", "留言主题", "留言标题", "诉求标题", "来信标题", "工单标题", "信访标题", "事项标题",
            "投诉标题", "事件标题", "信访事项", "反映事项", "投诉事项", "反映问题", "反映的问题", "主要问题",
            "事由", "事项", "问题", "概要", "诉求概要", "问题概要", "内容概要",
        ),
    ),
    Field(
        "claim",
        "诉求内容",
        (
            "留言详情", "留言内容", "投诉件内容", "投诉内容", "诉求件内容", "反映内容", "信访内容",
            "来信内容", "工单内容", "事件内容", "主要内容", "具体内容", "内容", "详情", "主要诉求",
            "诉求摘要", "内容摘要", "诉求", "问题描述", "诉求描述", "事件描述", "基本情况", "简要情况",
        ),
    ),
    Field(
        "category",
        "内容分类",
        (
            "一级分类", "一级标签", "一级内容", "一级类别", "分类", "标签", "问题分类", "问题类别",
            "事项分类", "事项类别", "内容类别", "信访内容分类", "诉求分类", "业务类别", "大类",
            "event_type_name",
        ),
    ),
    Field(
        "category2",
        "二级分类",
        ("二级标签", "二级内容", "二级类别", "中类", "main_type_name"),
    ),
    Field(
        "category3",
        "三级分类",
        ("三级标签", "三级内容", "三级类别", "小类", "细类", "sub_type_name"),
    ),
    Field(
        "channel",
        "信访形式",
        (
            "信访方式", "反映形式", "反映方式", "反映渠道", "信息来源", "来源渠道", "诉求来源",
            "诉求渠道", "受理渠道", "来件渠道", "投诉渠道", "渠道", "来源", "event_src_name",
        ),
    ),
    Field(
        "klass",
        "信访目的",
        (
            "信访类别", "信访类型", "性质", "诉求性质", "事项性质", "诉求类型", "诉求类别", "工单类型",
            "事件性质", "来电性质", "event_property_name",
        ),
    ),
    Field(
        "person",
        "信访人",
        (
            "信访人姓名", "姓名", "信访人（代表）", "来访人", "来访人姓名", "来信人", "来电人",
            "来电人姓名", "反映人", "反映人姓名", "诉求人", "诉求人姓名", "投诉人", "投诉人姓名",
            "留言人", "留言用户", "用户", "市民姓名", "群众姓名", "联系人",
        ),
    ),
    Field("anonymous", "是否匿名", ("匿名/实名", "实名/匿名", "匿名")),
    Field(
        "phone",
        "联系电话",
        (
            "电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系人电话", "来电号码",
            "信访人电话", "主叫号码",
        ),
        "phone",
    ),
    Field(
        "id_number",
        "证件号码",
        ("身份证", "身份证号", "身份证号码", "公民身份号码", "证件号", "信访人证件号"),
        "id_number",
    ),
    Field("address", "联系地址", ("住址", "家庭住址", "家庭地址", "常住地址", "现住址", "信访人地址")),
    Field(
        "people_count",
        "人数",
        ("信访人数", "来访人数", "涉及人数", "涉访人数", "反映人数"),
        "number",
    ),
    Field(
        "community",
        "属地社区",
        (
            "问题属地", "属地", "社区", "所属社区", "所在社区", "村社区", "村（社区）", "社区（村）",
            "村居", "村（居）", "所属村居", "社区名称", "community_name",
        ),
    ),
    Field(
        "place",
        "问题地点",
        (
            "地点", "发生地", "发生地点", "问题发生地", "问题发生地点", "事发地", "事发地点", "事发地址",
            "诉求地址", "具体地址", "详细地址", "地址",
        ),
    ),
    Field(
        "unit",
        "承办单位",
        (
            "主办单位", "办理单位", "责任单位", "处置单位", "处理单位", "承办部门", "主办部门", "办理部门",
            "责任部门", "处理部门", "承办科室", "牵头单位", "dispose_unit_name",
        ),
    ),
    Field(
        "status",
        "办理状态",
        (
            "状态", "办理情况", "办理进度", "办理进展", "办结情况", "是否办结", "是否化解", "是否答复",
            "办理结果", "处理结果", "处置结果", "处理情况", "完成情况", "结果", "achieve_name",
        ),
    ),
    Field("closed_on", "办结日期", ("办结时间", "结案日期", "结案时间", "完成日期", "完成时间"), "day"),
    Field(
        "answer",
        "答复内容",
        (
            "答复意见", "答复", "回复", "回复内容", "回复意见", "官方回复", "回复1", "办理答复",
            "处理意见书内容",
        ),
    ),
    Field("answered_on", "答复日期", ("答复时间", "回复时间", "回复日期"), "day"),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}

#: fields whose cells are shown masked, with the mask of `office.masking.MASKS`
MASKED = {
    "person": "name",
    "anonymous": "name",
    "phone": "phone",
    "id_number": "id",
    "address": "address",
    "place": "address",
    "claim": "text",
    "answer": "text",
}
#: what a title can be made of where the row has none, the most telling first
CATEGORIES = ("category3", "category2", "category")
DAYS = ("received", "closed_on", "answered_on")


def missing(mapped: set[str]) -> list[str]:
    """Required fields that no column is taken for, in words; [] when a ledger can be imported."""
    gaps = []
    if "received" not in mapped:
        gaps.append("收到日期")
    if not mapped & {"title", *CATEGORIES}:
        gaps.append("标题（或内容分类）")
    return gaps
