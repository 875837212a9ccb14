# Private practice: asking, answering, and after

question-head = { $topic } · difficulty { $difficulty }/3
question-only-zh = So far this question exists only in Chinese.
question-only-en = So far this question exists only in English.
question-recall = Say your answer first, then look.
question-missing = { $count ->
    [one] First only this point, which you left out last time:
   *[other] First only these { $number } points, which you left out last time:
}
question-typed = Write your answer, as you would say it in the interview.
question-as-typed = Write it
question-as-choice = Show choices
question-reveal = Reveal
question-references = References

practice-right = ✓ { $chosen } is right
practice-wrong = ✗ You chose { $chosen }; the answer is { $right }
practice-rate = How much of it did you say?
practice-back = { $days ->
    [0] Again today
    [1] Again tomorrow
   *[other] Again in { $number } days
}
practice-left-due = { $count ->
    [one] 1 review left today
   *[other] { $number } reviews left today
}
practice-left-new = { $count ->
    [one] 1 question still new
   *[other] { $number } questions still new
}
practice-left-none = all done for today
practice-next = Next
practice-guessed = I guessed
practice-easy = Too easy
practice-rating-1 = Again
practice-rating-2 = Hard
practice-rating-3 = Good
practice-rating-4 = Easy

practice-undo = Undo

undo-done = Undone; you can answer it again
undo-above = Undone: the question above is open again.
undo-graded = Undone: rate the answer above again. Edit your message first and it is graded anew.
undo-none = There is no answer to undo yet.
undo-group = Your last answer was given in a group and cannot be undone.
undo-interview = The last reviews were planned together with an interview and cannot be undone; your next rating puts them right.
undo-older = Only the last answer can be undone, and others came after this one.
undo-twice = The last answer has been undone already; older ones cannot be.
undo-lapsed = That question has left the bank or changed, so its answer cannot be undone.

practice-answered = You have answered this one
practice-below = The next one is below already
practice-passed = You have answered the one after it too; /quiz asks another
practice-lapsed = This question has just left the bank or changed, so this round does not count. For another: /quiz

practice-nothing = Everything has been asked, and nothing is due today.
practice-nothing-about = All of “{ $topic }” has been asked, and nothing of it is due today.
practice-waiting = { $count ->
    [one] Everything has been asked; 1 question still waits for your answer, above.
   *[other] Everything has been asked; { $number } questions still wait for your answer, above.
}
practice-waiting-about = { $count ->
    [one] All of “{ $topic }” has been asked; 1 question still waits for your answer, above.
   *[other] All of “{ $topic }” has been asked; { $number } questions still wait for your answer, above.
}
practice-waiting-else = { $count ->
    [one] Nothing else to ask now; 1 question still waits for your answer, above.
   *[other] Nothing else to ask now; { $number } questions still wait for your answer, above.
}
practice-next-at = The next one comes { $when }.
practice-when-today = today at { $time }
practice-when-tomorrow = tomorrow at { $time }
practice-when-next-day = tomorrow
practice-when-later = on { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
practice-other-topics = Another topic: /topics
practice-empty = The bank has no questions yet.

practice-topic-close = No topic is called “{ $typed }”. Did you mean:
practice-topic-unknown = No topic is called “{ $typed }”. These exist:
practice-topics = Pick a topic. The numbers: questions answered, and all there are.
practice-topics-button = { $topic } { $done }/{ $total }

practice-stats-none = No answers yet. Start with one: /quiz
practice-stats-graded = { $graded } answered, { $right } right
practice-stats-answered = { $answered } answered: { $right } right of { $graded } graded
practice-stats-recalled = { $answered } answered, all rated by yourself
practice-stats-streak = { $count ->
    [one] Streak: 1 day{ $spare }
   *[other] Streak: { $days } days{ $spare }
}
practice-stats-due = Due: { $today } today, { $week } within seven days, { $ahead } within fourteen
practice-stats-freeze = Every seven days in a row earn one you may miss, two at most; miss it, and the streak goes on.
practice-stats-year = Past year: { $reviews } on { $days }
practice-stats-year-brought = Past year: { $reviews } on { $days }, { $brought } of them imported
practice-stats-kept = Retention: { $parts }
practice-stats-kept-part = { $share } of { $reviews } in { $days } days
practice-stats-memory = Questions: { $mature } mature, { $young } young, { $new } new
practice-stats-topics = Right / answered, by topic:
practice-stats-topic = { $topic } { $done }/{ $total }

portion-left = { $count ->
    [one] 1 question left
   *[other] { $number } questions left
}
portion-done = Done for today
portion-done-some = These are done
portion-more = { $count ->
    [one] 1 more is due: /review
   *[other] { $number } more are due: /review
}
portion-postponed = { $number } left for later
practice-review-none = There is nothing to review yet. For a new question: /quiz
practice-reviewed = All that was due is reviewed.
