# The picture of a person’s progress, and the button under it

progress-streak = Streak
progress-days = { $count ->
    [one] 1 day
   *[other] { $days } days
}
progress-spare = { $count ->
    [one] 1 freeze left
   *[other] { $days } freezes left
}
progress-spare-none = no freeze yet
progress-kept = Retention, { $days } days
progress-reviews = { $count ->
    [one] 1 review
   *[other] { $reviews } reviews
}
progress-year = Past year
progress-weekday = { $day ->
    [1] M
    [3] W
   *[5] F
}
progress-less = Less
progress-more = More
progress-ahead = Due in { $days } days
progress-ahead-note = { $count ->
    [one] 1 review
   *[other] { $reviews } reviews
}
progress-today = Today
progress-topics = Topics
progress-mature = Mature
progress-young = Young
progress-new = New
progress-topics-more = { $count ->
    [one] and 1 more
   *[other] and { $number } more
}
progress-theme-dark = Dark
progress-theme-light = Light
