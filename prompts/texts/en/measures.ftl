# Measures: every number by name, what exactly it counts, and how it reads.

measure-first-response = First answers in time
    .definition = Tickets whose first answer came in time, of all that were answered or fell due. A ticket counts once: when it was answered or when its time ran out, whichever came first.
    .case = { $kept ->
        [yes] in time
       *[no] late or unanswered
    }
    .alias = first response|first answers|sla
measure-under-way = Service under way in time
    .definition = Faults that somebody took on in time, of all that were taken on or fell due. A ticket counts once, when it was taken on or when its time ran out.
    .case = { $kept ->
        [yes] in time
       *[no] late or not taken on
    }
    .alias = under way|faults
measure-resolution = Solved in time
    .definition = Tickets solved in time, of all that were solved or fell due; while we wait for the customer the clock stands still. Faults are promised service under way instead and count there.
    .case = { $kept ->
        [yes] in time
       *[no] late or not solved
    }
    .alias = resolution|solved
measure-csat = Satisfied customers
    .definition = Ratings of 4 and 5, of all ratings that customers gave after a ticket was solved (CSAT).
    .case = { $kept ->
        [yes] rated 4 or 5
       *[no] rated 1 to 3
    }
    .alias = csat|satisfaction|ratings
measure-cadence = Contacts in time
    .definition = Customers contacted by the end of the day on which they were due, of all who were due. Only contacts that count for their tier; whoever was put off is due on the new day.
    .case = { $kept ->
        [yes] in time
       *[no] late or still waiting
    }
    .alias = cadence|contacts
measure-opened = Tickets opened
    .definition = Tickets opened in the period, by what they are about.
    .alias = opened|tickets opened
measure-reopened = Opened again
    .definition = Tickets that were opened again after they had been marked as solved. One that came back twice counts twice.
    .alias = reopened
measure-complaints = Complaints
    .definition = Complaints that customers made, in a ticket or elsewhere, by what they are about.
    .alias = complaint
measure-praise = Praise
    .definition = Praise that customers gave, by what it is about.
measure-moves = Tier crossings
    .definition = Customers that crossed from one tier into another, by the tier they came into. One that crosses twice counts twice.
    .alias = moves|crossings
measure-drafts-sent = Drafts sent
    .definition = Drafts that were sent, of all that were sent, dropped or left to expire. One that the customer overtook by writing first is not counted.
    .case = { $kept ->
        [yes] sent
       *[no] not sent
    }
    .alias = drafts sent
measure-words-kept = Words kept in drafts
    .definition = How much of a draft's first words was sent, on average over the drafts that were sent; 100% if nobody changed a word.
    .case = { $percent }% kept
    .alias = words kept

measure-said-share = { $percent }% ({ $score } of { $count })
measure-said-mean = { $percent }% (over { $count })
measure-separator = |, |
measure-said-none = no data
measure-target = { $short ->
    [yes] below the target of { $percent }%
   *[no] target { $percent }%
}
measure-before = { $weeks ->
    [1] a week before: { $said }
   *[other] { $weeks } weeks before: { $said }
}
measure-period = { $since } to { $until }
measure-of = { $name }: { $who }
measure-more = … and { $count } more.
measure-headed = { $name }: { $said }
measure-sort-none = not sorted
measure-draft-unchanged = sent as written
measure-draft-edited = sent after an edit
measure-draft-dropped = dropped
measure-draft-expired = expired
measure-unknown = There is no number called “{ $name }”. There are: { $known }.
measures-title = All numbers, last 7 days

command-measures = every number, what it counts, and where it stands
    .title = All numbers
    .alias = numbers|metrics
command-measure = a number and the customers or tickets behind it
    .title = One number
    .name = Which number
    .alias = number|metric
command-measure-cases = what a number counts
    .title = What it counts
arg-period = Period
period-today = today
period-yesterday = yesterday
period-week = last 7 days
period-month = last 30 days
period-quarter = last 13 weeks
arg-since = From
arg-until = Until
arg-owner = Whose
