# Telegram: what is written for people there and nowhere else.

telegram-forwarded = Forwarded: { $words }
telegram-contact = { $whose ->
    [own] My number: { $name }, { $phone }
   *[other] Someone’s contact: { $name }, { $phone }
}
telegram-attachment = { $kind ->
    [photo] [photo]
    [video] [video]
    [voice] [voice message]
    [audio] [audio]
    [document] [file]
    [location] [location]
    [video-note] [video message]
    [animation] [animation]
    [venue] [place]
    [sticker] [sticker]
    [poll] [poll]
    [dice] [dice]
    [story] [story]
   *[other] [attachment]
} { $words }
telegram-group-refused = I only talk in private chats. Please write to me directly.
telegram-hello-staff = Hello { $name }, this chat is connected with you. Send /help to see what you can do here.
contact-blocked = { $name } ({ $customer }) has blocked us in { $channel }; messages there no longer arrive. What is urgent needs a call or an e-mail.
contact-unblocked = { $name } ({ $customer }) can be reached in { $channel } again.
customer-invited-link = Link for Telegram
who-closed-channel = { $channel } (blocked us)

doctor-telegram = Telegram knows the token: this is @{ $name }.
doctor-telegram-refused = Telegram refuses TELEGRAM_BOT_TOKEN: it is mistyped or was revoked. Copy it again from @BotFather (/mybots, choose the bot, API Token).
doctor-telegram-away = { $host } cannot be reached ({ $why }). Check the network of this machine; behind a proxy set HTTPS_PROXY, for a server of your own TELEGRAM_API_URL.
doctor-telegram-slow = Telegram asks for patience: it was asked too often just now. Run the doctor again in a minute.
doctor-telegram-reads = Rapport is reading this account's messages.
doctor-telegram-alone = Nobody else reads this account's messages.
doctor-telegram-contested = Another program is reading this account's messages: each takes them away from the other. Stop it, or give Rapport an account of its own; if you don't know what it is, /revoke the token in @BotFather.
doctor-telegram-was-contested = Another program was reading this account's messages, last at { $at }. Stop it, or give Rapport an account of its own; if you don't know what it is, /revoke the token in @BotFather.
doctor-telegram-webhook = Another program has these messages sent to { $host } (a webhook). `rapport run` takes that away and reads them itself; what waits is kept. If { $host } still needs them, give Rapport an account of its own.
doctor-telegram-last-error = Telegram could last not deliver to that webhook at { $at }: { $why }
doctor-telegram-pending = { $count ->
    [0] No message waits at Telegram.
    [one] One message waits at Telegram. `rapport run` reads it; Telegram keeps it for 24 hours.
   *[other] { $count } messages wait at Telegram. `rapport run` reads them; Telegram keeps them for 24 hours.
}
doctor-telegram-private = The account stays in private chats. To link groups to customers (/crm group link), send @BotFather /setjoingroups, choose the bot, Enable.
doctor-telegram-groups = The account can be added to groups. It speaks only in those that a colleague linked (/crm group link), and only when it is mentioned, replied to or given a command; in any other it says once that it talks in private.
doctor-telegram-privacy = In groups the account is sent everything that is said (its privacy mode is off). Rapport needs only what is said to it and keeps nothing else. In @BotFather /setprivacy, choose the bot, Enable; then remove it from its groups and add it again, for only then does that hold there. With privacy mode on Telegram brings replies to it and commands; a mention counts as well.
doctor-telegram-half = Telegram is set by half and does not start: { $missing } is missing. TELEGRAM_BOT_TOKEN alone means polling; with TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_SECRET, both, Telegram comes by itself.
doctor-telegram-secret = TELEGRAM_WEBHOOK_SECRET has to be 1 to 256 of A-Z, a-z, 0-9, _ and -, so Telegram does not start. `openssl rand -hex 32` makes a good one.
doctor-telegram-https = TELEGRAM_WEBHOOK_URL has to begin with https://; Telegram goes nowhere else.
doctor-telegram-hook = Telegram brings its messages to { $host }.
doctor-telegram-hook-none = Telegram does not know our webhook yet. `rapport run` names it; until then messages wait at Telegram.
doctor-telegram-hook-elsewhere = Telegram brings the messages to { $host } instead. A running `rapport run` takes that back within five minutes; if it comes again, another program uses the same token: give Rapport an account of its own.
doctor-telegram-hook-old = Telegram brings only some kinds of messages here: an older program named this address. Start `rapport run` anew.

