# 时机：按日历出现的联系理由，以及集中确认的问候。

arg-occasion = 事项
arg-day = 日期
arg-page = 页

command-occasions = 看看接下来有什么：续约、保养、生日、节日
    .alias = 近期|关怀
    .title = 近期事项
command-occasion-draft = 再试一次拟稿
    .title = 再试一次
command-occasion-drop = 从列表中去掉
    .title = 去掉
command-greetings = 某一天的问候
    .title = 问候
command-greetings-send = 发送某一天的全部问候
    .title = 全部发送
command-greetings-drop = 某一天的问候都不发
    .title = 都不发
command-greetings-undo = 撤回还没发出的问候
    .title = 全部撤回
command-greeting-edit = 修改一条问候
    .title = 修改问候
    .submit = 保存
command-greeting-skip = 跳过一位联系人
    .title = 跳过
command-greeting-undo = 撤回一条问候
    .title = 撤回

day-occasions = 等你处理的关怀事项：{ $count }
day-sum-occasions = { $count } 项关怀
digest-coming = 近期事项
digest-sum-coming = 近期 { $count } 项
coming-counted = 30 天内到期合同 { $renewals } 份{ $unknown ->
    [0] {""}
   *[other] （{ $unknown } 份没有联系人）
} · 保养 { $maintenance } 台 · 本周生日 { $birthdays } 位

occasions-title = 未来 { $days } 天：{ $count } 项
occasions-none = 未来 { $days } 天没有要关怀的事项。
occasions-more = ……还有 { $count } 项
occasions-all = 查看全部近期事项
occasion-renewal = 合同 { $about } 到期
occasion-maintenance = { $about } 保养
occasion-birthday = { $who }的生日
occasion-festival = { $about }：{ $who }
occasion-anniversary = 合作 { $about } 周年
occasion-line = { $day } · { $name } · { $about }
occasion-left = { $days ->
    [0] 就在今天
    [1] 明天
   *[other] 还有 { $days } 天
}
occasion-stopped = 未拟稿：{ $why }
occasion-draft-open = 草稿待发
occasion-draft-sent = 已确认发送
occasion-draft-dropped = 已放弃
occasion-draft-expired = 没人确认，已过期
occasion-draft-overtaken = 对方先来消息，已作废
occasion-why-missed = 日子已过，没来得及问你
occasion-why-opted-out = 对方已退订
occasion-why-no-consent = 对方没有同意
occasion-why-complaint = 有投诉未结
occasion-why-cap = 近期消息已够多
occasion-why-no-facts = 没有可以如实写的内容
occasion-why-unreachable = 还没在聊天里连上
occasion-why-no-contact = 没有联系人
occasion-why-no-owner = 没有负责人
occasion-why-gone = 联系人已不在
occasion-why-expired = 日子已过
occasion-button-open = 打开草稿
occasion-button-again = 再试一次
occasion-button-drop = 去掉
occasion-decided = 这件事已经处理过了。
occasion-still = 还是不行：{ $why }。
occasion-drafted = 草稿写好了。
occasion-dropped = 已从列表中去掉。

greetings-tomorrow = 明天
greetings-title = { $count ->
    [0] { $day }的问候
   *[other] { $day }的问候 { $count } 条
}
greetings-title-festival = { $count ->
    [0] { $day } { $about }问候
   *[other] { $day } { $about }问候 { $count } 条
}
greetings-text = 看一遍，没问题就一次确认。
greetings-decided = 都已处理。
greetings-footer = 不确认就不会发出；发出之前都可以撤回。
greetings-wait = { $day }的 { $count } 条问候等你确认
greetings-held = 未拟稿 { $count } 条（{ $why }）
greetings-held-why = { $why } { $count } 条
greetings-button-send = 确认 { $count } 条，对方当地 { $clock } 发出
greetings-button-drop = 都不发
greetings-button-undo = 全部撤回
greetings-button-page = 第 { $page } / { $pages } 页
greetings-nothing = 这里没有待确认的了。
greeting-line = { $name } · { $about }
greeting-button-skip = 跳过
