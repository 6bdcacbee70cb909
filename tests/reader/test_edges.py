"""Both sides of each trap: what looks alike and means something else."""

import pytest

from prompts.reader import ACT, Intent, OfflineReader, Reader, read


def _sure(text: str, *, open_ticket: bool = False, asked: str | None = None) -> set[str]:
    return {str(intent) for intent in read(text, open_ticket=open_ticket, asked=asked).sure}


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("退订", {"opt_out"}),
        ("TD", {"opt_out"}),
        ("Ｔ", {"opt_out"}),
        ("回T退订", {"opt_out"}),
        ("退订流量包", {"service_request"}),
        ("我要退订会员", {"service_request"}),
        ("退订这个包裹", {"service_request"}),
        ("不要再发了", {"opt_out"}),
        ("不要再给我发短信了", {"opt_out"}),
        ("不要再发货了", set()),
        ("stop", {"opt_out"}),
        ("STOP!", {"opt_out"}),
        ("Unsubscribe", {"opt_out"}),
        ("please stop sending me messages", {"opt_out"}),
        ("stop my order", {"service_request"}),
        ("stop the machine please", set()),
        ("别发了", set()),
        ("拒收", set()),
        ("你们把我拉黑了", set()),
        ("把我从群发名单里删掉", {"opt_out"}),
        ("取消订单发短信通知我", {"service_request"}),
        ("unsubscribe me from your newsletter", {"opt_out"}),
        ("How do I unsubscribe my account from premium?", {"service_request"}),
        ("don't call me again", {"opt_out"}),
        ("don't call me after six", set()),
    ],
)
def test_opting_out_is_about_messages_not_about_packages(text: str, intents: set[str]) -> None:
    assert _sure(text) == intents


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [
        ("机器坏了", True),
        ("机器没坏", False),
        ("设备有故障", True),
        ("没故障，不喜欢", False),
        ("设备没有故障", False),
        ("漏水了", True),
        ("会不会漏水", False),
        ("坏了可以换新吗?", False),
        ("如果坏了，你们修吗", False),
        ("我的坏了可以换新吗", True),
        ("the printer is broken", True),
        ("The printer is not broken", False),
        ("it's broken", True),
        ("not broken", False),
        ("My pump broke, can I get a new one?", True),
        ("if it breaks can I get a new one?", False),
        ("what happens if it breaks?", False),
    ],
)
def test_a_fault_is_something_that_broke_not_a_question_or_a_denial(text: str, *, is_fault: bool) -> None:
    assert (Intent.FAULT in read(text).sure) is is_fault


@pytest.mark.parametrize("text", ["坏了可以换新吗?", "如果坏了，你们修吗", "会不会漏水", "what happens if it breaks?"])
def test_a_question_about_policy_is_an_inquiry(text: str) -> None:
    assert _sure(text) == {"inquiry"}


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("东西不错但是物流太慢，能开发票吗", {"praise", "complaint", "service_request"}),
        ("Great service but delivery was slow, can I get an invoice?", {"praise", "complaint", "service_request"}),
        ("多少钱？什么时候能发货？", {"price", "order_status"}),
        ("東西壞了，怎麼退款", {"fault", "service_request"}),
        ("帮我cancel一下order", {"service_request"}),
        ("服务真好", {"praise"}),
        ("不满意", {"complaint"}),
        ("满意", {"praise"}),
        ("不太满意", set()),
        ("质量不错", {"praise"}),
        ("质量不好", {"complaint"}),
        ("我建议增加夜间配送", {"suggestion"}),
        ("建议零售价多少", set()),
        ("跟老款一样吗", set()),
        ("寄来的跟我订的完全不一样", {"complaint"}),
        ("我报修的空调什么时候有人来", {"order_status"}),
        ("我要报修", {"service_request"}),
        ("希望尽快发货", {"order_status"}),
        ("人工", {"asks_person"}),
        ("人工智能是什么", set()),
        ("相机曝光时间怎么调", {"inquiry"}),
        ("好评返现吗", {"price"}),
        ("I'm happy with the service", {"praise"}),
        ("I'm not happy with the service", {"complaint"}),
    ],
)
def test_words_that_look_alike_are_told_apart(text: str, intents: set[str]) -> None:
    assert _sure(text) == intents


