# Due contacts: the morning's bundle, one customer's card, logging, snoozing, reassigning. Also finding a customer.

customer-not-found = I can't find “{ $words }” among your customers.
customer-several = Which one do you mean by “{ $words }”? { $names }

arg-how = How
how-call = call
    .cues = called|phoned|rang|phone call|had a call|a call with|on the phone|by phone|telephoned|spoke to|spoke with|talked to|talked with
how-visit = visit
    .cues = visited|visit to|dropped by|stopped by|was on site|went to see|came to see
how-meeting = meeting
    .cues = met|met with|had a meeting|meeting with|sat down with|had lunch|had coffee|video call|demo with
how-message = message
    .cues = wrote|emailed|mailed|texted|messaged|chatted|replied|answered by mail|sent them
how-other = other
    .cues = no answer|didn't answer|did not answer|nobody answered|didn't pick up|did not pick up|voicemail|couldn't reach|could not reach|no reply
how-greeting = greeting
arg-outcome = How it went
outcome-well = went well
outcome-follow-up = needs a follow-up
    .cues = follow up|follow-up|followup|call back|callback|get back to|talk again|speak again|meet again
outcome-nobody = nobody reached
arg-on = Follow up on
    .hint = A day, such as Friday, 3 Dec or 2026-12-03; empty if none is needed
day-words-tomorrow = tomorrow
day-words-after-tomorrow = day after tomorrow
arg-reason = Reason
    .hint = One line; it stays on the record

touch-who = { $name } ({ $tier }, { $rhythm })
touch-rhythm = { $unit ->
    [months] { $count ->
        [one] every month
       *[other] every { $count } months
    }
    [working_days] { $count ->
        [one] every working day
       *[other] every { $count } working days
    }
   *[days] { $count ->
        [one] every day
        [7] every week
       *[other] every { $count } days
    }
}
touch-new-customer = new
touch-due-none = no date yet
touch-due-on = due { $day }
touch-due-today = due today
touch-due-over = { $days ->
    [one] 1 day overdue
   *[other] { $days } days overdue
}
touch-next-owner = next reminder { $day }
touch-next-owner-and-group = { $who } hears on { $day }
touch-next-manager = { $who } hears on { $day }
touch-group = your service group
touch-manager = the manager
touch-worth = { $money } in 12 months
touch-ticket = { $number } is open
touch-contract = contract ends { $day }
touch-last-line = last contact: { $said }
touch-last = { $day }, { $how }, “{ $words }”
touch-how-it-went = { $how }, { $outcome }
touch-last-none = none on record

touches-title-of = { $count ->
    [one] { $owner }: 1 customer to contact
   *[other] { $owner }: { $count } customers to contact
}
touches-title-nobody = { $count ->
    [one] 1 customer is due and has no owner
   *[other] { $count } customers are due and have no owner
}
touches-title-list = { $count ->
    [one] 1 customer due
   *[other] { $count } customers due
}
touches-overdue = { $count ->
    [one] 1 of them is overdue.
   *[other] { $count } of them are overdue.
}
touches-more = { $count ->
    [one] … and 1 more
   *[other] … and { $count } more
}
touches-none = No customer is due. Enjoy your coffee!
touches-not-team = The team's list is for managers. Your own is /crm due.
touch-title = Contact due: { $name }
touch-field-last = Last contact
touch-field-owner = Owner
touch-button-log = Log a contact
touch-button-log-short = Log
touch-button-snooze = Snooze
touch-button-snooze-short = Snooze
touch-button-not-now = Not now
touch-button-draft = Draft it for me
touch-button-draft-short = Draft
touch-button-reassign = Reassign
touch-button-reassign-short = Reassign
touch-owned = with { $owner }
touch-unowned = no owner

due-team-words = team|everyone|all
reassign-between = to|->|→
log-what = What did you talk about with { $name }?
log-due = { $name }: { $how }, noted. Next contact by { $day }.
log-again = { $name }: noted. I'll remind you on { $day }.
log-day-unclear = I can't tell which coming day “{ $words }” is. Write it like Friday, 3 Dec or 2026-12-03.
log-kept = { $name }: { $how }, noted. The due date stays ({ $due }); what counts for this customer: { $kinds }.
log-unsure = { $name }: noted. I couldn't tell how you talked, so the due date stays ({ $due }). Which was it?
log-not-yours = Only the person who logged this can change it.
touch-was = It was a { $how }
touch-kind-call = a call
touch-kind-visit = a visit
touch-kind-meeting = a meeting
touch-kind-chat = a message
touch-kind-review = a review
touch-kind-report = a report
touch-kind-case = a case
touch-kind-solution = a solution
touch-kind-tips = tips
touch-kind-benefit = a benefit
touch-kind-trial = a trial
touch-kind-diagnosis = a diagnosis
touch-kind-event = an event
touch-kind-greeting = a greeting
touch-kind-plan = a plan
touch-kinds-or = , |
touch-by = { $said } ({ $who })

snooze-done = { $name }: I'll remind you on { $day }.
put-off-why = { $name } has been put off before. What is the reason this time? It stays on the record.
not-now-early = Nothing to put off: this is only due on { $day }.
snooze-range = I can snooze for 1 to { $most } days. If you need longer, the rhythm is wrong: talk to your manager.

reassign-whom = Who takes over { $name }?
reassign-same = { $name } is with { $owner } already.
reassign-done = { $name } is now with { $owner }. Both have been told.
reassign-yours = { $by } gave you { $name }.
reassign-gone = { $by } gave { $name } to { $owner }. Thank you for looking after them.

command-due = your due customers; “team” for the whole team's, a name for just one
    .alias = todo
    .title = Due customers
command-log = log a contact in one line: Acme called, wants quote Fri
    .title = Log a contact
    .words = What you talked about
command-touch-was = say how you talked
    .title = How you talked
command-snooze = remind me later: customer, days, reason
    .title = Snooze
command-not-now = put a due customer off to the next working morning
    .title = Not now
command-reassign = give a customer to a colleague
    .title = Reassign
