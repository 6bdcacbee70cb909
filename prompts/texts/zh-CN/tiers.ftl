# 客户分层：为什么在这一层、怎样会变，以及最近谁换了层级。

command-tier-explain = 客户为什么在这一层，怎样会变
    .title = 分层说明
    .alias = 分层说明|分层 说明|为什么
command-tier-moves = 最近谁换了层级，为什么
    .title = 层级变动
    .alias = 层级变动|分层变动|分层 变动
command-tier-moves-since = 从那时起谁换了层级
    .title = 层级变动
arg-after = 起始时间
arg-whose = 谁的客户

tier-title = { $name }为什么是{ $tier }
tier-title-none = { $name }尚未分层
tier-field-tier = 层级
tier-field-thresholds = 分层标准
tier-field-money = 消费金额
tier-field-orders = 这 12 个月的订单数
tier-field-last = 最近购买
tier-field-change = 怎样会变
tier-since = { $tier }，自 { $day }起
tier-was = 曾是{ $tier }
tier-scheme = { $scheme ->
    [value_bands] 按消费金额分层
    [share_bands] 按排名比例分层
    [four_dimensions] 四维评分
   *[other] { $scheme }
}
tier-thresholds = { $scheme }，策略第 { $version } 版，{ $day }起生效
tier-money-of = { $money }（{ $since }至{ $until }）
tier-last = { $ago ->
    [0] { $day }，就在今天
    [1] { $day }，昨天
   *[other] { $day }，{ $ago } 天前
}
tier-pending = 按今天的数据应为{ $tier }，下次复核时更新。
tier-rise = { $over ->
    [yes] { $by ->
        [none] {""}
       *[day] { $by }前
    }再消费超过 { $money }，即升为{ $tier }。
   *[no] { $by ->
        [none] {""}
       *[day] { $by }前
    }再消费 { $money }，即升为{ $tier }。
}
tier-rise-any = { $by ->
    [none] {""}
   *[day] { $by }前
}只要再下一单，{ $over ->
    [yes] 即升为
   *[no] 就回到
}{ $tier }。
tier-change = 如果一直没有新订单，{ $day }起变为{ $tier }。
tier-change-none = 没有新订单就不会变。
tier-change-scheme = { $kind ->
    [share_bands] 取决于在全部客户中的排名，有新订单时重新计算。
   *[other] 取决于各项评分。
}
tier-crossings = 变动记录
tier-crossing = { $day }：{ $old } → { $new }（策略第 { $version } 版）

tier-went-up = ↑ { $name }从{ $old }升为{ $new }：近 12 个月消费 { $money }
tier-went-down = ↓ { $name }从{ $old }降为{ $new }：近 12 个月消费 { $money }
tier-fell-silent = ↓ { $name }沉默了，从{ $old }变为{ $new }：已有 { $months } 个月没有购买
tier-moved = { $way ->
    [up] ↑{" "}
    [down] ↓{" "}
   *[across] {""}
}{ $name }从{ $old }变为{ $new }
tier-win-back = { $was }，请尽快挽回
tier-money = 近 12 个月消费 { $money }
tier-last-purchase = 最近购买：{ $day }
tier-draft-wake-up = 拟一份唤醒消息

tier-moves-title = { $day }以来共 { $count } 次层级变动
tier-moves-more = ……还有 { $count } 次
tier-moves-none = 最近 { $days } 天没有客户换层级。
tier-all-crossings = 全部层级变动
tier-all-moves = 团队的层级变动

day-crossings = 你的客户有层级变动：{ $count } 次
day-sum-crossings = { $count } 次层级变动
day-moves = 团队客户有层级变动：{ $count } 次
day-sum-moves = { $count } 次层级变动