@pytest.mark.parametrize(
    ("text", "urgency", "sentiment"),
    [
        ("什么时候发货", "normal", "neutral"),
        ("怎么还没发货", "normal", "neutral"),
        ("机器坏了", "normal", "neutral"),
        ("坏了!!!", "high", "negative"),
        ("太好用了!!!", "low", "positive"),
        ("不急", "low", "neutral"),
        ("很急", "high", "neutral"),
        ("急诊科用的设备", "normal", "neutral"),
        ("我要投诉", "high", "negative"),
        ("再不退款我就打12315", "urgent", "negative"),
        ("I will call my lawyer", "urgent", "negative"),
        ("机器冒烟了！", "urgent", "neutral"),
        ("会冒烟吗", "normal", "neutral"),
        ("生产线停了", "urgent", "neutral"),
        ("这款停产了吗", "normal", "neutral"),
        ("I need my invoice asap", "high", "neutral"),
        ("where is my bloody order", "high", "negative"),
    ],
)
def test_alarm_needs_explicit_words(text: str, urgency: str, sentiment: str) -> None:
    reading = read(text)
    assert (reading.urgency, reading.sentiment) == (urgency, sentiment)


@pytest.mark.parametrize(
    ("plain", "ironic"),
    [
        ("服务真好", "呵呵，服务真好"),
        ("三天了还没人理", "真行，三天了还没人理"),
        ("great service", "thanks for nothing, great service"),
    ],
)
def test_irony_makes_the_reader_unsure(plain: str, ironic: str) -> None:
    assert read(plain).confidence >= ACT > read(ironic).confidence


@pytest.mark.parametrize(
    ("text", "acknowledges"),
    [
        ("好的", True),
        ("不好", False),
        ("可以", True),
        ("不可以", False),
        ("行", True),
        ("不行", False),
        ("没有问题", True),
        ("有问题", False),
        ("在吗", True),
        ("？", False),
        ("", True),
        ("88210049913027", True),
        ("订单88210049913027没收到", False),
        ("浙江省宁波市鄞州区兴宁路456弄7号101室", True),
        ("浙江省宁波市能送到吗", False),
        ("解决了，谢谢", True),
        ("解决了吗", False),
        ("钱收到了", True),
        ("钱收到了吗", False),
        ("修好了又坏了，还是不行", False),
        ("it's fixed", True),
        ("I don't want a refund, I want it fixed", False),
        ("医院用的", False),
        ("thanks!", True),
        ("thanks for nothing", False),
        ("no problem", True),
        ("I have a problem", False),
        ("thanks, but where is my order?", False),
        ("мой заказ", False),
        ("これはいくらですか", False),
    ],
)
def test_an_acknowledgement_asks_for_nothing(text: str, *, acknowledges: bool) -> None:
    assert read(text).is_acknowledgement is acknowledges


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("好了吗", {"order_status"}),
        ("any news?", {"order_status"}),
        ("还是不行", {"fault"}),
        ("still not working", {"fault"}),
    ],
)
def test_short_words_are_about_the_ticket_only_while_one_is_open(text: str, intents: set[str]) -> None:
    assert _sure(text, open_ticket=True) == intents
    assert _sure(text) == set()


def test_a_short_answer_to_a_question_is_not_a_new_matter_but_a_clear_wish_still_is() -> None:
    assert not read("昨天下午开始的").is_acknowledgement
    assert read("昨天下午开始的", asked="since").is_acknowledgement
    assert _sure("我要退货", asked="since") == {"service_request"}
    assert not read("能快点吗", asked="since").is_acknowledgement
    assert not read("啊" + "说来话长" * 20, asked="since").is_acknowledgement


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("你好", "zh-CN"),
        ("hello", "en"),
        ("我要refund", "zh-CN"),
        ("please send 发票 to my office", "en"),
        ("12345", "en"),
    ],
)
def test_the_language_is_that_of_most_words(text: str, language: str) -> None:
    assert read(text).language == language


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("什么时候发货", "delivery"),
        ("我要退款", "refund"),
        ("能开发票吗", "invoice"),
        ("多少钱", "price"),
        ("机器坏了", "quality"),
        ("客服态度太差", "service"),
        ("密码忘了帮我重置密码", "account"),
        ("哈哈今天天气真热", "other"),
    ],
)
def test_the_topic_is_that_of_the_surest_cue(text: str, topic: str) -> None:
    assert read(text).topic == topic


def test_evidence_quotes_the_words_that_were_read() -> None:
    quotes = [quote for sense in read("东西不错但是物流太慢，能开发票吗").intents for quote in sense.evidence]
    assert quotes == ["开发票", "物流太慢", "东西不错"]


def test_hidden_and_wide_characters_change_nothing() -> None:
    assert read("退\u200b款\u200d什么时候到账？").intents == read("退款什么时候到账?").intents
    assert read("ＲＥＦＵＮＤ ＰＬＥＡＳＥ").intents == read("refund please").intents


def test_the_offline_reader_fits_the_seam() -> None:
    reader: Reader = OfflineReader()
    assert reader.read("转人工", open_ticket=False, asked=None) == read("转人工")
