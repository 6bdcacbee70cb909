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
kf-somebody = a colleague
channel-wecom-kf = WeChat
kf-contact-welcome = Hello, good to meet you! Whatever you need, just say it here.
kf-contact-added = You added { $name } in WeCom; “{ $customer }” is on record now, as your customer.
kf-contact-left = { $name } of { $customer } took you off their contacts in WeChat; messages there do not arrive any more.
channel-wecom-contact = WeCom contact
