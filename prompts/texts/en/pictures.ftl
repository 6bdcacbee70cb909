# Pictures: what is written on a drawing, and the one sentence that stands for it where it cannot be seen.

picture-percent = { $percent }%
picture-no-value = –
picture-nothing-due = nothing due
picture-target = target { $percent }
picture-kept-of = { $kept } of { $due }
picture-and = |, |
picture-person = { $name } { $percent }

picture-cadence = Contacts in time, by person
picture-cadence-note = Of the contacts due in the last { $days } days, how many were made in time.
picture-cadence-cut = Of the contacts due in the last { $days } days, how many were made in time: { $shown } people, and { $left } more in the list.
picture-cadence-alt = { $people ->
    [one] One person
   *[other] { $people } people
} made { $kept } of { $due } due contacts in time ({ $percent }).
picture-cadence-alt-none = No contact was due for { $people ->
    [one] this person
   *[other] these { $people } people
}.
picture-cadence-alt-target = { $people ->
    [one] One person
   *[other] { $people } people
} made { $kept } of { $due } due contacts in time ({ $percent }); { $below ->
    [0] nobody is below the target of { $target }.
    [one] below the target of { $target } is { $named }.
    [2] below the target of { $target } are { $named }.
    [3] below the target of { $target } are { $named }.
   *[other] { $below } are below the target of { $target }, the lowest { $named }.
}

picture-not-allowed = The picture itself cannot be shown here yet: Slack has not granted the permission files:write. An administrator finds the steps with “rapport doctor”.
