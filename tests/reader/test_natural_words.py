"""What customers write in their own words, for each type of request, in both languages; and what only looks like trouble."""

import pytest

from prompts.reader import read
from tests.world import World

SAID: dict[str, tuple[str, ...]] = {
    "fault": (
        "The pump shows E42 and stops",
        "Our pump shows E42 and stops.",
        "The display shows error E7 and the machine won't run",
        "The compressor trips after ten minutes",
        "Machine stops every few minutes with alarm F03",
        "Our RO unit keeps shutting down",
        "The controller displays fault code 12",
        "There is an alarm on the panel, A17",
        "The valve does not close any more",
        "The motor makes a loud noise and gets hot",
        "Pump number 2 stopped this morning",
        "The unit switches itself off after start",
        "The screen flashes E-05",
        "The pump stopped working",
        "We get error E42 when we start the pump",
        "It shows E42 and shuts down",
        "The line stopped, error 17 on the display",
        "E42 on the display, pump stands still",
        "The pump gives E42 and then stops",
        "pump stops with error E42",
        "The heater trips the breaker",
        "The water pressure has dropped to zero",
        "the pump has been stopping all day",
        "水泵显示E42，然后停机了",
        "屏幕报E7，机器不动了",
        "设备老是自动停机",
        "压缩机运行十分钟就跳闸",
        "控制器报警，代码A17",
        "阀门关不上了",
        "电机声音很大，还发烫",
        "今天早上2号泵停了",
        "机器一开就报E05",
        "泵显示E42就停了",
        "The booster pump will not build up any more",
        "泵房的电机振动很厉害",
        "触摸屏黑了，没反应",
    ),
    "complaint": (
        "I want to complain about your service",
        "Your engineer was two hours late and rude",
        "This is the third time the delivery is late",
        "The parcel arrived damaged",
        "You promised to call back and nobody did",
        "I am very disappointed with the quality",
        "我要投诉你们的服务",
        "工程师迟到两个小时，态度还不好",
        "这已经是第三次晚到了",
        "说好回电话，一直没人打",
        "发票又开错了",
        "质量太让人失望了",
        "收到的货是坏的",
    ),
    "order_status": (
        "Where is my order?",
        "When will the filters arrive?",
        "Has my order shipped yet?",
        "Any news on order SO-26-1187?",
        "When can we expect delivery?",
        "我的订单到哪了",
        "滤芯什么时候到",
        "发货了吗",
        "订单SO-26-1187有消息吗",
        "大概哪天能送到",
    ),
    "service_request": (
        "Can you send somebody to service the pump?",
        "We need the yearly maintenance next week",
        "Please send me the invoice",
        "Could you change the delivery address?",
        "I'd like to return two filters",
        "Please send an engineer to install it",
        "麻烦安排人上门保养",
        "下周需要做年度维护",
        "请把发票发给我",
        "能改一下收货地址吗",
        "我想退两个滤芯",
        "请派人来安装",
        "The invoice is wrong again",
    ),
    "price": (
        "How much is a new pump?",
        "Could you quote 20 membranes?",
        "What does the service contract cost?",
        "Do you give a discount for 50 pieces?",
        "新泵多少钱",
        "20支膜麻烦报个价",
        "保养合同怎么收费",
        "买50个有优惠吗",
    ),
    "inquiry": (
        "Does the filter fit the X200?",
        "What are your opening hours?",
        "How often do I have to change the filter?",
        "Which oil should I use?",
        "Do you ship to Norway?",
        "滤芯适合X200吗",
        "你们几点上班",
        "滤芯多久换一次",
        "该用哪种油",
    ),
}
NO_TROUBLE = (
    "The pump shows 4 bar and runs well",
    "The display shows 42 °C",
    "The train stops here",
    "The demo shows how it stops",
    "The bus stops at gate E42",
    "We are at hall E42 and stop by later",
    "Please stop at gate E42",
    "I saw the pump at your stand E42 at the trade show",
    "Does the pump stop at E42?",
    "What does E42 mean?",
    "If the pump shows E42, what should I do?",
    "The pump showed E42 last week but that was fixed",
    "Our meeting stops at 5",
    "The film shows and stops",
    "The report shows 42 orders",
    "we stop production on Friday for the holidays",
    "The pump stops automatically when the tank is full, right?",
    "Is it normal that the pump stops when the tank is full?",
    "Can you make sure that the pump stops at 4 bar?",
    "order E42 shows two filters",
    "泵显示4公斤，运行正常",
    "显示温度42度",
    "泵到E42会停吗",
    "E42是什么意思",
    "展会上你们的E42展位",
    "水箱满了泵会自动停，对吧",
    "上周显示过E42，已经修好了",
    "Which code does the controller show when it stops?",
    "We will not run the pump on Friday",
    "Our engineer was with you on Monday",
    "你们工程师几点到",
    "显示器多少钱",
    "能发到新疆吗",
)


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, said in SAID.items() for words in said])
def test_each_type_of_request_is_read_from_natural_words(kind: str, words: str) -> None:
    assert kind in read(words).sure, read(words)


@pytest.mark.parametrize("words", NO_TROUBLE)
def test_what_only_looks_like_trouble_is_none(words: str) -> None:
    assert {"fault", "complaint"}.isdisjoint(read(words).sure), read(words)


@pytest.mark.parametrize(
    ("words", "language"), [("The pump shows E42 and stops", "en"), ("水泵显示E42，然后停机了", "zh-CN")]
)
def test_a_fault_goes_to_the_engineers_and_nobody_is_asked_what_it_is_about(
    world: World, words: str, language: str
) -> None:
    chen = world.customer("Acme", contact="Chen Wei", language=language)
    chen.writes(words)
    assert world.ticket.type == "fault"
    assert [card for card in chen.cards() if any(button.command == "ticket about" for button in card.buttons)] == []
