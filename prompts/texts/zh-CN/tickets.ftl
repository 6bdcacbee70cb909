# 工单：团队卡片、给同事的话、各个操作的名字。

type-inquiry = 咨询
type-order-status = 订单进度
type-service-request = 服务请求
type-complaint = 投诉
type-fault = 设备故障
type-price = 价格或续约
type-feedback = 反馈
type-other = 其他
priority-low = 低
priority-normal = 普通
priority-high = 高
priority-urgent = 紧急

ticket-title = { $number } · { $type }
ticket-customer = { $name } · { $tier }
ticket-stranger = 尚未识别
ticket-contact = { $name } · { $channel }
contact-unknown = 新访客
ticket-nobody = 暂无
ticket-stars = { $score } 分（满分 5 分）
ticket-field-customer = 客户
ticket-field-contact = 联系人
ticket-field-claims = 访客自填（未核实）
ticket-field-status = 状态
ticket-field-priority = 优先级
ticket-field-owner = 负责人
ticket-field-first-response = 首次响应时限
ticket-field-goal-resolution = 解决时限
ticket-field-goal-closing = 闭环时限
ticket-field-goal-under-way = 开始处理时限
ticket-field-goal-first-response = 答复时限
ticket-field-rating = 评分
ticket-status-new = 新建 · 等我方处理
ticket-status-taken = 处理中 · 等我方处理
ticket-status-waiting = 等客户回复
ticket-status-resolved = 已解决 · 等客户确认
ticket-status-closed = 已关闭
ticket-status-dismissed = 不是需求
# The name of a ticket's topic in a chat with topics: plain words, 128 characters in all.
ticket-topic = { $number } { $who } · { $state }
ticket-topic-new = 新建
ticket-topic-taken = 待我方处理
ticket-topic-waiting = 等客户回复
ticket-topic-resolved = 已解决
ticket-topic-closed = 已关闭
ticket-topic-dismissed = 不是需求
ticket-topic-blocked = 客户已屏蔽我们
ticket-topic-stray =
    { $number ->
        [none] 未启用
       *[other] { $number } · 未启用
    }
ticket-topic-strayed =
    话题“{ $called }”创建时我被中断了，写在那里的内容既不会保存，也不会发出。{ $number ->
        [none] 请写在工单卡片下面。
       *[other] { $number } 在有工单卡片的那个话题里继续，请到那里写。
    }这个多余的话题我会关掉。
ticket-why = 时限怎么算的：{ $steps }
ticket-why-zone = 其中时刻为 { $zone } 当地时间
ticket-clock-paused = 等客户回复期间，计时暂停。
ticket-told = { $at } 用时已达 { $percent }%，已通知：{ $who }
ticket-next = 下一个通知：{ $who }，{ $at }
ticket-footer = 本话题仅内部可见，只有“回复客户”会发给客户。

button-take = 我来处理
button-reply = 回复客户
button-wait = 等客户回复
button-resolve = 已解决
button-assign = 移交
button-reopen = 重新打开
button-close = 关闭
button-show = 查看工单
button-mode-reply = 本话题直接回复客户
button-mode-internal = 改回仅内部可见
button-urgent = 设为紧急
button-dismiss = 不是需求
button-heard = 建工单
button-split = 从这里拆分
button-undo = 撤回

command-ticket-new = 为客户新建工单
    .title = 新建工单
    .alias = 工单 新建|新建工单
    .words = 客户的需求
command-ticket-show = 查看一张工单
    .title = 查看工单
    .alias = 工单 查看
command-ticket-list = 工单列表，最急的排在前面
    .title = 工单
    .alias = 工单|工单 列表
command-ticket-take = 由我来处理这张工单
    .title = 我来处理
    .alias = 工单 领取|工单 处理
command-ticket-reply = 回复客户
    .title = 回复客户
    .submit = 发给客户
    .alias = 工单 回复|回复
    .words = 回复内容
command-ticket-note = 写一条内部备注
    .title = 内部备注
    .alias = 工单 备注
    .words = 备注内容
command-ticket-files = 把文件发给客户
command-ticket-files-note = 把文件放进工单话题，仅内部可见
command-ticket-mode = 让工单话题里的内容直接发给客户，或仅内部可见
    .title = 回复模式
    .alias = 工单 模式
    .mode = 话题里写的内容
command-ticket-urgent = 把工单设为紧急
    .title = 设为紧急
    .alias = 工单 紧急
command-ticket-dismiss = 标明工单不是客户需求
    .title = 不是需求
    .alias = 工单 忽略
command-ticket-split = 把客户最后说的内容拆成单独的工单
    .title = 从这里拆分
    .alias = 工单 拆分
command-ticket-heard = 把客户的话建成工单
command-ticket-wait = 等客户回复，可以顺便问一句
    .title = 等客户回复
    .alias = 工单 等待
    .words = 要问客户的话
command-ticket-resolve = 标记为已解决
    .title = 已解决
    .alias = 工单 解决
    .words = 处理结果（客户会看到）
