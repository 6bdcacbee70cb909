# My day: what waits for one person, on one card; also the home of a channel.

day-title = My day
day-quiet = Nothing is waiting for you. A good moment to call somebody just because.
day-at-least = at least { $count }
day-sum-overdue = { $count } overdue
day-sum-due = { $count } due today
day-sum-ahead = { $count } coming up
day-sum-group = { $count } where you are called
day-sum-tickets = { $count ->
    [one] 1 ticket
   *[other] { $count } tickets
}
day-sum-drafts = { $count ->
    [one] 1 draft
   *[other] { $count } drafts
}
day-sum-team = { $count } in the team
day-overdue = Overdue with you: { $count }
day-due = Due today: { $count }
day-ahead = Due in the next few days: { $count }
day-group = Colleagues' customers that need you: { $count }
day-tickets = Your tickets: { $count }
day-drafts = Drafts that wait for your yes: { $count }
day-team = Your team, late or without an owner: { $count }
day-first = { $said } (the first { $shown })
day-ticket = { $number } · { $customer } · { $type }
day-ticket-over = late by { $span } (was due { $by })
day-nobody = no owner yet
day-by = due { $by }
day-draft =
    { $name } ({ $customer }) · { $purpose }
    kept until { $until }
day-all-touches = All due customers
day-all-tickets = All my tickets
day-team-tickets = The team's tickets
day-again = Refresh
day-updated = As of { $at }

morning-title = { $morning ->
    [yes] Good morning, { $name }
   *[no] { $name }
}: { $sums }
morning-covers = { $count ->
    [one] Since yesterday.
   *[other] This covers { $count } days, since { $since }.
}
morning-unreached = This is for { $name }, whom I could not reach:
day-next = Next page
day-previous = Previous page
day-page = Page { $page } of { $pages }
day-further = { $said } ({ $first } to { $last })

home-welcome = Welcome to Rapport
home-your-id = Your { $channel } id, for your administrator: { $id }

command-day = your day: who and what is waiting for you, the most urgent first
    .alias = today|my day
    .title = My day
command-day-again = refresh the day
    .title = Refresh
command-draft-show = show a draft
    .title = Show the draft
