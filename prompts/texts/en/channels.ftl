# Channels: what works, what waits

channel-down = { $cause ->
    [auth] { $channel } no longer accepts our token, so nothing comes in or goes out there. Nothing is lost: what was to be said waits. Put a valid token into the settings and restart; `rapport doctor` shows what else is wrong.
    [half-set] { $channel } is set up by half, so it was not started. Missing: { $missing }. Everything else runs.
    [away] { $channel } has taken no message for five minutes: its servers do not answer, or only with errors. Nothing is lost: what was to be said waits in order and leaves as soon as { $channel } is back.
   *[other] { $channel } has not answered for five minutes ({ $why }). Nothing is lost: what was to be said waits, and we keep trying. `rapport doctor` looks closer.
}
channel-up = { $channel } works again. It had been down since { $since }; what waited is going out now.
message-held = { $cause ->
    [full] What you want to tell { $name } has to wait: { $channel } takes { $messages } messages as an answer, and they are used up. It leaves as soon as { $name } writes again. If it can’t wait, reach them another way.
   *[late] What you want to tell { $name } has to wait: { $channel } takes answers only within { $hours } hours after a customer wrote. It leaves as soon as { $name } writes again. If it can’t wait, reach them another way.
}
window-left = { $left ->
    [0] { $channel }: no more messages until the customer writes again
    [one] { $channel }: 1 more message until { $until }
   *[other] { $channel }: { $left } more messages until { $until }
}
