# 到期跟进：每早一条汇总、单个客户的卡片、记录、稍后提醒、移交。也含查找客户。

customer-not-found = 你的客户里没有找到“{ $words }”。
customer-several = “{ $words }”对应多家客户，请说得具体些：{ $names }

arg-how = 方式
how-call = 电话
    .cues = 来电|致电|打电话|打了电话|通电话|通了电话|电话沟通|电话里|电话聊|回电|去电|电联|语音通话
how-visit = 拜访
    .cues = 拜访|上门|走访|到访|去了现场|到现场|去了客户那|来访
how-meeting = 会面
    .cues = 开会|开了会|会议|会面|见面|见了|面谈|吃饭|喝茶|视频会
how-message = 消息
    .cues = 发消息|发了消息|微信聊|发微信|发了微信|微信上|微信沟通|邮件|短信|留言|回复了
how-other = 其他
    .cues = 没接|未接|没打通|打不通|无人接听|没人接|联系不上|没联系上|关机|没回
how-greeting = 问候
arg-outcome = 结果
outcome-well = 沟通顺利
outcome-follow-up = 需要再跟进
    .cues = 回访|再联系|再跟进|再聊|再打电话|再约|下次跟进
outcome-nobody = 没联系上
arg-on = 再跟进的日期
    .hint = 例如 周五、12月3日、2026-12-03；不需要就留空
day-words-tomorrow = 明天
day-words-after-tomorrow = 后天
arg-reason = 原因
    .hint = 一句话即可，会留档

touch-who = { $name }（{ $tier }，{ $rhythm }）
touch-rhythm = { $unit ->
    [months] { $count ->
        [1] 每月一次
       *[other] 每 { $count } 个月一次
    }
    [working_days] { $count ->
        [1] 每个工作日一次
       *[other] 每 { $count } 个工作日一次
    }
   *[days] { $count ->
        [1] 每天一次
        [7] 每周一次
       *[other] 每 { $count } 天一次
    }
}
touch-new-customer = 新客户
touch-due-none = 尚无日期
touch-due-on = { $day }到期
touch-due-today = 今天到期
touch-due-over = 已超期 { $days } 天
touch-next-owner = { $day }再提醒
touch-next-owner-and-group = { $day }通知{ $who }
touch-next-manager = { $day }通知{ $who }
touch-group = 服务组
touch-manager = 主管
touch-worth = 近 12 个月 { $money }
touch-ticket = 工单 { $number } 未结
touch-contract = 合同 { $day }到期
touch-last-line = 上次联系：{ $said }
touch-last = { $day }（{ $how }）“{ $words }”
touch-how-it-went = { $how }，{ $outcome }
touch-last-none = 暂无记录

touches-title-of = { $owner }有 { $count } 家客户该跟进了
touches-title-nobody = { $count } 家客户到期该跟进，还没有客户经理
touches-title-list = { $count } 家客户待跟进
touches-overdue = 其中 { $count } 家已超期。
touches-more = ……还有 { $count } 家
touches-none = 没有到期的客户，先喝杯茶。
touches-not-team = 团队清单只有主管能看。你自己的清单：/crm 待办
touch-title = 该跟进了：{ $name }
touch-field-last = 上次联系
touch-field-owner = 客户经理
touch-button-log = 记录跟进
touch-button-log-short = 记录
touch-button-snooze = 稍后提醒
touch-button-snooze-short = 推迟
touch-button-not-now = 明天再说
touch-button-draft = 帮我拟稿
touch-button-draft-short = 拟稿
touch-button-reassign = 移交
touch-button-reassign-short = 移交
touch-owned = 客户经理：{ $owner }
touch-unowned = 暂无客户经理

due-team-words = 团队|全组|全部
reassign-between = 交给|移交给|转给|给|→
log-what = 和{ $name }聊了什么？
log-due = { $name }：{ $how }，已记录。下次请在 { $day }前联系。
log-again = { $name }：已记录。{ $day }再提醒你。
log-day-unclear = 没看懂“{ $words }”是哪一天。可以写 周五、12月3日 或 2026-12-03。
log-kept = { $name }：{ $how }，已记录。到期日不变（{ $due }），这家客户只有这些才算联系：{ $kinds }。
log-unsure = { $name }：已记录。没看出是怎么联系的，到期日暂时不变（{ $due }）。请选一下：
log-not-yours = 只有记录的人可以修改。
touch-was = 是{ $how }
touch-kind-call = 电话
touch-kind-visit = 拜访
touch-kind-meeting = 会面
touch-kind-chat = 消息
touch-kind-review = 复盘
touch-kind-report = 报告
touch-kind-case = 案例
touch-kind-solution = 方案
touch-kind-tips = 使用建议
touch-kind-benefit = 权益
touch-kind-trial = 试用
touch-kind-diagnosis = 诊断
touch-kind-event = 活动
touch-kind-greeting = 问候
touch-kind-plan = 计划
touch-kinds-or = 、|
touch-by = { $said }（{ $who }）

snooze-done = { $name }：{ $day }再提醒你。
put-off-why = { $name }之前已经推迟过了，这次是什么原因？会留档。
not-now-early = 还没到期（{ $day }），不用推迟。
snooze-range = 可以推迟 1 到 { $most } 天。要更久的话，多半是频次该调了，请和主管商量。

reassign-whom = 把{ $name }移交给谁？
reassign-same = { $name }本来就由{ $owner }负责。
reassign-done = { $name }已移交给{ $owner }，双方都已通知。
reassign-yours = { $by }把{ $name }移交给你了。
reassign-gone = { $by }已把{ $name }移交给{ $owner }，辛苦你一直以来的跟进。

command-due = 我的待跟进客户；写“团队”看全组，写客户名只看一家
    .alias = 待办|待跟进|到期
    .title = 待跟进客户
command-log = 一句话记录跟进，例如：星河科技来电，要报价
    .alias = 记录|跟进|记录跟进
    .title = 记录跟进
    .words = 沟通内容
command-touch-was = 说明联系方式
    .title = 联系方式
command-snooze = 稍后提醒：客户、天数、原因
    .alias = 推迟|稍后提醒
    .title = 稍后提醒
command-not-now = 推到下一个工作日早上
    .title = 明天再说
command-reassign = 把客户移交给同事
    .alias = 移交|转交
    .title = 移交客户
