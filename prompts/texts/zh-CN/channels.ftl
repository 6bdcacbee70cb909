# 渠道：哪些正常，哪些在等

channel-down = { $cause ->
    [auth] { $missing ->
        [SLACK_APP_TOKEN] { $channel } 不再认 SLACK_APP_TOKEN，大家在那边写的、点的我们都收不到。请在配置里换上有效的令牌再重启。可以用 `rapport doctor` 细查。
       *[other] { $channel } 不再认我们的令牌{ $named ->
            [yes] （{ $missing }）
           *[no] {""}
        }，消息收不到也发不出。什么都没丢，待发的内容都在排队。请在配置里换上有效的令牌再重启；其他问题可以用 `rapport doctor` 查看。
    }
    [scope] { $channel } 还缺权限：{ $missing }。用到这些权限的功能暂时不可用，其他照常。每项权限的用途和授权的位置，`rapport doctor` 里都有说明。授权之后会自动恢复。
    [forbidden] { $channel } 的接口没有对我们的应用开放（{ $missing }），所以这部分用不了，其他渠道照常运行。请在企业微信管理后台把应用加进“可调用接口的应用”，具体位置见 `rapport doctor`。加好之后会自动恢复。如果用不到{ $channel }，可以不管。
    [rival] 有别的程序在用同一个令牌接收 { $channel } 的消息，消息被它收走了，到不了我们这里。请把它停掉，或者给常联一个单独的账号；不知道是什么程序，就换一个令牌。可以用 `rapport doctor` 细查。
    [address] { $channel } 不接受我们的回调地址（{ $missing }），消息收不到。请改正后重启；正确的写法见 `rapport doctor`。
    [ip] { $channel } 拒绝来自本机 IP 的调用（{ $missing }），消息发不出。请把本机 IP 加进应用的“企业可信IP”，具体地址见 `rapport doctor`。加好之后会自动恢复。
    [half-set] { $channel } 的配置不全，没有启动。缺少：{ $missing }。其他渠道照常运行。
    [neither-set] { $channel } 的配置不全，没有启动。还需要其中一项：{ $missing }。其他渠道照常运行。
    [bad-setting] { $channel } 没有启动，因为这项配置的值不对：{ $missing }。正确的写法见 `rapport doctor`。其他渠道照常运行。
    [away] { $channel } 已经五分钟发不出消息：对方服务器没有回应，或者一直报错。什么都没丢，待发的内容按顺序排着，{ $channel } 恢复后马上发出。
   *[other] { $channel } 已经五分钟没有回应（{ $why }）。什么都没丢，待发的内容都在排队，我们会一直重试。可以用 `rapport doctor` 细查。
}
channel-up = { $channel } 恢复正常。从{ $since }起中断，排队的消息正在发出。
clock-off = { $cause ->
    [clock] 本机时钟比 { $channel } { $ahead ->
        [yes] 快
       *[no] 慢
    }了约 { $minutes } 分钟，请让本机跟时间服务器同步。相差超过五分钟，{ $channel } 发来的内容会被拒收，而对方只会在几分钟内重发；承诺时限和显示的时间也是按这个不准的钟算的。
    [replay] 有人在重发 { $channel } 的旧请求：签名没问题，但已是约 { $minutes } 分钟前的。本机时钟是准的，这些请求已全部拒收，没有留存。如果一直这样，请更换 { $channel } 的签名密钥。
   *[unsure] { $channel } 的签名时间比本机时钟{ $ahead ->
        [yes] 早
       *[no] 晚
    }约 { $minutes } 分钟。多半是本机时钟不准，请让它跟时间服务器同步；相差超过五分钟的请求会被拒收。如果时钟没问题，就是有人在重发旧请求。
}
clock-right = 本机时钟与 { $channel } 的时间又一致了。
message-held = { $cause ->
    [quota] 给 { $name } 的话要等一等：{ $channel } 暂时不能再发。{ $until } 起会自动发出；等不及的话，请换个方式联系。
    [full] 给 { $name } 的话要等一等：{ $channel } 只允许回复 { $messages } 条，已经用完。{ $name } 再发来消息就会立即发出；等不及的话，请换个方式联系。
    [person] 给 { $name } 的话要等一等：{ $who }正在{ $channel }里亲自接待，这段时间{ $channel }不接受我们发的消息。会话结束、{ $name } 再发来消息后就会发出。等不及的话，请{ $who }直接在那边说，或在工单卡片上点“交还机器人”结束会话。
    [queue] 给 { $name } 的话要等一等：客户正在{ $channel }里排队等人工接待。排队或接待结束、{ $name } 再发来消息后就会发出。等不及的话，请在工单卡片上点“微信接待”自己接手。
    [ended] 给 { $name } 的话要等一等：这次{ $channel }会话已经结束，{ $name } 再发来消息就会立即发出；等不及的话，请换个方式联系。
   *[late] 给 { $name } 的话要等一等：{ $channel } 只允许在客户发消息后 { $hours } 小时内回复。{ $name } 再发来消息就会立即发出；等不及的话，请换个方式联系。
}
window-left = { $left ->
    [0] { $channel }：客户再发消息之前不能再发了
   *[other] { $channel }：在 { $until } 之前还可以发 { $left } 条
}
window-until = { $at }（{ $zone }）
