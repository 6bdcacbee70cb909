# 主动联系：写给某位联系人的草稿，以及同事在上面做决定的卡片。

arg-purpose = 目的
    .hint = 不填则按记录自动判断
arg-draft = 草稿
arg-touch = 跟进记录
purpose-follow-up = 跟进
    .words = 跟进|回访
purpose-value = 有用的内容
    .words = 价值|使用建议|干货|有用的内容
purpose-renewal = 续约
    .words = 续约|续费|续签
purpose-wake-up = 唤醒
    .words = 唤醒|挽回|激活
purpose-greeting = 问候
    .words = 问候|祝福
purpose-apology = 致歉
    .words = 致歉|道歉

draft-hello = { $name }，您好！
draft-hello-nameless = 您好！
draft-follow-up-ticket = 您 { $ticket_at }提的 { $ticket } 我们还在处理，我一直记着。您这边有没有要补充的，或者希望最晚什么时候有结果？告诉我，我来盯。
draft-follow-up-touch = { $touch_how ->
    [call] { $touch_at }和您通过电话，
    [visit] { $touch_at }登门拜访过您，
    [meeting] { $touch_at }和您见过面，
   *[other] { $touch_at }和您联系过，
}当时聊到的事情，您这边都落实了吗？如果还有没办妥的，回我一句就行，我来跟。
draft-follow-up-order = 您最近一单 { $order } 是 { $order_at }下的，用着还顺手吗？如果有缺的或者不合适的，直接告诉我，我来处理。
draft-value-suggestion = { $suggestion_at }您给我们提过一条关于{ $suggestion_topic }的建议。我想把它弄明白：在什么场景下对您帮助最大？清楚了我就能先把现成能用的办法整理给您。
draft-value-order = { $order_at }您下的 { $order } 用了一段时间了。方便说一两句平时主要用来做什么吗？我只挑对您有用的几条建议发给您，别的不打扰。
draft-value-industry = 想给您找点{ $industry }里真正用得上的东西，而不是宣传册。眼下哪件事最费您时间？我照着这件事去找合适的案例或方法。
draft-renewal-both = 您从 { $since }起就和我们合作，最近一单是 { $order_at }的 { $order }。在准备下一期之前，想先听听您的：哪些做得好，哪些该改？电话里聊一刻钟就够。
draft-renewal-order = 您最近一单 { $order } 是 { $order_at }下的。在准备下一期之前，想先听听您的：哪些做得好，哪些该改？
draft-renewal-since = 您从 { $since }起就和我们合作。在准备下一期之前，想先听听您的：哪些做得好，哪些该改？
draft-wake-up-order = 您上一单 { $order } 是 { $order_at }下的，之后就没怎么联系了。是您那边有变化，还是我们哪里没做好？您直说一句，对我就是最大的帮助。
draft-wake-up-touch = 上次和您联系还是 { $touch_at }。是您那边有变化，还是我们哪里没做好？您直说一句，对我就是最大的帮助。
draft-wake-up-since = 您从 { $since }起就是我们的客户，最近却联系得少了。是您那边有变化，还是我们哪里没做好？您直说一句，对我就是最大的帮助。
draft-greeting-praise = { $praise_at }您夸了我们的{ $praise_topic }，大家都很受鼓舞，我也转达给了相关同事。今天没有别的事，就是问候一声，谢谢您。
draft-greeting-since = 您从 { $since }起就和我们合作。今天没有别的事，就是问候一声，谢谢您一直以来的信任。
draft-greeting-touch = 上次联系是 { $touch_at }，一直记着。今天没有别的事，就是问候一声，愿您一切顺利。
draft-greeting-order = 再次感谢您 { $order_at }的订单。今天没有别的事，就是问候一声，愿您一切顺利。
draft-apology-ticket = { $complaint_at }您反映的问题给您添麻烦了，实在抱歉。投诉 { $complaint } 正在处理，我会一直跟到您说满意为止。如果我们哪里理解得不对，请直接告诉我。
draft-apology-words = { $complaint_at }您跟我们说的{ $complaint_topic }的事，实在抱歉，也谢谢您直言相告。我想把它解决好：您什么时候方便接个电话？
draft-also-ticket = 另外，您的 { $ticket } 还在处理中，我一直看着。

