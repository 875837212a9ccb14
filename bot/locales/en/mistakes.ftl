# What went wrong last

mistakes-head = { $count ->
    [one] 1 mistake
   *[other] { $number } mistakes, the newest first
}
mistakes-none = No mistakes. A question that went wrong the last time stands here until you get it right.
mistakes-chosen = You chose: { $choice }
mistakes-right = Right: { $choice }
mistakes-answer = You did not know it. Answer: { $answer }
mistakes-cram = { $count ->
    [one] Study it
   *[other] Study these { $number }
}
mistakes-export = Export
mistakes-files = Your mistakes, as Markdown and as CSV.
mistakes-sent = They have been sent already.
mistakes-title = Mistakes, { $day }
mistakes-missed = Left out: { $say }
