# The end of a week or a month

seasons-week = The week is over · { $when }
seasons-month = The month is over · { $when }
seasons-month-of = { $month } { $year }
seasons-improved = Most improved: { $name } (+{ $number })
seasons-longest = Longest streak: { $name }, { $number } days
seasons-part =
    { $count ->
        [one] 1 question, answered by { $people }{ $before }
       *[other] { $rounds } questions, answered by { $people }{ $before }
    }
seasons-before = { " " }({ $people } last time)
seasons-missed = Missed most:
seasons-missed-row = { $at }. { $prompt }  { $wrong } of { $answered } wrong
seasons-lesson = { $at }. { $advice }
seasons-lesson-lure = { $at }. Chosen most among the wrong: “{ $choice }”. { $advice }
seasons-button-again =
    { $count ->
        [one] Ask it again
       *[other] Ask these { $number } again
    }
seasons-again =
    { $count ->
        [one] It will be asked next
       *[other] These { $number } will be asked next
    }
seasons-again-already = Already on the list; they come next
seasons-hall-row = { $when }  { $won }
seasons-hall-empty = Nobody has stood here yet. The top three of each week and month are kept here.
seasons-advice = { $advice } ({ $source })
seasons-tied = and { $number } more with as many
