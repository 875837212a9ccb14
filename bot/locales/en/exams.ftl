# The plan for an exam

exam-head = { $count ->
    [one] Exam { $date }, 1 day to go
   *[other] Exam { $date }, { $days } days to go
}
exam-head-about = { $count ->
    [one] Exam { $date }, 1 day to go · { $about }
   *[other] Exam { $date }, { $days } days to go · { $about }
}
exam-away = { $count ->
    [one] You are away on 1 of them: nothing comes then
   *[other] You are away on { $number } of them: nothing comes then
}
exam-head-today = Exam today, { $date }
exam-head-today-about = Exam today, { $date } · { $about }
exam-new = { $count ->
    [one] 1 new question
   *[other] { $number } new questions, at most { $most } a day
}
exam-new-none = Everything has been asked; reviews are left
exam-reviews = Reviews: about { $mean } a day, { $most } on the busiest
exam-reviews-few = Reviews: at most { $most } a day
exam-today = Still today: { $new } new, { $reviews } to review
exam-today-done = All done for today
exam-today-away = You are away today: nothing comes
exam-today-it-is = Nothing is left to plan. To go through it quickly: /cram
exam-forgotten = Of { $of } questions you will have forgotten about { $number } by then. The least sure:
exam-forgotten-few = Of { $of } questions you will have forgotten about { $number } by then
exam-remembered = You will probably remember all { $of } questions asked by then
exam-tight-new = It does not fit: with { $most } new a day, { $left } will not have been asked by then. { $need } a day would do.
exam-tight-reviews = It does not fit: with at most { $most } reviews a day, { $left } will be left over. { $need } a day would do.
exam-missed-away = { $count ->
    [one] 1 has no day left: you are away then. To stay: /vacation off
   *[other] { $number } have no day left: you are away then. To stay: /vacation off
}
exam-missed-buried = { $count ->
    [one] 1 has no day left: you put it aside for today, and the exam is tomorrow.
   *[other] { $number } have no day left: you put them aside for today, and the exam is tomorrow.
}
exam-later = As it is now, an exam on { $date } would fit.
exam-raise-new = { $number } new a day
exam-raise-reviews = { $number } reviews a day
exam-pushed = The daily questions follow this plan. To cancel it: /exam off
exam-unpushed = There is no daily hour yet: /daily 21:00
exam-none = There is no exam. Write /exam { $day }, with a topic behind it if you like.
exam-day = Your exam is today: good luck. To go through everything quickly: /cram
exam-over = The exam on { $date } is over, and so is its plan; reviews go on.
exam-off = No exam is planned any more; reviews go on.
exam-no-day-none = Which day is “{ $typed }”? Write /exam { $day }
exam-no-day-today = That is today, too late for a plan. To go through it quickly: /cram
exam-no-day-past = “{ $typed }” is over. Write /exam { $day }
exam-no-day-far = “{ $typed }” is too far away; two years is the most. Write /exam { $day }
exam-unknown = No topic is called “{ $typed }”. These exist: { $topics }. Write /exam { $day } and the topic.