command-group-link = link a group chat to a customer, with a one-time code
    .title = Link a group
command-group-interest = link a group of people who share an interest
    .title = Link an interest group
    .topic = What it is about
command-group-list = list the groups that are linked
    .title = Groups
command-group-unlink = end a group's link
    .title = Unlink
    .group = Group
arg-group = Group
group-code = Add the bot { $bot } to the group of { $name }, then write there, from your own Telegram account and within { $days } days, the line below. It works once. From then on I answer in the group whoever mentions me, replies to me or types a command, and nobody else.
group-code-type = Type in the group
group-list-empty = No group is linked. /crm group link <customer> makes a code for one.
group-list-title = Linked groups
group-row = { $title } · { $name } · linked by { $by }, { $day }
group-unlink = Unlink
group-unlinked = The group of { $name } is not linked any more. I say nothing there from now on.
group-not-found = There is no such group, or it is not yours to see.
group-link-colleagues = Only colleagues can link a group, from their own account.
group-linked-already = This group is linked already. A colleague can end that with /crm group list.
group-code-unknown = This code is invalid or has expired; each one works only once.
group-linked = This group is now connected with { $company }. Mention me or reply to me and we answer here; everything else you say is not ours to read. For anything personal please write to me privately.
group-linked-you = The group “{ $title }” is linked to { $name }. What people say to me there arrives as theirs, with who said it.
group-lost = I was taken out of the group “{ $title }” ({ $name }). Its link has ended; what is said there reaches us no more.
group-private = For that please write to me in a private chat.
group-colleague = Colleagues find me in a private chat; here I only listen to customers.
group-said = { $who }: { $words }

command-group-place = in a group: how the policy calls it, so that a team can work there
    .title = A team's place
group-place-where = Type this in the group in which a team is to work; I have to be in it.
group-place = { $known ->
    [yes] A team's cards stand here already. The policy calls this place so:
   *[no] For a team to work here, put this line into the policy, under routes, as the address of that team (and of the fallback, if you like). Then `rapport doctor` says whether topics are on and what I may do here.
}
group-place-line = In the policy
group-stranger-at-work = Somebody here is not on record as a colleague, so I do nothing they ask and keep nothing they write. An administrator can add them: rapport people add.
aside-unheard = { $name }, what you asked is for you alone, and I cannot write to you yet. Open a private chat with me { $bot }, press Start and ask again.

doctor-telegram-place = { $title } ({ $place }): each ticket has its own topic there. Colleagues are whoever is on record, not whoever is in the group.
doctor-telegram-place-away = The policy lets a team work at { $place }, but Telegram shows me no such group. Add the bot to it, type /group_place there and put the line that I answer into the policy; a group that became a supergroup has a new number.
doctor-telegram-place-linked = { $title } ({ $place }) is linked to a customer, and the policy lets a team work there: customers would read the team's cards. Take it out of the policy, or unlink it with /crm group list.
doctor-telegram-place-plain = { $title } ({ $place }) has no topics, so what belongs to a ticket stands under its card. For a topic a ticket turn on Topics in the group's settings.
doctor-telegram-place-rights = { $admin ->
    [yes] In { $title } ({ $place }) the bot is an administrator, but may not manage topics. Allow it in the group's settings, Administrators; until then what belongs to a ticket stands under its card.
   *[no] In { $title } ({ $place }) the bot is no administrator. Make it one, with the right to manage topics: only then does it open topics and hear what colleagues write in them, whatever its privacy mode.
}
