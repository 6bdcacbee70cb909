# 图：写在图上的字，以及看不到图时代替它的一句话。

picture-percent = { $percent }%
picture-no-value = –
picture-nothing-due = 没有到期
picture-target = 目标 { $percent }
picture-kept-of = { $kept }/{ $due }
picture-and = |、|
picture-person = { $name } { $percent }

picture-cadence = 按时联系率（按人）
picture-cadence-note = 最近 { $days } 天到期的联系中按时完成的比例，旁边是完成数和到期数。
picture-cadence-cut = 最近 { $days } 天到期的联系中按时完成的比例：图上 { $shown } 人，其余 { $left } 人见列表。
picture-cadence-alt = { $people } 人共有 { $due } 次到期联系，按时完成 { $kept } 次（{ $percent }）。
picture-cadence-alt-none = 这 { $people } 人没有到期的联系。
picture-cadence-alt-target = { $people } 人共有 { $due } 次到期联系，按时完成 { $kept } 次（{ $percent }）；{ $below ->
    [0] 没有人低于目标 { $target }。
    [1] 低于目标 { $target } 的有：{ $named }。
    [2] 低于目标 { $target } 的有：{ $named }。
    [3] 低于目标 { $target } 的有：{ $named }。
   *[other] { $below } 人低于目标 { $target }，最低的有：{ $named }。
}

picture-not-allowed = 这里暂时看不到图：Slack 还没有给 files:write 权限。管理员运行 “rapport doctor” 就能看到补授权的步骤。