command-ticket-close = 关闭已解决的工单
    .title = 关闭
    .alias = 工单 关闭
command-ticket-reopen = 重新打开工单
    .title = 重新打开
    .alias = 工单 重开
command-ticket-assign = 把工单移交给同事
    .title = 移交
    .alias = 工单 移交|工单 转交
command-ticket-undo = 撤回还没发出的回复
command-ticket-about = 说明是什么事
command-ticket-unsolved = 反馈还没解决
command-rate = 给处理结果打分

ticket-not-found = 你负责的范围里没有工单 { $number }，输入 /crm ticket list 查看你的工单。
ticket-yours-already = { $number } 已经由你负责。
ticket-taken-already = { $number } 已由{ $name }负责，要换人请用“移交”。
ticket-closed = { $number } 已关闭，请先重新打开。
ticket-open-already = { $number } 还没有关闭。
ticket-waiting-already = { $number } 已经在等客户回复。
ticket-resolved-already = { $number } 已经标记为解决。
ticket-close-unsolved = { $number } 还没解决，请先标记为已解决。
ticket-unreachable = { $number } 的客户目前没有可用的聊天渠道，请电话联系，并用 /crm ticket note 记录。
colleague-not-found = 没有找到叫“{ $name }”的同事。
colleague-several = 有好几位同事符合：{ $names }，请写全名。
colleague-left = { $name }已离职，请换一位同事。
colleague-away = { $deputy ->
    [none] { $name }（休假，{ $day }回来）
   *[other] { $name }（休假，{ $day }回来，{ $deputy }代班）
}
reply-left-already = 来不及了，消息已经发出。

ticket-opened-by-you = 已为{ $customer }新建工单 { $number }。
ticket-taken-by-you = { $number } 由你负责了，已告知客户。
ticket-for-you = { $state ->
    [new] 你的客户在等首次响应，请在{ $by } 前回复。
    [waiting] 这张工单交给你了，正在等客户回复。
    [resolved] 这张工单交给你了，已标记为解决，在等客户确认。
   *[taken] 这张工单交给你了。客户已收到首次回复，请在{ $by } 前处理好。
}
ticket-over-for-you = { $state ->
    [dismissed] 这张工单已标明不是需求。
   *[closed] 这张工单已关闭。
}
ticket-for-another = { $who ->
    [none] 这张工单目前没有负责人。
   *[other] 这张工单现在由{ $who }负责。
}
ticket-more-for-you = { $state ->
    [answered] { $name }回复了，恢复计时，时限{ $by }。
   *[more] { $name }在你的工单里又发来消息，时限{ $by }。
}
ticket-reopened-for-you = { $side ->
    [customer] { $name }反馈还没解决，
    [words] 标记解决后，{ $name }又发来消息，
   *[staff] { $who }重新打开了工单，
}由你继续跟进，时限{ $by }。
ticket-wait-unanswered = { $number } 在等客户回复。但我们还没有回复过客户，首次响应仍在计时，时限{ $by }。
ticket-moved = 已转给负责“{ $type }”的团队。
ticket-assigned = { $by }已移交工单：{ $before } → { $to }。
ticket-assigned-by-you = { $number } 已移交给{ $name }。
ticket-resolved-by-you = { $number } 已标记为解决，已请客户确认。
ticket-resolved-unheard = { $number } 已标记为解决。客户没有可用的聊天渠道，请直接告知客户。
ticket-closed-by-you = { $number } 已关闭。
ticket-reopened-by-you = { $number } 已重新打开。
ticket-reopened = { $side ->
    [customer] { $by }反馈还没解决，工单已重新打开，
    [words] { $by }又发来消息，工单已重新打开，
   *[staff] { $by }重新打开了工单，
}{ $owner ->
    [none] 暂无负责人。
   *[other] 由{ $owner }继续跟进。
}
ticket-noted = 已记到 { $number }，仅内部可见。
ticket-list-empty = 暂时没有工单，难得清闲。
ticket-list-title = 共 { $count } 张工单
ticket-list-row =
    { $number } · { $customer } · { $type }
    { $status } · { $owner } · 时限{ $by }

reply-title = { $by } → { $to }
reply-sending = 几秒后发出…
reply-delivered = ✓ 已送达
reply-outdated = ⚠ 已送达，但后来的修改没有送达：客户看到的还是之前的内容。
words-not-kept = 只有备注和回复可以修改或撤回，这一行保持不变。
reply-edit-late = 修改来不及了，客户看到的还是之前的内容，请再发一条。
reply-delete-late = 这条消息客户已经收到，在这里删除不会撤回。
reply-failed = ⚠ 未送达：{ $why ->
    [gone] 客户已关闭这个会话
    [content] 这个渠道无法显示这条内容
    [auth] 渠道暂时无法使用，已通知管理员
    [expired] 已超过发送时限
    [moved] 这个聊天属于别人
   *[other] 对方没有接收
}
reply-failed-personal = 你发给{ $to }的消息没有送达，请打电话联系，或稍后再发。
reply-gone = 这条消息已撤回。
reply-recalling = 正在撤回…
reply-recalled = 已撤回，客户那边也看不到了。
reply-stands = ⚠ 撤回失败，客户仍然能看到这条消息。
reply-forgotten = 已在这里撤回，客户是否看到过无法确定。
reply-undone = 已撤回，客户没有看到。

