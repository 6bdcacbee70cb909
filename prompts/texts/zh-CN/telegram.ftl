# Telegram：只在这里出现的话。

telegram-forwarded = 转发的消息：{ $words }
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
telegram-hello-staff = { $name }，你好！这个聊天已与你关联。发送 /help 查看可用的命令。
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
doctor-telegram-private = 这个账号只用于私聊。要把群与客户关联（/crm group link），请在 @BotFather 发 /setjoingroups，选机器人，点 Enable。
doctor-telegram-groups = 这个账号可以被拉进群。只有同事关联过的群（/crm group link）里，有人 @它、回复它或发命令时它才说话；在其他群里只说一次“请私聊”。
doctor-telegram-privacy = 这个账号在群里会收到所有发言（隐私模式已关闭）。Rapport 只需要对它说的话，其余一概不留。请在 @BotFather 发 /setprivacy，选机器人，点 Enable，再把它移出各群后重新拉入，设置才会在那些群里生效。隐私模式打开后，回复它的消息和命令仍会送到，@它也算。
doctor-telegram-half = Telegram 只设置了一半，没有启动：缺少 { $missing }。只设 TELEGRAM_BOT_TOKEN 就是轮询；TELEGRAM_WEBHOOK_URL 和 TELEGRAM_WEBHOOK_SECRET 两个都设，就由 Telegram 主动推送。
doctor-telegram-secret = TELEGRAM_WEBHOOK_SECRET 只能用 A-Z、a-z、0-9、_ 和 -，1 到 256 个字符，因此 Telegram 没有启动。可以用 `openssl rand -hex 32` 生成一个。
doctor-telegram-https = TELEGRAM_WEBHOOK_URL 必须以 https:// 开头，Telegram 不接受别的。
doctor-telegram-hook = Telegram 会把消息推送到 { $host }。
doctor-telegram-hook-none = Telegram 还不知道我们的 webhook。`rapport run` 会去登记，在那之前消息存在 Telegram。
doctor-telegram-hook-elsewhere = Telegram 把消息推送到了 { $host }。正在运行的 `rapport run` 会在五分钟内改回来；如果反复出现，说明另一个程序在用同一个令牌，请给 Rapport 单独建一个账号。
doctor-telegram-hook-old = Telegram 只推送一部分消息：这个地址是旧程序登记的，请重新启动 `rapport run`。

command-group-link = 用一次性口令把群与客户关联
    .title = 关联客户群
    .alias = 群 关联
command-group-interest = 用一次性口令关联一个兴趣群
    .title = 关联兴趣群
    .alias = 群 兴趣
    .topic = 群的主题
command-group-list = 查看已关联的群
    .title = 群
    .alias = 群 列表
command-group-unlink = 取消群的关联
    .title = 取消关联
    .group = 群
arg-group = 群
group-code = 请把机器人 { $bot } 拉进{ $name }的群，并在 { $days } 天内用你自己的 Telegram 账号在群里发送下面这行。口令只能用一次。之后群里有人 @我、回复我或发命令时，我会在群里回答，其他发言一律不理会。
group-code-type = 在群里发送
group-list-empty = 还没有关联任何群。用 /crm group link 客户名 生成口令。
group-list-title = 已关联的群
group-row = { $title } · { $name } · { $by }关联于{ $day }
group-unlink = 取消关联
group-unlinked = { $name }的群已取消关联，之后我不会再在群里说话。
group-not-found = 没有这个群，或者你无权查看。
group-link-colleagues = 只有同事用自己的账号才能关联群。
group-linked-already = 这个群已经关联过了。同事可以用 /crm group list 取消。
group-code-unknown = 口令无效或已过期，每个口令只能用一次。
group-linked = 本群已与{ $company }关联。@我或回复我的消息，我们会在这里回答；其他发言我们不会读取。涉及个人的事，请私聊我。
group-linked-you = 群“{ $title }”已关联到{ $name }。大家在群里对我说的话会以他们的名义送到，并注明是谁说的。
group-lost = 我被移出了群“{ $title }”（{ $name }），关联已结束，群里的话不会再送到我们这里。
group-private = 这件事请私聊我。
group-colleague = 同事请私聊我，在这里我只听客户的。
group-said = { $who }：{ $words }

command-group-place = 在群里发送：查看该群在策略文件里的写法，供团队在群里办公
    .title = 团队办公群
    .alias = 群 地址
group-place-where = 请在团队要办公的群里发送这条命令，我必须先在群里。
group-place = { $known ->
    [yes] 本群已是团队的办公群，策略文件里这样写：
   *[no] 要让团队在本群办公，请把下面这行写进策略文件 routes 中该团队的 address（需要时也可写给 fallback）。之后运行 `rapport doctor`，可查看话题是否开启、我在群里有哪些权限。
}
group-place-line = 策略文件
group-stranger-at-work = 群里有人还没有登记为同事，其操作一律无效，发言也不会保存。请管理员用 rapport people add 添加。
aside-unheard = { $name }，你要的内容只给你本人看，但我还不能给你发消息。请打开与我{ $bot }的私聊，点 Start，然后再试一次。

doctor-telegram-place = { $title }（{ $place }）：每张工单在群里有自己的话题。谁算同事以登记为准，与是否在群里无关。
doctor-telegram-place-away = 策略文件让团队在 { $place } 办公，但 Telegram 上看不到这个群。请把机器人拉进群，在群里发送 /group_place，再把它回复的那行写进策略文件；普通群升级为超级群后编号会变。
doctor-telegram-place-linked = { $title }（{ $place }）已关联客户，而策略文件又让团队在这里办公：客户会看到团队的工单卡片。请从策略文件里去掉它，或用 /crm group list 取消关联。
doctor-telegram-place-plain = { $title }（{ $place }）没有开启话题，工单的内容会显示在卡片下面。要让每张工单有自己的话题，请在群设置里打开“话题”。
doctor-telegram-place-rights = { $admin ->
    [yes] 机器人在 { $title }（{ $place }）是管理员，但没有管理话题的权限。请在群设置的管理员里打开，在此之前工单的内容显示在卡片下面。
   *[no] 机器人在 { $title }（{ $place }）不是管理员。请设为管理员并允许管理话题：这样它才能新建话题，也才能收到同事在话题里写的内容，与隐私模式无关。
}
