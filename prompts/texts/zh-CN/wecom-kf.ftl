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
kf-session-untold = 微信没有让我们把这件事告诉客户。
kf-somebody = 同事
channel-wecom-kf = 微信
kf-contact-welcome = 您好，很高兴认识您！有什么需要，直接在这里说就行。
kf-contact-added = 你在企业微信添加了 { $name }，已建立客户档案“{ $customer }”，由你跟进。
kf-contact-left = { $customer } 的 { $name } 在微信里把你从联系人中删除了，那边的消息已送不到。
channel-wecom-contact = 企业微信好友
kf-service = 微信客服

doctor-kf = 微信客服可用，共 { $count } 个客服账号：{ $names }。
doctor-kf-hears = 微信客服的回调地址填 https://你的域名/wecom/kf，Token 和 EncodingAESKey 与 WECOM_KF_TOKEN、WECOM_KF_AES_KEY 一致。
doctor-kf-half = 微信客服只配置了一部分，渠道没有启动。还缺：{ $missing }。
doctor-kf-aes-key = WECOM_KF_AES_KEY 不对：EncodingAESKey 是 43 位字母和数字，请在微信客服的回调配置里重新复制。
doctor-kf-refused = 微信客服拒绝了我们（错误码 { $code }）。请核对 WECOM_CORP_ID 和 WECOM_KF_SECRET。
doctor-kf-not-callable = 这个应用还不能调用微信客服接口（错误码 { $code }）。请在管理后台“微信客服 → API”里把它加进“可调用接口的应用”，并把客服账号交给它管理。
doctor-kf-ip = 企业微信不接受本机的出口 IP（60020）。请在可调用微信客服的那个应用里加上“企业可信IP”。
doctor-kf-no-desk = 微信客服里还没有可用的客服账号。请先在管理后台新建一个，并交给这个应用通过 API 管理。

command-ticket-wechat = 接手微信会话，在微信客服里亲自接待客户
    .title = 微信接待
    .alias = 工单 微信|微信接待
kf-handing-over = 接下来由{ $who }在这里直接为您服务。
kf-taking-over = 正在把 { $name } 的微信会话转给你，请在企业微信的“微信客服”里接着聊。会话结束后机器人继续接待。
kf-not-handed-over = { $number }：微信会话没能转给你（{ $why }）。请确认你是该客服账号的接待人员，而且正在接待中。
command-ticket-wechat-back = 结束同事的微信会话，交还机器人接待
    .title = 交还机器人
    .alias = 工单 微信 交还|交还机器人
kf-giving-back = 本次人工接待已结束。还有需要的话，请直接在这里留言。
kf-being-given-back = 正在结束与 { $name } 的微信人工会话，对方再发来的消息由机器人接待。
kf-not-given-back = { $number }：微信会话没能结束（{ $why }）。接待人可以在企业微信的“微信客服”里自行结束。
kf-nobody-has-it = { $number }：目前没有同事在微信里接待 { $name }，由机器人接待。
button-wechat = 微信接待
button-wechat-back = 交还机器人
kf-not-in-wechat = { $number } 的客户不在微信客服里，没有可以接手的会话。请用“工单 回复”。
kf-no-userid = 还不知道你的企业微信账号。请管理员用 rapport people add --wecom 登记后再试。