escalation-response-near = 首次响应时限已用 { $percent }%，{ $who ->
    [none] 还没有人接手，请有空的同事来接。
   *[other] 请{ $who }看一下。
}
escalation-response-broken = { $number } 首次响应已超时，{ $who ->
    [none] 还没有人接手，请马上安排。
   *[other] 请{ $who }马上处理。
}
escalation-goal-near = 承诺时限已用 { $percent }%，{ $who ->
    [none] 还没有人接手，请有空的同事来接。
   *[other] 请{ $who }看一下。
}
escalation-goal-broken = { $number } 已超出承诺时限，{ $who ->
    [none] 还没有人接手，请马上安排。
   *[other] 请{ $who }马上处理。
}
escalation-response-near-personal = { $customer }还没有收到回复，首次响应时限已用 { $percent }%，请在{ $by } 前回复。
escalation-response-broken-personal = { $customer }早该收到回复了：首次响应时限是{ $by }。
escalation-goal-near-personal = 给{ $customer }的承诺时限已用 { $percent }%，请在{ $by } 前处理好。
escalation-goal-broken-personal = 给{ $customer }的承诺已超时：时限是{ $by }。
escalation-nobody = { $owner ->
    [none] 这张工单还没有人负责，请接手或指派给同事。
   *[other] 负责人是 { $owner }，但没有登记主管，请协助跟进。
}
escalation-unreached = 没有任何聊天渠道能联系上{ $name }。
low-rating = { $customer }给 { $number } 的处理结果打了 { $score } 分（满分 5 分）。请致电客户，并复盘问题出在哪里。

ticket-urgent-already = { $number } 已经是紧急工单。
ticket-urgent-by-you = { $number } 已设为紧急。
ticket-urgent-for-you = { $who }把你的这张工单设为紧急，时限{ $by }。
ticket-dismissed-by-you = { $number } 已标明不是需求，点“重新打开”可恢复。
ticket-heard-by-you = 已为这段话新建工单 { $number }，并已告知客户。
ticket-heard-already = 这段话已经属于工单 { $number }。
ticket-split-nothing = { $number } 没有可以拆分的内容：客户没有补充过消息。
ticket-split-by-you = 客户从那里开始说的内容已拆成 { $new }，其余仍在 { $number }。
ticket-undo-late = { $number } 之后又有了新进展，无法撤销，请用卡片上的按钮处理。
thread-split = 这部分已拆成单独的工单 { $number }。
arg-card = 话题里的卡片
which-dismissed = 不是需求
ticket-mode-reply = 回复模式：本话题里的所有内容都会发给{ $name }。
ticket-mode-reply-already = { $number } 已经是回复模式。
ticket-mode-internal-already = { $number } 的话题已经是仅内部可见。
ticket-mode-solved = { $number } 已标记为解决，要给客户发消息请先重新打开。
mode-reply = 发给客户
mode-internal = 仅内部可见
arg-mode = 模式
thread-mode-reply = { $by }开启了回复模式：从现在起，本话题里写的所有内容都会发给{ $name }。内部备注请用 /crm ticket note。
thread-mode-internal = { $by }关闭了回复模式，本话题恢复为仅内部可见。
thread-mode-ended = 回复模式已关闭，本话题恢复为仅内部可见。
thread-line-gone = { $by }撤回了这条消息。
thread-note = { $by } · 内部备注
thread-who = { $name } · { $channel }{ $count ->
    [1] {""}
   *[other] {" "}· { $count } 条消息
}
thread-files = { $who } 发来 { $count } 个文件。
unread-what = （这里无法显示的内容：{ $what }）
thread-edited = ✎ 已编辑
thread-late = 写于{ $written }，{ $arrived } 才收到
thread-taken-back = { $who ->
    [none] 已撤回，{ $at }
   *[other] { $who }：已撤回，{ $at }
}
files-for-what = 📎 { $files }：这是哪张工单的？
files-else = 其他工单：请在工单话题里发送，或发送时附上“工单 回复”和工单号。
files-no-ticket = 这是哪张工单的？你手上没有未结工单，请先接手工单，再发一次。
files-sent = 📎 { $files } 将发给 { $number } 的客户。
files-noted = 📎 { $files } 已放进 { $number } 的话题，仅内部可见。
button-files-send = 发给客户
button-files-note = 内部备注
thread-note-files = { $by }添加了 { $count } 个文件，仅内部可见。
file-photo = 图片
file-video = 视频
file-voice = 语音
file-audio = 音频
file-document = 文件
