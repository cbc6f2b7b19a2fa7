"""What a unit's name looks like: whole, cut short by a list, collective, or no unit at all."""

from __future__ import annotations

import re

from zhitong.policy.responsibility.marks import alike
from zhitong.policy.responsibility.stems import SHORT_NAMES

_STEMS = "|".join(sorted(map(re.escape, SHORT_NAMES), key=len, reverse=True))
_PLACES = "省|自治区|市|县|区|州|盟|旗|乡|镇|街道|苏木|镇街|乡街"
_ZONES = (
    "新区|开发区|园区|工业园|产业园|科技园|高新区|经开区|工业区|度假区|示范区|功能区|合作区|实验区|试验区|保税区|港区|"
    "管理区|农场|林场|片区"
)
_HALLS = "厅|局|委|办|署|院|室|处|科|股|会|社|所|站|馆|队|台|中心|办公室|委员会|联"
_GOVERNMENTS = "政府|党委|党工委|工委|管委会|管委|党委政府|办事处|街道办|党组"
_BODIES = (
    "部|指挥部|小组|专班|工作组|集团|公司|企业|银行|分行|支行|海关|学校|大学|学院|医院|法院|检察院|军分区|警备区|政协|人大|基地|报社|电视台|"
    "机构|部门|单位|机关|团体|组织|街道|乡镇|村|社区|工会|团委|妇联|供销社|厂|行|署"
)

ORGAN_END = re.compile(rf"(?:{_HALLS}|{_GOVERNMENTS}|{_BODIES})$")
PLACE_END = re.compile(rf"(?:{_PLACES}|{_ZONES})$")
GENERIC_PLACE = re.compile(
    r"(?P<place>(?:省直?管县|设区的?市|地级市|县级市|市|县|区|州|盟|旗|地|乡|镇|街道|村|社区|苏木|团场)(?:[市县区州盟旗乡镇村、]|街道|社区|\([市县区州盟旗乡镇街道、]{1,9}\))*)"
    rf"(?P<hall>(?:人民)?(?:{_GOVERNMENTS})(?:和(?:人民)?(?:{_GOVERNMENTS}))?)?"
)
"""A place of no name: 县(市、区)政府, 乡镇, 街道办事处."""

_COLLECTIVE = re.compile(
    r"各(?!界)|成员单位|(?:有关|相关|职能|主管|直属|组成|直|属|级)(?:职能|主管)?(?:部门|单位|机构|企业)|^(?:有关|相关|其他|其它|全体|所有)|驻.{0,3}单位|^(?:属地|所在地|当地|地方)"
    r"|[省市县]、?[市县区乡镇]、?村?[两三二四]级|^(?:部门|单位|责任单位|牵头单位|乡镇街道)$"
)
_ANYWHERE = re.compile(r"^(?:各|有关|相关|所在|属)?(?:地|地方|地区|省份|城市)$")
_SUB_UNIT = re.compile(
    rf"(?<=[{''.join(sorted(set('厅局委办署院室处会部府社所站心队')))}])\((?![市县区州盟旗乡镇街道、]*\)(?:人民)?政府)[^()]*\)$"
)

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢"
    "岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵"
)
_TITLE = re.compile(
    r"(?:书记|[省市县区州旗镇乡局部厅院组科处所站队校]长|主任|常委|委员长|秘书长|总经理|董事长|主席|同志|领导|负责人|一把手)"
    r"(?:[\u4e00-\u9fff·]{2,4})?$"
)
STANDS_ALONE = re.compile(
    r"各|有关|相关|其他|其它|全[省市县区]|驻|国家|中国|中央|国务院|国网|人民银行|人行|团|共青团|本|属地|所在地|[省市县区州][直属级]"
)
OPEN_END = re.compile(
    r"等(?:[省市县区州]级?直?)?(?:各|有关|相关|成员|多个|多家|\d+个|[一二三四五六七八九十]+个)*(?:职能)?(?:(?:部门|单位|部委|机构|厅局|委办局)(?:和(?:部门|单位|企业|机构))?)?$"
)


