# 日报：主管要知道什么、决定什么，三分钟看完。

digest-title = 团队日报 · { $day }
digest-title-since = 团队日报 · { $day }（{ $since } 以来，共 { $days } 天）
digest-quiet = { $numbers ->
    [none] 今天没有需要你处理的事。
   *[other] 今天没有需要你处理的事：{ $numbers }。
}
digest-quiet-first-response = { $count } 张工单中 { $score } 张按时回复
digest-quiet-under-way = { $count } 次故障中 { $score } 次按时受理
digest-quiet-resolution = { $count } 张中 { $score } 张按时解决
digest-quiet-csat = { $count } 个评分中 { $score } 个满意
digest-quiet-cadence = 本周 { $count } 家到期客户中 { $score } 家按时联系
digest-nothing = 没有等你决定的事。
digest-sum-needs = { $count } 件事要你决定
digest-sum-promises = { $count } 项承诺今天到期
digest-sum-waiting = { $count } 份草稿在等
digest-needs = 要你决定：{ $count } 件
digest-promises = 今天再不处理就要超时：{ $count } 件
digest-own = 你自己手上
digest-cadence = 最近 7 天的客户联系
digest-waiting = 等人点头的草稿：{ $count } 份
digest-numbers = 上次日报以来
digest-good = 好消息

digest-person = { $state ->
    [away] { $name }（休假）
    [left] { $name }（已离职）
   *[here] { $name }
}
digest-nobody = 还没人接
digest-promise = { $customer }：{ $what ->
    [first] 首次回复
    [under-way] 故障受理
   *[other] 解决
}已超时 { $span } · { $number } · { $type }
digest-promise-why = { $owner }，原定{ $by }
digest-contact = { $customer }（{ $tier }）：{ $days ->
    [0] 今天该联系
   *[other] 超期 { $days } 个工作日没联系
}
digest-contact-why = { $last ->
    [none] { $owner }，至今没有联系过
   *[other] { $owner }，上次联系 { $last }
}
digest-rating = { $customer }给 { $number } 打了 { $score } 分（满分 5 分）
digest-complaint = { $customer }投诉：{ $topic }
digest-unheard = { $owner }，{ $day } 以来没人联系过客户
digest-stale = { $owner }：{ $count } 份草稿等着点头
digest-stale-why = 最早的一份已等 { $span }
digest-absent = { $name }休假到 { $day }，还没有人代班
digest-absent-why = 到今晚有 { $count } 家客户到期
digest-coming-promise = { $customer }：{ $by } 前要{ $what ->
    [first] 首次回复
    [under-way] 受理故障
   *[other] 解决
}，还剩 { $span }
    { $owner } · { $number }
digest-drafts-row = { $names }
    最早的一份已等 { $span }
digest-number = { $name }：{ $said }
digest-causes = （{ $causes }）
digest-cadence-all = 整体：{ $said }
digest-cadence-one = { $name }：{ $said }，前一周：{ $before }
digest-good-fastest = { $name }用 { $span } 解决了 { $number }，客户打了 5 分
digest-good-praise = { $owner ->
    [none] { $customer }表扬了我们：{ $topic }
   *[other] { $customer }表扬了{ $owner }：{ $topic }
}{ $more ->
    [0] {""}
   *[other] ，另有 { $more } 条
}
digest-good-steady = { $count ->
    [one] { $names }本周到期客户全部按时联系
   *[other] { $names }本周到期客户全部按时联系
}

digest-seen = 知道了
digest-nudge = 问一下{ $name }
digest-call = 我来打
digest-assign = 交给…
digest-apology = 起草致歉
digest-review = 去看看
digest-deputy = 安排代班
digest-all-needs = 全部待决定
digest-all-numbers = 全部指标
digest-seen-done = 已知悉，情况变糟才会再提。
digest-call-done = 由你来打。
digest-call-log = 和{ $customer }通完话后在这里记一笔，这次联系就算数。
digest-nudge-done = 已去问{ $name }。
digest-assign-done = 已请{ $name }联系客户。
digest-deputy-done = { $name }休假期间由{ $deputy }代班。
digest-unreached = 没有渠道能联系上{ $name }，请直接打电话，或者换一位同事。
digest-assign-unseen = { $name }不负责{ $customer }。请先转交客户，或者换一位同事。
digest-deputy-away = { $name }代不了班，请选一位在岗的同事。
digest-called = { $manager }会亲自给{ $customer }打电话，你不用再打了。
digest-nudged = { $manager }想知道这张工单卡在哪里，原定{ $by }。
digest-assigned = { $customer }对我们不满意，{ $manager }请你尽快联系客户。
digest-deputised = { $manager }请你在 { $day } 前替{ $name }代班，TA 名下待办的事已经出现在你的一天里。

command-digest = 看日报：上次以来的变化和要你决定的事
    .alias = 日报|看日报
    .title = 日报
command-digest-needs = 全部要我决定的事
    .title = 要我决定
command-digest-done = 标记为知道了
    .title = 知道了
command-digest-call = 我亲自给客户打电话
    .title = 我来打
command-digest-nudge = 问一下负责工单的同事
    .title = 问一下
command-digest-assign = 请同事联系客户
    .title = 交给…
command-digest-deputy = 给休假的同事安排代班
    .title = 安排代班
arg-item = 事项
arg-severity = 严重程度
arg-ticket = 工单
arg-person = 同事
