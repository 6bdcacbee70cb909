# 我的一天：等着一个人处理的事，都在一张卡片上；也用于各渠道的主页。

day-title = 我的一天
day-quiet = 眼下没有等你处理的事。不妨给老客户打个电话，随便聊聊。
day-at-least = 至少 { $count }
day-sum-overdue = { $count } 家已超期
day-sum-due = { $count } 家今天到期
day-sum-ahead = { $count } 家快到期
day-sum-group = { $count } 家等你支援
day-sum-tickets = { $count } 张工单
day-sum-drafts = { $count } 份草稿
day-sum-team = 团队 { $count } 张待处理
day-overdue = 你已超期的客户：{ $count } 家
day-due = 今天到期：{ $count } 家
day-ahead = 这两天到期：{ $count } 家
day-group = 同事的客户，需要你出面：{ $count } 家
day-tickets = 你的工单：{ $count } 张
day-drafts = 等你点头的草稿：{ $count } 份
day-team = 团队里超时或没人接的工单：{ $count } 张
day-first = { $said }，先看前 { $shown } 项
day-ticket = { $number } · { $customer } · { $type }
day-ticket-over = 已超时 { $span }（原定{ $by }）
day-nobody = 还没人接
day-by = 时限{ $by }
day-draft =
    { $name }（{ $customer }）· { $purpose }
    保留到 { $until }
day-all-touches = 全部待跟进客户
day-all-tickets = 我的全部工单
day-team-tickets = 团队工单
day-again = 刷新
day-updated = 更新于 { $at }

morning-title = { $morning ->
    [yes] 早上好，{ $name }：
   *[no] { $name }：
}{ $sums }
morning-covers = 这里是 { $since }以来 { $count } 天的事。
morning-unreached = 这是给{ $name }的，没能送到本人：
day-next = 下一页
day-previous = 上一页
day-page = 第 { $page } 页，共 { $pages } 页
day-further = { $said }，第 { $first } 至 { $last } 项

home-welcome = 欢迎使用 Rapport
home-your-id = 请把你的 { $channel } ID 告诉管理员：{ $id }

command-day = 我的一天：谁在等、什么事在等，最急的排在前面
    .alias = 我的一天|今天
    .title = 我的一天
command-day-again = 刷新我的一天
    .title = 刷新
command-draft-show = 查看草稿
    .title = 查看草稿
