# Said everywhere: moments, spans, refusals, roles.

moment-today = { $clock } today
moment-tomorrow = { $clock } tomorrow
moment-yesterday = { $clock } yesterday
moment-pattern = HH:mm 'on' EEE d MMM
moment-pattern-year = HH:mm 'on' d MMM y
day-pattern = d MMM y
day-pattern-this-year = d MMM
span-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
span-hours = { $count } h
span-minutes = { $count } min
span-space = | |
span-joined = { $parts }
span-none = less than a minute
list-separator = |; |
names-separator = |, |
list-comma = |, |
money-none = —

not-for-you = This is for colleagues only.
staff-unknown = Hello! I don't know you yet. Ask your administrator to add you: rapport people add.
command-unknown = I don't know “{ $line }”. Type /crm help to see what I can do.
command-unknown-near = I don't know “{ $line }”. Did you mean { $near }?
command-not-for-role = { $command } is not open to your role. Ask your manager if you need it.
command-not-for-customer = “{ $command }” is for our team. If you work here, ask an administrator to add you; if not, just write what you need in your own words.
card-moved-on = This card has moved on, so nothing was done. Please look at it again.
usage = How to type it: { $line }
problem-missing = “{ $name }” is missing.
problem-choice = “{ $name }” must be one of the choices.
problem-choice-near = “{ $name }” must be one of the choices. Did you mean { $near }?
problem-too-long = “{ $name }” is too long.
problem-unknown = I don't know what to do with “{ $name }”.
problem-number = “{ $name }” must be a number.
problem-at-least = “{ $name }” must be at least { $limit }.
problem-at-most = “{ $name }” can be { NUMBER($limit, useGrouping: 0) } at most.
problem-other = “{ $name }” is not right.
form-submit = Send
row-show = Show

help-title = What you can do here
help-title-customer = What you can write here
commands-button = All commands
commands-title = { $count } things you can do
row-open = Open
command-commands = list all that you may do, each with its form
    .title = All commands
    .alias = all commands|command list
command-help = show what I can do
    .title = Help

channel-web = web chat
channel-slack = Slack
channel-telegram = Telegram
channel-wecom = WeCom
channel-clock = clock
role-rep = sales
role-service = service
role-engineer = engineer
role-manager = manager
role-admin = administrator
audience-owner = the owner
audience-owner-and-group = the owner and their group
audience-manager = the manager
audience-team = the team

arg-customer = Customer
    .hint = Name or number
arg-words = Words
arg-number = Ticket
arg-colleague = Colleague
arg-type = What it's about
arg-priority = Priority
arg-which = Which
arg-kind = Kind
arg-topic = Topic
arg-days = Days
arg-name = Name
arg-contact = Contact person
arg-phone = Phone
arg-language = Language
arg-tier = Tier
arg-code = Code
arg-score = Score
arg-key = Message
language-en = English
language-zh-CN = Chinese
which-open = open
which-mine = mine
which-waiting = waiting for the customer
which-closed = closed

alarm-undelivered = A message did not get through on { $channel } ({ $why }). It is kept as { $key }; see `rapport dead-letters`.
alarm-dead-letter = Event { $id } ({ $kind }) could not be handled after five attempts ({ $error }). It is kept; see `rapport dead-letters`.
