# 指标：每个数字叫什么、到底数的是什么、怎么读。

measure-first-response = 首次响应及时率
    .definition = 按时首次回复的工单，占已回复或已到期工单的比例。每张工单只算一次：回复时或到期时，以先到者为准。
    .case = { $kept ->
        [yes] 按时
       *[no] 超时或还没回复
    }
    .alias = 首次响应|首响|响应
measure-under-way = 故障受理及时率
    .definition = 按时有人受理的设备故障，占已受理或已到期故障的比例。每张工单只算一次：受理时或到期时。
    .case = { $kept ->
        [yes] 按时
       *[no] 超时或没人受理
    }
    .alias = 故障受理|故障
measure-resolution = 按时解决率
    .definition = 按时解决的工单，占已解决或已到期工单的比例；等客户回复期间不计时。设备故障承诺的是受理，另算。
    .case = { $kept ->
        [yes] 按时
       *[no] 超时或还没解决
    }
    .alias = 解决|解决率
measure-csat = 客户满意度
    .definition = 客户在工单解决后打的分里，4 分和 5 分所占的比例（CSAT）。
    .case = { $kept ->
        [yes] 4 分或 5 分
       *[no] 1 到 3 分
    }
    .alias = 满意度|评分
measure-cadence = 按时联系率
    .definition = 在到期当天结束前联系到的客户，占到期客户的比例。只算对该层级有效的联系；改期的按新日期算。
    .case = { $kept ->
        [yes] 按时
       *[no] 超期或还没联系
    }
    .alias = 触达|触达率|联系
measure-opened = 新开工单
    .definition = 这段时间新开的工单，按事由分。
    .alias = 新工单
measure-reopened = 重新打开
    .definition = 标记解决后又被重新打开的工单；打开两次算两次。
    .alias = 重开
measure-complaints = 投诉
    .definition = 客户的投诉，不论有没有工单，按主题分。
measure-praise = 表扬
    .definition = 客户的表扬，按主题分。
measure-moves = 层级变动
    .definition = 层级发生变动的客户，按变动后的层级分；变动两次算两次。
    .alias = 变动
measure-drafts-sent = 草稿采用率
    .definition = 发出去的草稿，占已发送、放弃或过期草稿的比例。客户先来消息而作废的不算。
    .case = { $kept ->
        [yes] 已发送
       *[no] 没发送
    }
    .alias = 草稿
measure-words-kept = 草稿原文保留率
    .definition = 发出去的草稿里，最初的文字平均保留了多少；一字未改为 100%。
    .case = 保留 { $percent }%
    .alias = 原文保留

measure-said-share = { $percent }%（{ $score }/{ $count }）
measure-said-mean = { $percent }%（共 { $count } 份）
measure-separator = |，|
measure-said-none = 没有数据
measure-target = { $short ->
    [yes] 低于目标 { $percent }%
   *[no] 目标 { $percent }%
}
measure-before = { $weeks ->
    [1] 上周同期：{ $said }
   *[other] { $weeks } 周前同期：{ $said }
}
measure-period = { $since }至{ $until }
measure-of = { $name }：{ $who }
measure-more = ……还有 { $count } 项。
measure-headed = { $name }：{ $said }
measure-sort-none = 未分类
measure-draft-unchanged = 原样发送
measure-draft-edited = 改后发送
measure-draft-dropped = 放弃
measure-draft-expired = 过期
measure-unknown = 没有叫“{ $name }”的指标。现有指标：{ $known }。
measures-title = 全部指标（最近 7 天）

command-measures = 看全部指标：数的是什么、现在多少
    .title = 全部指标
    .alias = 全部指标|指标 列表|各项指标
command-measure = 看一项指标和它背后的客户、工单
    .title = 指标
    .name = 哪项指标
    .alias = 指标
command-measure-cases = 看一个数字背后的明细
    .title = 明细
arg-period = 时段
period-today = 今天
period-yesterday = 昨天
period-week = 最近 7 天
period-month = 最近 30 天
period-quarter = 最近 13 周
arg-since = 从
arg-until = 到
arg-owner = 负责人
