# Occasions: reasons to write that come by the calendar, and greetings that are approved together.

arg-occasion = Occasion
arg-day = Day
arg-page = Page

command-occasions = see what is coming: renewals, maintenance, birthdays, festivals
    .alias = coming
    .title = What's coming
command-occasion-draft = try to draft what was held back
    .title = Try again
command-occasion-drop = take an occasion off the list
    .title = Drop
command-greetings = the greetings of a day
    .title = Greetings
command-greetings-send = send all greetings of a day
    .title = Send all
command-greetings-drop = send no greeting of a day
    .title = Drop all
command-greetings-undo = take back the greetings that have not left
    .title = Take back
command-greeting-edit = change a greeting's words
    .title = Edit the greeting
    .submit = Save
command-greeting-skip = leave one contact out
    .title = Skip
command-greeting-undo = take one greeting back
    .title = Undo

day-occasions = Occasions that wait for you: { $count }
day-sum-occasions = { $count ->
    [one] 1 occasion
   *[other] { $count } occasions
}
digest-coming = Coming up
digest-sum-coming = { $count } coming up
coming-counted = Renewals in 30 days: { $renewals }{ $unknown ->
    [0] {""}
   *[other] {" "}({ $unknown } without contact)
} · maintenance: { $maintenance } · birthdays this week: { $birthdays }

occasions-title = { $count ->
    [one] Coming up in { $days } days: 1
   *[other] Coming up in { $days } days: { $count }
}
occasions-none = Nothing is coming up in the next { $days } days.
occasions-more = … and { $count } more
occasions-all = All that's coming
occasion-renewal = contract { $about } ends
occasion-maintenance = maintenance of { $about }
occasion-birthday = { $who }'s birthday
occasion-festival = { $about }: { $who }
occasion-anniversary = { $about ->
    [1] 1 year together
   *[other] { $about } years together
}
occasion-line = { $day } · { $name } · { $about }
occasion-left = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
occasion-stopped = held back: { $why }
occasion-draft-open = draft ready
occasion-draft-sent = written
occasion-draft-dropped = dropped
occasion-draft-expired = too late, nobody said yes
occasion-draft-overtaken = off, they wrote meanwhile
occasion-why-missed = the day was over before I could ask
occasion-why-opted-out = opted out
occasion-why-no-consent = has not agreed
occasion-why-complaint = complaint open
occasion-why-cap = has had enough messages this week
occasion-why-no-facts = nothing on record to write about
occasion-why-unreachable = in no chat with us
occasion-why-no-contact = no contact person
occasion-why-no-owner = nobody looks after them
occasion-why-gone = the contact is no more
occasion-why-expired = its day is over
occasion-button-open = Open draft
occasion-button-again = Try again
occasion-button-drop = Drop
occasion-decided = This has been dealt with already.
occasion-still = Still not possible: { $why }.
occasion-drafted = The draft is ready.
occasion-dropped = Taken off the list.

greetings-tomorrow = tomorrow
greetings-title = { $count ->
    [0] Greetings for { $day }
    [one] 1 greeting for { $day }
   *[other] { $count } greetings for { $day }
}
greetings-title-festival = { $count ->
    [0] Greetings for { $about }, { $day }
    [one] 1 greeting for { $about }, { $day }
   *[other] { $count } greetings for { $about }, { $day }
}
greetings-text = Have a look, then say yes once for all of them.
greetings-decided = All of these are decided.
greetings-footer = What you don't approve isn't sent. You can take each one back until it leaves.
greetings-wait = { $count ->
    [one] 1 greeting for { $day } waits for your yes
   *[other] { $count } greetings for { $day } wait for your yes
}
greetings-held = Not written: { $count } ({ $why })
greetings-held-why = { $count } × { $why }
greetings-button-send = { $count ->
    [one] Send it at { $clock } their time
   *[other] Send all { $count } at { $clock } their time
}
greetings-button-drop = Drop all
greetings-button-undo = Take all back
greetings-button-page = Page { $page } of { $pages }
greetings-nothing = Nothing waits here any more.
greeting-line = { $name } · { $about }
greeting-button-skip = Skip
