# 客户听到的话，以及同事听到的关于客户的话。

customer-sorry = 非常抱歉给您添了麻烦，谢谢您告诉我们。
customer-thanks = 收到，谢谢您。
customer-owner = 由{ $name }跟进
customer-team = 由我们的同事跟进
customer-us = 我们的团队
customer-opened = { $feelings }您的工单号是 { $number }，{ $who }，将在{ $by } 前答复您。
customer-kind-complaint = 遇到了问题
customer-kind-fault = 设备坏了
customer-kind-order-status = 查订单进度
customer-kind-inquiry = 咨询一下
customer-sharpened = 谢谢您，{ $number } 我们会在{ $by } 前答复。
customer-taken = 您好，我是{ $name }，工单 { $number } 由我来跟进。
customer-added = 好的，已补充到 { $number }。
customer-resolved = { $number } 应该已经解决了，您对处理结果满意吗？
customer-rate = { $score } 分
customer-rate-hint = 1 分 = 不满意，5 分 = 非常满意
customer-not-solved = 还没解决
unread = 抱歉，这种消息我这里看不了，请用文字告诉我。
unread-noted = 抱歉，这种消息我这里看不了，已记在 { $number }，会有同事来看；方便的话请再用文字说明一下。
customer-still-open = { $number } 我们还在处理。
customer-reopened = 抱歉，{ $number } 已重新打开，我们马上继续处理。
customer-asked-again = 谢谢，{ $number } 已重新打开，我们会尽快答复您。
customer-human-again = { $number } 还在处理，{ $who }。同事能看到您想找人工。
customer-open-already = { $number } 正在处理中。
customer-rated = 谢谢您的评价：{ $score } 分。想补充几句的话，直接写在这里就行。
customer-commented = 谢谢，已记在您对 { $number } 的评价里。
customer-rated-already = { $number } 您已经评价过了，谢谢！
customer-greeting = 您好，这里是{ $company }。请直接说您的需要，会有同事回复您。
customer-human = 转人工
customer-status = 我的工单
customer-status-title = 您的工单
customer-status-none = 您目前没有工单，有需要请直接说。
customer-status-row = { $number } · { $status }{ $coming ->
    [answer] {" "}· { $by } 前答复
    [solution] {" "}· 预计{ $by } 前完成
   *[nothing] {""}
}
customer-status-new = 已受理
customer-status-taken = 处理中
customer-status-waiting = 等您回复
customer-status-resolved = 已解决，等您确认
customer-status-dismissed = 无需处理
customer-status-closed = 已关闭
customer-praise-thanks = 谢谢您的肯定，我会转达给相关同事！
customer-suggestion-thanks = 谢谢您的建议，已经记下，会送到负责的同事手里。
customer-opted-out = 好的，已为您退订，以后不会再主动打扰您。您随时来消息，我们照常回复。
customer-bound = { $name ->
    [none] {""}
   *[other] { $name }，
}欢迎您！这个聊天已经与您的账户关联。
customer-bound-already = 这个聊天已经与您的账户关联，不用再操作了。
customer-moved = 您的账户已关联到另一个聊天，以后我们会在那边联系您。如果不是您本人操作，请在这里告诉我们。
code-unknown = 邀请码无效或已过期，每个只能用一次。请向您的客户经理要一个新的。
code-passed-on = 你为{ $name }生成的邀请码在 { $channel } 被另一位已知联系人打开了，没有关联成功。邀请码仍然有效，请让{ $name }本人打开。
code-tried-again = 你为{ $name }生成的邀请码又被人在 { $channel } 的另一个聊天里用了一次，没有关联成功。如果是{ $name }本人需要接入，请重新生成一个。
code-of-another = { $name } 索取的邀请码，被我们认识的另一位联系人在{ $channel }里输入了。没有建立任何关联。如果他们其实是同一个人，请用 /crm contact join 合并。
connect-code = 请在 { $minutes } 分钟内，把这个邀请码发到您与我们的另一个聊天窗口，两边就会合并为同一个对话。请勿告诉他人：谁发送了它，谁就能看到您的对话。
connect-elsewhere = 邀请码就是在这个聊天里领取的，请发到另一个聊天窗口。
connect-ask = 有人在与我们的另一个聊天里领取了这个邀请码。关联之后，对方也能看到我们的对话。只有刚才确实是您本人领取的，才请确认。
connect-yes = 是我本人，关联
connect-else = 如果不是您本人操作，不必理会，不会有任何变化。
connect-done = 好了，两个聊天现在是同一个对话。
connect-used = 您的邀请码已使用：您在{ $channel }的聊天和这里现在是同一个对话。如果不是您本人操作，请在这里告诉我们。

command-connect = 换个应用继续聊
    .alias = 换个地方聊|继续聊
command-connect-yes = 确认关联另一个聊天
command-human = 转人工
    .alias = 人工|转人工
command-status = 查看我的工单进度
    .alias = 进度
command-start = 用邀请码关联这个聊天
    .alias = 绑定
command-stop = 退订，不再接收主动消息
    .alias = 退订

command-contact-join = 确认两个联系人是同一个人
    .title = 合并联系人
    .alias = 合并联系人
    .contact = 联系人
    .other = 与谁是同一个人
command-contact-join-yes = 合并两个联系人
command-contact-join-no = 不合并两个联系人
command-contact-split = 拆分误合并的联系人
    .title = 拆分联系人
    .alias = 拆分联系人
command-contact-split-yes = 拆分已合并的联系人
command-contact-prefer = 记下联系人偏好的渠道和时段
    .title = 偏好渠道和时段
    .alias = 联系偏好
    .contact = 谁、哪个渠道、什么时段（陈伟 telegram 9-12）
