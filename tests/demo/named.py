"""What the 25 matters that everybody in the street talks of are called by (practice §7); what is late."""

NAMED = (
    "412户", "逾期交房违约金", "63名职工", "养老保险年限", "加班费", "渗水", "院墙", "楼道里有人停放电动车",
    "物业费上调", "维修资金", "电梯停运", "过渡费", "承包地界址", "宅基地", "流转给合作社", "湖边餐吧",
    "夜间浇筑", "居家养老送餐", "高龄津贴", "学区", "随迁子女", "游船票", "村民进出", "密件", "夜游演艺",
)  # fmt: skip
#: what is meant to be late: (story, kind of clock)
LATE = {
    ("sq-title-deed", "handle"),
    ("wt2-married-daughter", "handle"),
    ("nw-canal-stench", "handle"),
    ("hx-graves-moved", "notice"),
    ("m12-transition-fee", "performance"),
}
