# The digest: what a manager has to know and decide, read in three minutes.

digest-title = Your team on { $day }
digest-title-since = Your team on { $day }: the last { $days } days, since { $since }
digest-quiet = { $numbers ->
    [none] Nothing needs you today.
   *[other] Nothing needs you today: { $numbers }.
}
digest-quiet-first-response = { $score } of { $count } answered in time
digest-quiet-under-way = { $score } of { $count } faults taken on in time
digest-quiet-resolution = { $score } of { $count } solved in time
digest-quiet-csat = { $score } of { $count } ratings good
digest-quiet-cadence = { $score } of { $count } contacts of the week in time
digest-nothing = Nothing waits for your decision.
digest-sum-needs = { $count ->
    [one] 1 thing needs you
   *[other] { $count } things need you
}
digest-sum-promises = { $count ->
    [one] 1 promise breaks today
   *[other] { $count } promises break today
}
digest-sum-waiting = { $count ->
    [one] 1 draft waits
   *[other] { $count } drafts wait
}
digest-needs = Needs you: { $count }
digest-promises = Breaks today unless somebody acts: { $count }
digest-own = Your own day
digest-cadence = Contacts of the last 7 days
digest-waiting = Drafts that wait for a yes: { $count }
digest-numbers = Since your last digest
digest-good = Good news

digest-person = { $state ->
    [away] { $name } (away)
    [left] { $name } (has left)
   *[here] { $name }
}
digest-nobody = nobody yet
digest-promise = { $customer }: { $what ->
    [first] first answer
    [under-way] service
   *[other] solution
} { $span } late · { $number } · { $type }
digest-promise-why = With { $owner }, was due { $by }
digest-contact = { $customer } ({ $tier }): contact { $days ->
    [0] due today
    [one] 1 working day over
   *[other] { $days } working days over
}
digest-contact-why = { $last ->
    [none] With { $owner }, nobody has been in touch yet
   *[other] With { $owner }, last contact { $last }
}
digest-rating = { $customer } rated { $number } with { $score } of 5
digest-complaint = { $customer } complained: { $topic }
digest-unheard = With { $owner }; nobody has been in touch since { $day }
digest-stale = { $owner }: { $count ->
    [one] 1 draft waits
   *[other] { $count } drafts wait
} for a yes
digest-stale-why = The oldest for { $span }
digest-absent = { $name } is away until { $day }, and nobody stands in
digest-absent-why = { $count ->
    [one] 1 customer is due
   *[other] { $count } customers are due
} by tonight
digest-coming-promise = { $customer }: { $what ->
    [first] first answer
    [under-way] service
   *[other] solution
} by { $by }, in { $span }
    { $owner } · { $number }
digest-drafts-row = { $names }
    the oldest for { $span }
digest-number = { $name }: { $said }
digest-causes = {" "}({ $causes })
digest-cadence-all = Everybody: { $said }
digest-cadence-one = { $name }: { $said }, the week before: { $before }
digest-good-fastest = { $name } solved { $number } in { $span } and got 5 of 5
digest-good-praise = { $owner ->
    [none] { $customer } praised us: { $topic }
   *[other] { $customer } praised { $owner }: { $topic }
}{ $more ->
    [0] {""}
   *[other] , and { $more } more
}
digest-good-steady = { $count ->
    [one] { $names } made every contact of the week in time
   *[other] { $names } made every contact of the week in time
}

digest-seen = Seen
digest-nudge = Ask { $name }
digest-call = I'll call
digest-assign = Give to…
digest-apology = Draft apology
digest-review = Review
digest-deputy = Name a stand-in
digest-all-needs = Everything that needs you
digest-all-numbers = All numbers
digest-seen-done = Seen. It comes back only if it gets worse.
digest-call-done = You call.
digest-call-log = Once you have talked to { $customer }, log it here and the contact counts.
digest-nudge-done = { $name } has been asked.
digest-assign-done = { $name } has been asked to get in touch.
digest-deputy-done = { $deputy } stands in for { $name }.
digest-unreached = No running channel reaches { $name }. Call them, or choose somebody else.
digest-assign-unseen = { $name } does not look after { $customer }. Reassign the customer first, or choose somebody else.
digest-deputy-away = { $name } can't stand in. Please choose somebody who is here.
digest-called = { $manager } calls { $customer } personally. No need to call as well.
digest-nudged = { $manager } asks what this ticket needs. It was due { $by }.
digest-assigned = { $manager } asks you to get in touch with { $customer }, who is unhappy with us.
digest-deputised = { $manager } asks you to stand in for { $name } until { $day }. What waits for them is on your day from now on.

command-digest = what changed since your last digest and what needs you
    .alias = digest now|brief
    .title = Digest
command-digest-needs = everything that needs me
    .title = Needs me
command-digest-done = take note of an item
    .title = Seen
command-digest-call = call a customer myself
    .title = I'll call
command-digest-nudge = ask whoever has a ticket
    .title = Ask
command-digest-assign = ask a colleague to get in touch with a customer
    .title = Give to…
command-digest-deputy = name a stand-in for somebody who is away
    .title = Name a stand-in
arg-item = Item
arg-severity = How bad
arg-ticket = Ticket
arg-person = Person