arg-other = 另一位联系人
arg-join = 合并记录
contact-goes-on = 等待发送的回复改发到{ $channel }。
arg-via = 通过
via-web = 网页聊天
via-telegram = Telegram
via-wecom-kf = 微信客服
contact-stranger = 尚未认识
contact-claims = 访客自填，未核实：{ $claims }
contact-not-found = 找不到联系人“{ $words }”。请写姓名、工单号，或“客户 姓名”。
contact-several = 有多位联系人符合“{ $words }”：{ $names }。请在前面加上客户名称。
contact-is-group = “{ $name }”是群，不是联系人。只有联系人才能合并、拆分或登记偏好。
contact-join-title = 是同一个人吗？
contact-join-question = 请核对两边。确认后两者合并为一位联系人：所有聊天成为同一个对话，回复发到对方最近使用的渠道。以后可以拆分，任何内容都不会丢失。
contact-join-yes = 是同一个人
contact-join-no = 不是，是两个人
contact-join-same = { $name } 本来就是一位联系人。
contact-join-customers = 两者属于不同的客户，只能作为两位联系人。
contact-joined = 已合并为联系人{ $name }，包括全部聊天。主动消息按两边中更严格的意愿处理。
contact-kept-apart = 已记下：{ $name }和{ $other }是两个人，以后不再询问。
contact-side =
    { $name } · { $customer }
    { $channels } · 首次接触 { $met } · 最近来信 { $last }
    未结工单：{ $requests }{ $out ->
        [yes] {" "}· 不接收主动消息
       *[no] {""}
    }
contact-same-phone = 两边登记的电话相同。
contact-same-name = 同一客户下姓名相同。
contact-same-card = 对方通过应用分享了本人号码，与登记的号码一致。这只是线索，不是证明。
contact-same-wecom-kf = 企业微信显示两边是同一个微信用户。这只是线索，不是证明。
contact-same-nothing = 没有任何登记信息表明他们是同一个人。
contact-same-question = 同一个人？
contact-split-deed = 拆分
contact-split-title = { $name }合并过的联系人
contact-split-text = 拆分后，原来的聊天、消息、工单和意愿都归还对方，合并后在那边说的话也一并归还。
contact-split-row = { $name } · { $channels } · { $day }合并{ $how ->
    [code] ，凭邀请码证明
    [identity] ，由贵公司网站证明
   *[person] ，由{ $by }确认
}
contact-split-none = { $name }没有合并过其他联系人。
contact-split-already = 之前已经从{ $name }拆分出去了。
contact-split-done = { $name }和{ $other }重新成为两位联系人，各自带回原有内容和之后所说的话。
preference-known = { $what }（{ $said ->
    [yes] 人工登记
   *[no] 自动学习
}）
preference-line = 最佳联系方式：{ $what }
preference-kept = { $name } · { $line }
preference-what = { $name }希望在哪里、什么时间收到消息？例如：/crm contact prefer { $name } telegram 9-12
preference-no-channel = { $name }没有在{ $channel }与我们聊天。

command-who = 查看客户
    .title = 客户
    .alias = 客户
command-customer-list = 我的客户，超期最久的在前
    .title = 我的客户
    .alias = 客户 列表|我的客户
command-customer-new = 登记新客户
    .title = 新客户
    .alias = 客户 新建
command-customer-invite = 生成一次性邀请码，让客户的聊天与客户档案关联
    .title = 邀请聊天
    .alias = 客户 邀请
command-feedback-add = 登记客户在别处给的反馈
    .title = 登记反馈
    .alias = 反馈 登记
    .words = 客户原话
command-feedback-list = 按类别、主题、客户和天数查看反馈
    .title = 反馈
    .alias = 反馈|反馈 列表

who-tier = 层级
who-why = 依据
who-owner = 客户经理
who-spent = 近 12 个月消费
who-orders = 订单数
who-last-order = 最近下单
who-last-touch = 上次联系
who-next-touch = 下次联系
who-contact = { $name } · { $channels }
who-no-channel = 还没有聊天渠道
who-ticket = { $number } · { $status }
who-touch = { $day }：{ $words }
customer-list-empty = 这里还没有客户。
customer-list-title = 共 { $total } 家客户，显示 { $shown } 家
customer-list-row =
    { $name }
    { $tier } · 下次联系 { $due }
customer-exists = { $name }已经在册。
customer-no-contact = { $name }还没有联系人，请写上姓名：/crm customer invite { $name } 姓名
customer-added-by-you = { $name }已登记，由你负责。
customer-invited = 请把这个邀请码交给{ $who }。对方在与我们的聊天里发送“/start 邀请码”，就能关联那个聊天；只能用一次，{ $days } 天内有效。
contact-bound = { $customer }的{ $name }现在可以通过{ $channel }联系到了。

praise-for-you = { $customer }表扬了你和同事，不用回复。
kind-praise = 表扬
kind-suggestion = 建议
kind-complaint = 投诉
feedback-added = 已登记{ $customer }的{ $kind }。
feedback-none = 最近 { $days } 天没有反馈。
feedback-title = 最近 { $days } 天共 { $count } 条反馈
feedback-row =
    { $customer } · { $kind } · { $topic } · { $day }
    “{ $words }”
topic-delivery = 物流
topic-quality = 质量
topic-price = 价格
topic-invoice = 发票
topic-refund = 退款
topic-product = 产品
topic-service = 服务
topic-account = 账户
topic-other = 其他
