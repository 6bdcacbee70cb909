# 设置：怎么跟每个人说话。

arg-zone = 时区
    .hint = 写城市就行，如上海、柏林，也可以写 Asia/Shanghai
arg-morning = 一天从几点开始
    .hint = 几点跟你说早安，如 8:30
arg-channel = 在哪里找你
problem-zone = 没有找到时区“{ $got }”，请写当地的大城市，如上海、柏林。
problem-zone-near = 没有找到时区“{ $got }”，是 { $near } 吗？
problem-morning = 请填 { $earliest } 到 { $latest } 之间的时间，如 8:30。
settings-title = 设置
settings-line = { $language } · { $zone } · 每天 { $morning } 开始 · 在{ $channel }上找你
settings-nowhere = （没有正在运行的渠道）
settings-kept = 记下了，现在的设置是：
settings-same = 没有变化，现在的设置是：
settings-language-kept = 好的，以后我跟你说中文。
settings-zone-kept = 好的，以后按 { $zone } 的时间来，那里现在是{ $clock }。
settings-morning-kept = 好的，你的一天从 { $clock } 开始，下一次早安是{ $next }。
settings-channel-kept = 好的，以后给你的消息都发到{ $channel }。
settings-unknown-there = 我在{ $channel }上还不认识你，或者这里没有开通它。请管理员先把你在那边的账号加进来，再来设置。

command-settings = 我怎么跟你说话：语言、时区、一天从几点开始、在哪里找你
    .alias = 设置|我的设置
    .title = 设置
command-settings-all = 一次改好所有设置
    .title = 设置
command-settings-language = 选择我跟你说哪种语言
    .alias = 设置 语言|语言
    .title = 我的语言
command-settings-zone = 告诉我你按哪里的时间
    .alias = 设置 时区|时区
    .title = 我的时区
command-settings-morning = 告诉我你的一天从几点开始，我那时说早安
    .alias = 设置 早安|早安
    .title = 一天的开始
command-settings-channel = 告诉我该在哪里找你
    .alias = 设置 渠道|渠道
    .title = 在哪里找我