def is_collective(name: str) -> bool:
    """Whether nobody can be written to by this name: 各乡镇, 领导小组成员单位, 县(市、区)政府."""
    plain = alike(name)
    return bool(_COLLECTIVE.search(plain)) or _is_generic(plain)


def _is_generic(plain: str) -> bool:
    """县(市、区)政府, 乡镇: places of no name; 市政府 is one body."""
    found = GENERIC_PLACE.fullmatch(plain)
    return found is not None and len(found["place"]) > 1


def is_unit(name: str) -> bool:
    """Whether the words end as units do; places count where they are collective or zones (各县区, 开发区)."""
    plain = without_sub_unit(alike(name))
    if not 2 <= len(plain) <= 40:
        return False
    return bool(
        _ANYWHERE.search(plain)
        or ORGAN_END.search(plain.rstrip(")"))
        or (is_collective(plain) and PLACE_END.search(re.sub(r"\([^()]*\)$", "", plain)))
    )


def is_person(name: str) -> bool:
    """Whether the words are somebody's name or post: 张某某, 副市长, 市教育局局长李某."""
    if _TITLE.search(name):
        return True
    if not 2 <= len(name) <= 3 or name[0] not in SURNAMES:
        return False
    return not (ORGAN_END.search(name) or PLACE_END.search(name) or field_of(name) is not None)


def without_sub_unit(name: str) -> str:
    """The name without the office named in a bracket behind it: 省公安厅(省交管局) → 省公安厅; 各县(市、区) stays."""
    found = _SUB_UNIT.search(alike(name))
    return name[: found.start()] if found else name


def field_of(name: str) -> str | None:
    """The field of work a name begins with, as its standard organ is written in full; None when it is no standard organ's."""
    found = _AT_START.match(name)
    return SHORT_NAMES[found[0]] if found else None


def is_bare_field(name: str) -> bool:
    """Whether the words are a field of work and no unit yet: 财政, 市发展改革."""
    if ORGAN_END.search(name):
        return False
    rest = name[1:] if len(name) > 2 and name[0] in "省市县区州" and field_of(name) is None else name
    return field_of(rest) is not None and len(rest) <= 10


_AT_START = re.compile(_STEMS)
_LEVEL = re.compile(
    r"(?P<level>省|市|县|区|州|盟|旗|镇|乡)(?!场|政(?!府|协|务|法|数)|容|民(?!政|宗|族)|划|域|区|县|镇|乡|村|级|直|属|、|\()(?P<rest>.{2,})"
)
_WITH_FIELD = re.compile(rf"(?P<place>.{{2,14}}?)(?P<rest>(?:{_STEMS}).*)")
_WITH_PLACE = re.compile(rf"(?P<place>.{{1,10}}(?:{_ZONES}|{_PLACES}))(?P<rest>.{{2,}})")
_SHAREABLE = re.compile(r"(?:厅|局|委|办|室|院|处|中心|支队|大队|总队|会|联|社|部门)$")


def prefix_of(name: str) -> str | None:
    """The place or level a name begins with (渤海新区, 市, 省), "" for names that stand alone, None for names without one."""
    plain = alike(name)
    if STANDS_ALONE.match(plain) or _is_generic(plain):
        return ""
    level = _LEVEL.fullmatch(plain)
    if level:
        return level["level"]
    if _AT_START.match(plain):
        return None
    found = _WITH_FIELD.fullmatch(plain) or _WITH_PLACE.fullmatch(plain)
    return found["place"] if found else None


def takes_prefix(name: str) -> bool:
    """Whether a name without a prefix is of the kind that takes its neighbour's: 经发局, 教育局; not 供电公司, 海关."""
    plain = without_sub_unit(alike(name))
    return bool(_SHAREABLE.search(plain)) and (field_of(plain) is not None or len(plain) <= 7)
