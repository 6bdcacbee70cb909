# Settings: how somebody wants to be spoken to.

arg-zone = Time zone
    .hint = A city such as Shanghai or Berlin, or a name such as Asia/Shanghai
arg-morning = Start of the day
    .hint = When I wish you a good morning, such as 8:30
arg-channel = Where I write to you
problem-zone = I don't know a time zone “{ $got }”. Try a large city in it, such as Shanghai or Berlin.
problem-zone-near = I don't know a time zone “{ $got }”. Did you mean { $near }?
problem-morning = Give a time between { $earliest } and { $latest }, such as 8:30.
settings-title = Settings
settings-line = { $language } · { $zone } · your day begins at { $morning } · I write to you on { $channel }
settings-nowhere = no channel that runs here
settings-kept = Noted. This is how I speak to you now:
settings-same = Nothing has changed. This is how I speak to you:
settings-language-kept = From now on I speak English with you.
settings-zone-kept = Noted: you go by the clocks of { $zone }. There it is { $clock }.
settings-morning-kept = Noted: your day begins at { $clock }. The next good morning comes at { $next }.
settings-channel-kept = Noted: from now on, what is for you comes on { $channel }.
settings-unknown-there = I don't know you on { $channel }, or it doesn't run here. Ask your administrator to add your id there, then set it again.

command-settings = how I speak to you: language, time zone, start of the day, channel
    .alias = preferences|my settings
    .title = Settings
command-settings-all = change all settings at once
    .title = Settings
command-settings-language = choose the language I speak with you
    .alias = language
    .title = My language
command-settings-zone = say whose clocks you go by
    .alias = time zone|timezone
    .title = My time zone
command-settings-morning = say when your day begins and I say good morning
    .alias = morning
    .title = Start of my day
command-settings-channel = say on which channel I write to you
    .alias = channel
    .title = Where I write to you
