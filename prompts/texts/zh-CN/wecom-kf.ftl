# 微信客服：只在这里出现的话。

kf-welcome = 您好，这里是{ $desk }。请直接说您的需要，会有同事回复您。
kf-welcome-nameless = 您好！请直接说您的需要，会有同事回复您。
kf-attachment = { $kind ->
    [photo] [图片]
    [voice] [语音]
    [video] [视频]
   *[other] [文件]
}
kf-card = { $kind ->
    [location] [位置]
    [link] [链接]
    [business-card] [名片]
    [miniprogram] [小程序]
    [channels-shop-product] [商品]
    [channels-shop-order] [订单]
   *[other] [视频号]
} { $words }
kf-session-began = { $name } 已在微信里转由{ $who }接待。会话结束前机器人不插话，双方说的都会记在这里。
kf-session-ended = { $name } 与{ $who }的微信会话已结束，机器人继续接待。
kf-somebody = 同事
channel-wecom-kf = 微信