fact-tier = 层级：{ $tier }
fact-stage = 阶段：{ $stage }
fact-industry = 行业：{ $industry }
fact-since = { $since }起合作
fact-touch = 上次联系：{ $touch_at }（{ $touch_how }）“{ $touch_words }”
fact-complaint = 未结投诉 { $complaint }（{ $complaint_at }）
fact-ticket = 未结工单 { $ticket }（{ $ticket_at }），{ $ticket_status }
fact-order = 最近订单 { $order }（{ $order_at }），{ $order_amount }
fact-said = { $complaint_at }反映过问题：{ $complaint_topic }
fact-suggestion = { $suggestion_at }提过建议：{ $suggestion_topic }
fact-praise = { $praise_at }表扬过：{ $praise_topic }

draft-title = 写给{ $name }（{ $customer }）的草稿：{ $purpose }
draft-goes-by = 以你的名义发出，渠道：{ $channel }。
draft-why = 依据：
draft-footer = 你不点发送就不会发出。保留到 { $until }。
draft-button-send = 发送
draft-button-edit = 修改
draft-button-drop = 不发了
draft-leaving = { $who }已点发送，{ $when } 发出。
draft-leaving-quiet = { $who }已点发送；对方那边正在休息，{ $when } 发出。
draft-sent = { $who }已发送（{ $when }）。
draft-delivered = { $who }发送，{ $when } 送达。
draft-counted = 计为一次联系，下次请在 { $day }前联系。
draft-dropped = { $who }已放弃（{ $when }）。
draft-expired = 草稿已过期：到 { $when } 也没人发送，内容可能已经不准。请重新拟稿。
draft-overtaken = { $name }刚刚来消息了（{ $when }），请先回复；这份草稿已作废。
draft-undone = { $who }及时撤回了。
draft-failed = 没能送到{ $name }那里。内容都在，可以重发或换个方式。
draft-held-overtaken = 你发给{ $name }（{ $customer }）的消息没有发出：对方先来消息了，请先看看说了什么。

draft-not-found = 这里没有这份草稿。
draft-decided-open = 这份草稿刚刚被修改过，请看最新内容。
draft-decided-sent = { $who }已经发送（{ $when }）。
draft-decided-dropped = { $who }已经放弃（{ $when }）。
draft-decided-expired = 这份草稿已过期，请重新拟稿。
draft-decided-overtaken = 客户刚刚来消息了（{ $when }），这份草稿已作废。
draft-left-already = 已经发出，无法撤回。
draft-purpose-unknown = 不会写“{ $line }”。可以写：{ $known }。
draft-no-contact = { $name }还没有联系人。用 /crm customer invite { $name } 姓名 生成一次性邀请码。
draft-unreachable = { $name }还没有人在聊天里和我们连上。用 /crm customer invite { $name } 生成一次性邀请码。
draft-no-facts = 关于{ $name }，记录里没有可以如实写进“{ $purpose }”的内容。请先记一次跟进：/crm 跟进 { $name } …
draft-stopped-opted-out = { $contact }已退订，只能在对方来消息时回复。
draft-stopped-no-consent = { $contact }没有同意接收这类消息（{ $purpose }）。可以改为跟进：/crm 拟稿 { $name } 跟进
draft-stopped-complaint-open = { $name }还有投诉没处理完，请先处理：/crm 拟稿 { $name } 致歉
draft-stopped-cap = { $contact }在 { $days } 天内已收到 { $cap } 条消息，先缓一缓。

command-draft = 以你的名义给客户写一条：客户、目的
    .alias = 拟稿|草稿
    .title = 给客户拟稿
command-draft-send = 发送草稿
    .title = 发送
command-draft-edit = 修改草稿
    .title = 修改草稿
command-draft-drop = 放弃草稿
    .title = 不发了
command-draft-undo = 撤回已发送的草稿
    .title = 撤回
