# WeChat customer service: phrases that appear only here.

kf-welcome = Hello, this is { $desk }. Just say what you need, and a colleague will get back to you.
kf-welcome-nameless = Hello! Just say what you need, and a colleague will get back to you.
kf-card = { $kind ->
    [location] [Location]
    [link] [Link]
    [business-card] [Contact card]
    [miniprogram] [Mini program]
    [channels-shop-product] [Product]
    [channels-shop-order] [Order]
   *[other] [Channels video]
} { $words }
kf-session-began = { $who } has taken over { $name } in WeChat. The bot keeps quiet until the session ends; what both say is kept here.
kf-session-ended = { $name }'s session with { $who } in WeChat has ended; the bot answers again.
kf-session-untold = { " " }WeChat did not let us tell the customer so.
kf-somebody = a colleague
channel-wecom-kf = WeChat
kf-contact-welcome = Hello, good to meet you! Whatever you need, just say it here.
kf-contact-added = You added { $name } in WeCom; “{ $customer }” is on record now, as your customer.
kf-contact-left = { $name } of { $customer } took you off their contacts in WeChat; messages there do not arrive any more.
channel-wecom-contact = WeCom contact
kf-service = WeChat customer service

doctor-kf = WeChat customer service works; { $count ->
    [one] its service account is { $names }.
   *[other] its { $count } service accounts: { $names }.
}
doctor-kf-hears = Its callback address is https://YOUR-HOST/wecom/kf; token and EncodingAESKey are those of WECOM_KF_TOKEN and WECOM_KF_AES_KEY.
doctor-kf-half = WeChat customer service is only half set up, so it does not start. Missing: { $missing }.
doctor-kf-aes-key = WECOM_KF_AES_KEY cannot be right: an EncodingAESKey has 43 letters and digits. Copy it again from the callback settings of customer service.
doctor-kf-refused = WeChat customer service refuses us (error { $code }). Compare WECOM_CORP_ID and WECOM_KF_SECRET with the admin console.
doctor-kf-not-callable = This app may not use customer service yet (error { $code }). In the admin console, under WeChat Customer Service → API, add it to the apps that may call the interface, and let it manage the service accounts.
doctor-kf-ip = WeCom does not accept this machine's address (60020). Add it to the trusted IPs of the app that may call customer service.
doctor-kf-no-desk = There is no service account yet. Make one in the admin console and let this app manage it.

command-ticket-wechat = take over the session in WeChat and serve the customer in person
    .title = Serve in WeChat
    .alias = wechat
kf-handing-over = { $who } will take it from here, in this chat.
kf-taking-over = { $name }'s session is being passed to you; go on in WeCom, under WeChat Customer Service. The bot answers again once the session ends.
kf-not-handed-over = { $number }: the WeChat session could not be passed to you ({ $why }). Make sure that you serve this account and are on duty.
command-ticket-wechat-back = end a colleague's session in WeChat; the bot answers again
    .title = Back to the bot
    .alias = wechat back
kf-giving-back = This conversation with our colleague is closed. If there is anything else, just write here.
kf-being-given-back = { $name }'s session in WeChat is being ended; the bot answers what they write next.
kf-not-given-back = { $number }: the session in WeChat could not be ended ({ $why }). Whoever serves it can end it in WeCom, under WeChat Customer Service.
kf-nobody-has-it = No colleague has { $name }'s session in WeChat ({ $number }); the bot answers there.
button-wechat = Serve in WeChat
button-wechat-back = Back to the bot
kf-not-in-wechat = The customer of { $number } is not in WeChat, so there is no session to take. Use /crm ticket reply.
kf-no-userid = Your WeCom account is not known yet. Ask an admin for rapport people add --wecom, then try again.
