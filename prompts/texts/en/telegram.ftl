# Telegram: what is written for people there and nowhere else.

telegram-forwarded = Forwarded: { $words }
telegram-edited = Corrected: { $words }
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
   *[other] [attachment]
} { $words }
telegram-group-refused = I only talk in private chats. Please write to me directly.
telegram-hello-staff = Hello { $name }, this chat is connected with you. Send /help to see what you can do here.
contact-blocked = { $name } ({ $customer }) has blocked us in { $channel }; messages there no longer arrive. What is urgent needs a call or an e-mail.
contact-unblocked = { $name } ({ $customer }) can be reached in { $channel } again.
customer-invited-link = Link for Telegram
who-closed-channel = { $channel } (blocked us)
