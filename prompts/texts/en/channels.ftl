# Channels: what works, what waits

channel-down = { $cause ->
    [auth] { $missing ->
        [SLACK_APP_TOKEN] { $channel } no longer accepts SLACK_APP_TOKEN, so nothing that people write or press there reaches us. Put a valid token into the settings and restart. `rapport doctor` looks closer.
       *[other] { $channel } no longer accepts our token{ $named ->
            [yes] {" "}({ $missing })
           *[no] {""}
        }, so nothing comes in or goes out there. Nothing is lost: what was to be said waits. Put a valid token into the settings and restart; `rapport doctor` shows what else is wrong.
    }
    [scope] { $channel } has not granted all the permissions we need: { $missing }. Whatever needs them does not work; everything else runs. `rapport doctor` says what each is for and where to grant it. Once they are granted, we notice by ourselves.
    [forbidden] { $channel } does not let our app use its interface ({ $missing }), so nothing works there; everything else runs. Add the app in WeCom’s admin console to those that may call it; `rapport doctor` says where. Once it may, we notice by ourselves. If you don’t need { $channel }, leave it as it is.
    [rival] Another program is taking messages from { $channel } with the same token, so they reach it instead of us. Stop it, or give Rapport an account of its own. If you don’t know what it is, renew the token. `rapport doctor` looks closer.
    [address] { $channel } does not accept the address at which it is to reach us ({ $missing }), so nothing comes in. Correct it and restart; `rapport doctor` says what it has to look like.
    [ip] { $channel } refuses calls from this machine’s IP address ({ $missing }), so nothing goes out there. Add the address to the app’s “Trusted IPs”; `rapport doctor` names it. After that we notice by ourselves.
    [half-set] { $channel } is only half set up, so it was not started. Missing: { $missing }. Everything else runs.
    [neither-set] { $channel } is only half set up, so it was not started. One of these is needed as well: { $missing }. Everything else runs.
    [bad-setting] { $channel } was not started, because this setting is not valid: { $missing }. `rapport doctor` says what it has to look like. Everything else runs.
    [away] { $channel } has taken no message for five minutes: its servers do not answer, or only with errors. Nothing is lost: what was to be said waits in order and leaves as soon as { $channel } is back.
   *[other] { $channel } has not answered for five minutes ({ $why }). Nothing is lost: what was to be said waits, and we keep trying. `rapport doctor` looks closer.
}
channel-up = { $channel } works again. It had been down since { $since }; what waited is going out now.
clock-off = { $cause ->
    [clock] This machine’s clock is about { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    } { $ahead ->
        [yes] ahead of
       *[no] behind
    } { $channel }’s. Let it follow a time server. From five minutes on, what { $channel } sends is refused, and { $channel } repeats it for a few minutes only; promises and times are reckoned by the wrong clock, too.
    [replay] Somebody sends us old requests of { $channel } again, about { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    } old and properly signed. Our clock is right, so they were refused, and nothing was stored. If it goes on, renew { $channel }’s signing secret.
   *[unsure] What { $channel } signs is about { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    } { $ahead ->
        [yes] older
       *[no] younger
    } than this machine’s clock says. Most likely the clock is wrong: let the machine follow a time server. From five minutes on such requests are refused. If the clock is right, somebody repeats old requests.
}
clock-right = This machine’s clock and { $channel }’s agree again.
message-held = { $cause ->
    [quota] What you want to tell { $name } has to wait: { $channel } takes no more messages for now. It leaves by itself from { $until } on. If it can’t wait, reach them another way.
    [full] What you want to tell { $name } has to wait: { $channel } takes { $messages } messages as an answer, and they are used up. It leaves as soon as { $name } writes again. If it can’t wait, reach them another way.
    [person] What you want to tell { $name } has to wait: { $who } is serving them in { $channel } in person, and meanwhile { $channel } takes nothing from us. It leaves once that session is over and { $name } writes again. If it can’t wait, let { $who } say it there, or end the session: “Back to the bot” on the ticket’s card.
    [queue] What you want to tell { $name } has to wait: in { $channel } they are in the queue for a person. It leaves once that is over and { $name } writes again. If it can’t wait, take the session yourself: “Serve in WeChat” on the ticket’s card.
    [ended] What you want to tell { $name } has to wait: their session in { $channel } has ended. It leaves as soon as { $name } writes again. If it can’t wait, reach them another way.
   *[late] What you want to tell { $name } has to wait: { $channel } takes answers only within { $hours } hours after a customer wrote. It leaves as soon as { $name } writes again. If it can’t wait, reach them another way.
}
window-left = { $left ->
    [0] { $channel }: no more messages until the customer writes again
    [one] { $channel }: 1 more message until { $until }
   *[other] { $channel }: { $left } more messages until { $until }
}
window-until = { $at } ({ $zone })
