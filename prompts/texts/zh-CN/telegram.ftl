# Telegram：只在这里出现的话。

telegram-forwarded = 转发的消息：{ $words }
telegram-edited = 更正：{ $words }
telegram-contact = { $whose ->
    [own] 我的电话：{ $name }，{ $phone }
   *[other] 别人的名片：{ $name }，{ $phone }
}
telegram-attachment = { $kind ->
    [photo] [图片]
    [video] [视频]
    [voice] [语音]
    [audio] [音频]
    [document] [文件]
    [location] [位置]
    [video-note] [视频消息]
    [animation] [动图]
    [venue] [地点]
    [sticker] [贴纸]
    [poll] [投票]
    [dice] [骰子]
    [story] [动态]
   *[other] [附件]
} { $words }
telegram-group-refused = 我只在私聊里回答，请直接给我发消息。
telegram-hello-staff = { $name }，您好！这个聊天已与您关联。发送 /help 查看可用的命令。
contact-blocked = { $customer }的{ $name }在 { $channel } 上屏蔽了我们，那边的消息已送不到；急事请打电话或发邮件。
contact-unblocked = { $customer }的{ $name }又可以通过 { $channel } 联系了。
customer-invited-link = Telegram 链接
who-closed-channel = { $channel }（已屏蔽我们）

doctor-telegram = Telegram 认得这个令牌：@{ $name }。
doctor-telegram-refused = Telegram 不认 TELEGRAM_BOT_TOKEN：可能输错了，或者已被撤销。请到 @BotFather 重新复制（/mybots，选机器人，API Token）。
doctor-telegram-away = 连不上 { $host }（{ $why }）。请检查本机网络；要走代理就设 HTTPS_PROXY，自建服务器就设 TELEGRAM_API_URL。
doctor-telegram-slow = Telegram 嫌请求太频繁，请一分钟后再运行一次检查。
doctor-telegram-reads = Rapport 正在读取这个账号的消息。
doctor-telegram-alone = 没有别的程序在读取这个账号的消息。
doctor-telegram-contested = 另一个程序也在读取这个账号的消息，双方在互相抢。请停掉它，或者给 Rapport 单独建一个账号；不知道是什么程序，就到 @BotFather 用 /revoke 换一个令牌。
doctor-telegram-was-contested = 另一个程序读取过这个账号的消息，最近一次是 { $at }。请停掉它，或者给 Rapport 单独建一个账号；不知道是什么程序，就到 @BotFather 用 /revoke 换一个令牌。
doctor-telegram-webhook = 另一个程序把这些消息转到了 { $host }（webhook）。`rapport run` 会取消它并自己读取，积压的消息不会丢。如果 { $host } 还要用，请给 Rapport 单独建一个账号。
doctor-telegram-last-error = Telegram 最近一次往那个 webhook 投递失败是 { $at }：{ $why }
doctor-telegram-pending = { $count ->
    [0] Telegram 上没有积压的消息。
   *[other] Telegram 上积压着 { $count } 条消息，`rapport run` 会读取；Telegram 只保留 24 小时。
}
doctor-telegram-private = 这个账号只用于私聊。
doctor-telegram-groups = 这个账号可以被拉进群，而 Rapport 在群里只会说“请私聊”。建议关掉：在 @BotFather 发 /setjoingroups，选机器人，点 Disable。
doctor-telegram-privacy = 这个账号在群里能看到所有发言（隐私模式已关闭），Rapport 用不着。请在 @BotFather 发 /setprivacy，选机器人，点 Enable，再把它移出各个群。
