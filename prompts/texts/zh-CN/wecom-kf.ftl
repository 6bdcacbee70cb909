# 微信客服：只在这里出现的话。

kf-welcome = 您好，这里是{ $desk }。请直接说您的需要，会有同事回复您。
kf-welcome-nameless = 您好！请直接说您的需要，会有同事回复您。
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
kf-contact-welcome = 您好，很高兴认识您！有什么需要，直接在这里说就行。
kf-contact-added = 您在企业微信添加了 { $name }，已建立客户档案“{ $customer }”，由您跟进。
kf-contact-left = { $customer } 的 { $name } 在微信里把您从联系人中删除了，那边的消息已送不到。
channel-wecom-contact = 企业微信好友
