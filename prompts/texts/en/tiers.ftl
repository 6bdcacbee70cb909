# Tiers: why a customer is in one, what would change it, and who crossed from one into another.

command-tier-explain = why a customer is in their tier, and what would change it
    .title = Why this tier
    .alias = why tier|explain tier
command-tier-moves = who moved to another tier lately, and why
    .title = Tier moves
    .alias = moves|tier changes
command-tier-moves-since = who moved to another tier since then
    .title = Tier moves
arg-after = After
arg-whose = Whose

tier-title = { $name }: why { $tier }
tier-title-none = { $name }: no tier yet
tier-field-tier = Tier
tier-field-thresholds = Thresholds
tier-field-money = Money
tier-field-orders = Orders in those 12 months
tier-field-last = Last purchase
tier-field-change = What would change it
tier-since = { $tier } since { $day }
tier-was = was { $tier }
tier-scheme = { $scheme ->
    [value_bands] value bands
    [share_bands] share bands
    [four_dimensions] four dimensions
   *[other] { $scheme }
}
tier-thresholds = { $scheme }, policy version { $version }, in force since { $day }
tier-money-of = { $money } from { $since } to { $until }
tier-last = { $ago ->
    [0] { $day }, today
    [one] { $day }, yesterday
   *[other] { $day }, { $ago } days ago
}
tier-pending = Today's figures make it { $tier }; the next review will say so.
tier-rise = { $over ->
    [yes] Anything over { $money } more{ $by ->
        [none] {""}
       *[day] {" "}by { $by }
    } makes it { $tier }.
   *[no] { $money } more{ $by ->
        [none] {""}
       *[day] {" "}by { $by }
    } makes it { $tier }.
}
tier-rise-any = Any order{ $by ->
    [none] {""}
   *[day] {" "}by { $by }
} makes it { $tier }{ $over ->
    [yes] {""}
   *[no] {" "}again
}.
tier-change = If nothing is bought: { $tier } from { $day }.
tier-change-none = Nothing before the next order.
tier-change-scheme = { $kind ->
    [share_bands] Its rank among all customers, worked out when orders come in.
   *[other] Its scores.
}
tier-crossings = Moves
tier-crossing = { $day }: from { $old } to { $new } (policy version { $version })

tier-went-up = ↑ { $name } went from { $old } to { $new }: { $money } in 12 months
tier-went-down = ↓ { $name } slipped from { $old } to { $new }: { $money } in 12 months
tier-fell-silent = { $months ->
    [one] ↓ { $name } went quiet, from { $old } to { $new }: no purchase for a month
   *[other] ↓ { $name } went quiet, from { $old } to { $new }: no purchase for { $months } months
}
tier-moved = { $way ->
    [up] ↑{" "}
    [down] ↓{" "}
   *[across] {""}
}{ $name } went from { $old } to { $new }
tier-win-back = { $was }: win them back now
tier-money = { $money } in 12 months
tier-last-purchase = last purchase { $day }
tier-draft-wake-up = Draft a wake-up

tier-moves-title = { $count ->
    [one] 1 customer moved to another tier since { $day }
   *[other] { $count } moves between tiers since { $day }
}
tier-moves-more = { $count ->
    [one] … and 1 more
   *[other] … and { $count } more
}
tier-moves-none = { $days ->
    [one] No customer moved to another tier in the last day.
   *[other] No customer moved to another tier in the last { $days } days.
}
tier-all-crossings = All tier moves
tier-all-moves = The team's tier moves

day-crossings = Your customers in another tier: { $count }
day-sum-crossings = { $count ->
    [one] 1 tier move
   *[other] { $count } tier moves
}
day-moves = Your team's customers in another tier: { $count }
day-sum-moves = { $count ->
    [one] 1 tier move
   *[other] { $count } tier moves
}
